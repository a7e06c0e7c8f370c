/* SPDX-License-Identifier: Apache-2.0 */
/* The section of a fault's page with all masters that the rule judged, worst first. */
#ifndef HS_REPORT_RULE_MASTERS_H
#define HS_REPORT_RULE_MASTERS_H

#include "report/pages.h"

void hs_html_rule_masters(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r);

#endif
