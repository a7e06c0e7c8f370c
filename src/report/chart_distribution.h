/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every judged master on the scale of one rule, in the unit of the rule, with the expected range.
 * Writes a whole <figure>; nothing where no master was judged or all values are one. `id` is
 * unique on the page.
 */
#ifndef HS_REPORT_CHART_DISTRIBUTION_H
#define HS_REPORT_CHART_DISTRIBUTION_H

#include "report/pages.h"

void hs_chart_distribution(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r,
                           const char *id);

#endif
