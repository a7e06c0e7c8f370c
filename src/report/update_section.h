/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One new file on the page of updates: its facts, a table of corrections (before, planned, after,
 * outcome, with a small chart), changes that nobody asked for, remarks, the delivery sheet, clips.
 */
#ifndef HS_REPORT_UPDATE_SECTION_H
#define HS_REPORT_UPDATE_SECTION_H

#include "catalogue/verify.h"
#include "report/pages.h"

void hs_html_update(struct hs_pages *p, struct hs_html *h, const struct hs_verification *v);

#endif
