/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The engineer's own list for a track: heard in the master, heard in the mix, beside what was
 * measured. What is filled in lives in the arena.
 */
#ifndef HS_JUDGE_EAR_NOTES_H
#define HS_JUDGE_EAR_NOTES_H

#include "judge/reference_model.h"

/* Whether the track's own list names this rule, of a two-way rule on the side of the value. */
bool hs_ear_notes_heard(const struct hs_track_result *result, const struct hs_rule *rule,
                        double value);
/* Fills result->ticks (the models have looked at the track): a row per note, then the lead findings
 * that were not heard. */
void hs_ear_notes_fill(struct hs_track_result *result, const struct hs_reference_model *models,
                       struct hs_arena *arena);

#endif
