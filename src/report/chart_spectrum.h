/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Charts over frequency: spectrum, what mastering did, stereo by band. Each is a whole <figure>;
 * nothing is written where there is nothing to draw.
 */
#ifndef HS_REPORT_CHART_SPECTRUM_H
#define HS_REPORT_CHART_SPECTRUM_H

#include "report/pages.h"

/* Charts (each a whole <figure>); nothing is written where there is nothing to draw. */
void hs_chart_spectrum(struct hs_html *h, const struct hs_track_result *t,
                       const struct hs_expected_spectrum *expected);
void hs_chart_stereo(struct hs_html *h, const struct hs_track_result *t);
void hs_chart_transfer(struct hs_html *h, const struct hs_track_result *t);

#endif
