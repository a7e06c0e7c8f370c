/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The exercise of a lesson, made of the worst and the best tracks of the catalogue: passages to
 * listen to, a list to fill in, and the answers, closed until asked for. Writes nothing where
 * catalogue/ found no examples.
 */
#ifndef HS_REPORT_EXERCISE_H
#define HS_REPORT_EXERCISE_H

#include "report/pages.h"

/* Of a lesson: passages to listen to, and what was measured, closed until asked for. */
void hs_html_exercise(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r);

#endif
