/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loudness and gain reduction over time. Each is a whole <figure>; nothing is written where there
 * is nothing to draw.
 */
#ifndef HS_REPORT_CHART_TIME_H
#define HS_REPORT_CHART_TIME_H

#include "report/pages.h"

void hs_chart_time(struct hs_html *h, const struct hs_track_result *t);

#endif
