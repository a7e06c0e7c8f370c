/* SPDX-License-Identifier: Apache-2.0 */
/* Chooses the clips of a report. */
#ifndef HS_REPORT_CLIPS_PLAN_H
#define HS_REPORT_CLIPS_PLAN_H

#include "report/clips.h"

/* Which findings get a clip: first mixes that are to be released, then the worst and the best
 * examples of what recurs or leans (a lesson needs both, and a habit is heard on the first screen),
 * then those that count, from `minor` up, of the tracks on the short list, and with `all` of
 * the others by severity, until the budget is full. Sizes are estimates (see clips_plan.c). */
void hs_clips_plan(const struct hs_audit *audit, struct hs_arena *arena, struct hs_clips *out);

#endif
