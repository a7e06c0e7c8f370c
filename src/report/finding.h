/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One finding as a card: verdict, evidence, where to listen, what to do about it, and the form
 * for an answer. Appends to a struct hs_html; no function fails. The card's id is made of the
 * place of the finding among those of the track.
 */
#ifndef HS_REPORT_FINDING_H
#define HS_REPORT_FINDING_H

#include "report/pages.h"

/* A finding as a card; `letter` as in the chart over time, 0 for none. */
void hs_html_finding(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t,
                     const struct hs_finding *f, char letter);

/* One that does not count (cured, on purpose, explained by one that is not shown): no answer. */
void hs_html_finding_aside(struct hs_html *h, const struct hs_track_result *t,
                           const struct hs_finding *f);

#endif
