/* SPDX-License-Identifier: Apache-2.0 */
/* What the comparison of the old file with the new one shows by itself, whatever was planned. */
#ifndef HS_CATALOGUE_SIDE_EFFECTS_PAIR_H
#define HS_CATALOGUE_SIDE_EFFECTS_PAIR_H

#include "catalogue/verification.h"

/* Appends to out->side_effects, `most` at most: channels (late, turned over, swapped, filled with
 * the other), start, speed, cuts, fades, tones, a swinging level, an encoder. */
void hs_side_effects_pair(const struct hs_audit *audit, struct hs_arena *arena, size_t most,
                          struct hs_verification *out);

#endif
