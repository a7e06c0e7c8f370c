/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One mark a master in the order of the releases: at fault, in range, not judged; above
 * some 80 masters one bar a release, filled by the share. A whole <figure>.
 */
#ifndef HS_REPORT_CHART_UNITS_H
#define HS_REPORT_CHART_UNITS_H

#include "report/pages.h"

/* Whether each master has a mark of its own: for the words of a key. */
bool hs_chart_units_each(const struct hs_pages *p);
void hs_chart_units(const struct hs_pages *p, struct hs_html *h, const char *rule);

#endif
