/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The curve of habits: the median of each third octave, where it could lie, and what mastering
 * elsewhere does by zone.
 */
#ifndef HS_REPORT_CHART_HABITS_H
#define HS_REPORT_CHART_HABITS_H

#include "model/audit.h"
#include "report/html.h"

/* Of the moves that rules read the first about that part; NULL: none, as of mixes. */
const struct hs_usual_move *hs_habits_move(const struct hs_habits *habits, enum hs_moved_part part);
/* What mastering elsewhere does to a part, and in a zone; NaN where there is no figure. */
void hs_habits_usual_of(const struct hs_habits *habits, enum hs_moved_part part, double usual[2]);
void hs_habits_usual(const struct hs_habits *habits, size_t zone, double usual[2]);
bool hs_habits_is_unusual(const struct hs_habits *habits, size_t zone);
/* A whole <figure>; `id` is unique on the page. */
void hs_chart_habits(struct hs_html *h, const struct hs_habits *habits, const char *heading,
                     const char *sentence, const char *id);

#endif
