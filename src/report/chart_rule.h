/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Charts of one rule: a finding on its scale, all masters on one scale, rate by year.
 * Each is a whole <figure>; nothing is written where there is nothing to draw.
 */
#ifndef HS_REPORT_CHART_RULE_H
#define HS_REPORT_CHART_RULE_H

#include "report/pages.h"

void hs_chart_gauge(struct hs_html *h, const struct hs_finding *f, const char *id);
void hs_chart_strip(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r,
                    const char *id, bool small);
/* A bar of the rate with its interval and the references' rate; the text stands beside. */
void hs_chart_rate(struct hs_html *h, const struct hs_recurrence *r);
void hs_chart_years(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r,
                    const char *id);

#endif
