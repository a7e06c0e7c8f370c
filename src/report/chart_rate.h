/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The share of masters at fault by release (0 to 1), with Wilson's 95 % interval of each and the
 * share that is usual elsewhere. Writes a whole <figure>; nothing where fewer than
 * HS_RATE_RELEASES dated releases were judged.
 */
#ifndef HS_REPORT_CHART_RATE_H
#define HS_REPORT_CHART_RATE_H

#include "report/pages.h"

enum { HS_RATE_RELEASES = 5 }; /* under this no line over the years is drawn */

void hs_chart_rate(const struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r);

#endif
