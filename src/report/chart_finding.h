/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One finding on its scale, in the unit of its rule: from the mix to the master, and the range
 * that is expected. Writes a whole <figure>; a finding without a mix has one mark.
 */
#ifndef HS_REPORT_CHART_FINDING_H
#define HS_REPORT_CHART_FINDING_H

#include "model/audit.h"
#include "report/html.h"

void hs_chart_finding(struct hs_html *h, const struct hs_finding *f);

#endif
