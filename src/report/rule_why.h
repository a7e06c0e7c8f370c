/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why a fault counts as a habit or does not: share, usual rate, evidence of each kind, trend,
 * agreement with ear notes; where the findings came from; with whom (engineers, studios and other
 * factors), and by groups of a label. Each appends a section; no function fails.
 */
#ifndef HS_REPORT_RULE_WHY_H
#define HS_REPORT_RULE_WHY_H

#include "report/pages.h"

void hs_html_rule_why(struct hs_html *h, const struct hs_rule_count *r);
void hs_html_rule_origins(struct hs_html *h, const struct hs_rule_count *r);
/* Nothing where `x` is NULL or has none. */
void hs_html_rule_levels(struct hs_html *h, const struct hs_recurrence *x);
void hs_html_rule_groups(struct hs_html *h, const struct hs_recurrence *x);

#endif
