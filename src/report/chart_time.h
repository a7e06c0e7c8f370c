/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loudness (LUFS) and gain reduction (dB) over the seconds of the master. Each is a whole
 * <figure>; nothing is written for what was not measured.
 */
#ifndef HS_REPORT_CHART_TIME_H
#define HS_REPORT_CHART_TIME_H

#include "report/pages.h"

void hs_chart_time(struct hs_html *h, const struct hs_track_result *t);

#endif
