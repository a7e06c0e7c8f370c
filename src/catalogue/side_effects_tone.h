/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Side effects on the tone alone: eq_db of the pair less the planned curves, each scaled to what
 * was done of it. dB by third octave.
 */
#ifndef HS_CATALOGUE_SIDE_EFFECTS_TONE_H
#define HS_CATALOGUE_SIDE_EFFECTS_TONE_H

#include "catalogue/verification.h"

/* Appends to out->side_effects, at most up to n_max of them. */
void hs_side_effects_tone(struct hs_arena *arena, struct hs_verification *out, size_t n_max);

#endif
