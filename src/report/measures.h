/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Master and mix side by side, by the tables of measures: value, unit, and the reason where a
 * value is absent. No function fails.
 */
#ifndef HS_REPORT_MEASURES_H
#define HS_REPORT_MEASURES_H

#include "report/pages.h"

/* Master and mix side by side, by the tables of measures: those of `keys`, or all. */
void hs_html_measures(struct hs_html *h, const struct hs_track_result *t, const char *const *keys,
                      size_t n_keys);

#endif
