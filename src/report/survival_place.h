/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What becomes of all masters at one destination: its sentences, and the worst to hear.
 */
#ifndef HS_REPORT_SURVIVAL_PLACE_H
#define HS_REPORT_SURVIVAL_PLACE_H

#include "report/pages.h"
#include "report/survival.h"

/* A block with its heading; nothing where no master has a number. `beyond` masters are beyond what
 * is usual there. */
void hs_html_survival_place(struct hs_pages *p, struct hs_html *h, enum hs_survival_place place,
                            size_t beyond);

#endif
