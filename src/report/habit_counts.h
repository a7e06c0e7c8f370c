/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How many are at fault, of how many, and where these came from, in words. Appends to a struct
 * hs_html; no function fails.
 */
#ifndef HS_REPORT_HABIT_COUNTS_H
#define HS_REPORT_HABIT_COUNTS_H

#include "report/pages.h"

/* "14 of 38 masters; elsewhere it would be 3." */
void hs_html_habit_counts(const struct hs_pages *p, struct hs_html *h,
                          const struct hs_rule_count *r);
/* " Of these 10 were brought in by mastering, ..."; nothing where no origin is known. */
void hs_html_habit_origins(struct hs_html *h, const struct hs_rule_count *r);
/* " until A3 (2004)" where it recurs on the releases before or after a change alone. */
void hs_html_habit_stretch(const struct hs_pages *p, struct hs_html *h,
                           const struct hs_recurrence *x);

#endif
