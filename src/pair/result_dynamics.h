/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The part of a pair's result that devices make: named values with their bounds, and the lists of
 * devices, fades and rides. Pure; nothing fails.
 */
#ifndef HS_PAIR_RESULT_DYNAMICS_H
#define HS_PAIR_RESULT_DYNAMICS_H

#include "pair/result.h"

/* Writes the measures of dynamics of pair/values.h into v. */
void hs_result_dynamics(const struct hs_found *f, struct hs_values *v);
/* Chain, fades and rides; owned by the arena. */
void hs_result_devices(const struct hs_found *f, struct hs_arena *arena, struct hs_pair *out);
/* Where reverberation or turned phases are what one filter leaves: they soften what follows level,
 * so that no device can be told; all of them are absent then, and `why` says so. */
void hs_result_hide_devices(struct hs_pair *out, const char *why);

#endif
