/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is to be done in a mix before it goes out, and what a mastering engineer will ask for:
 * from its previews, whose first faults are known. Pure but for the arena.
 */
#ifndef HS_CATALOGUE_MIX_PLAN_H
#define HS_CATALOGUE_MIX_PLAN_H

#include "model/audit.h"

/* The band that holds most of the gain at a target, in words ("the kick (40-120 Hz)"), and whether
 * it is one thing. */
size_t hs_strongest_band(const struct hs_preview_target *t);
const char *hs_holder_words(const struct hs_preview_target *t, size_t band);
bool hs_holder_is_one(const struct hs_preview_target *t, size_t band);

/* Fills plan and asks of t->preview, which has targets. */
void hs_mix_plan_make(const struct hs_audit *audit, struct hs_track_result *t,
                      struct hs_arena *arena);

#endif
