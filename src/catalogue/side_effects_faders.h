/* SPDX-License-Identifier: Apache-2.0 */
/* Faders of a new mix that nobody was to move, that were moved the wrong way, or that are gone. */
#ifndef HS_CATALOGUE_SIDE_EFFECTS_FADERS_H
#define HS_CATALOGUE_SIDE_EFFECTS_FADERS_H

#include "catalogue/verification.h"
#include "core/arena.h"

/* Appends to out->side_effects, `most` at most; reads out->faders. */
void hs_side_effects_faders(struct hs_arena *arena, size_t most, struct hs_verification *out);

#endif
