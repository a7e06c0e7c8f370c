/* SPDX-License-Identifier: Apache-2.0 */
/* New damage of a kind that the old file has not, where other damage is to be mended. */
#ifndef HS_CATALOGUE_SIDE_EFFECTS_DAMAGE_H
#define HS_CATALOGUE_SIDE_EFFECTS_DAMAGE_H

#include "catalogue/verify.h"

/* Skips and breaks that the new master has anew, although `damaged` is planned, which is not read
 * then. The comparison does not say which of the two files skips: nothing is said where the old
 * one may, by its own pair or for want of one. A repeat that is gone reads as a piece left out. */
void hs_side_effects_damage(const struct hs_audit *audit, struct hs_arena *arena, size_t most,
                            struct hs_verification *v);

#endif
