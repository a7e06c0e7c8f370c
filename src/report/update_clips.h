/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which planned corrections of updates can be listened to, and where: before, after, and the old
 * file with the correction that was planned. Plans only; run/update_clips.h renders. Texts live
 * in the arena.
 */
#ifndef HS_REPORT_UPDATE_CLIPS_H
#define HS_REPORT_UPDATE_CLIPS_H

#include "catalogue/verification.h"
#include "report/clips.h"

/* One clip a correction of the n updates, in their order, where old and new file were aligned. Its
 * `finding` is the index of the step in the plan of that update. */
void hs_clips_plan_updates(const struct hs_audit *audit, const struct hs_verification *updates,
                           size_t n, struct hs_arena *arena, struct hs_clips *out);
/* The step of the plan that a correction carries out; NULL: none. */
const struct hs_planned *hs_update_step(const struct hs_verification *v, const char *rule);

#endif
