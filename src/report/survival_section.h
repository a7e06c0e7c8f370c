/* SPDX-License-Identifier: Apache-2.0 */
/* Where a master holds up: the section of the page of a track. */
#ifndef HS_REPORT_SURVIVAL_SECTION_H
#define HS_REPORT_SURVIVAL_SECTION_H

#include "report/survival.h"

/* Nothing where nothing was asked for. */
void hs_html_survival(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t);

#endif
