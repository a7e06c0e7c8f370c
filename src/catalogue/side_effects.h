/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What moved although no correction asked for it: tone, stereo, dynamics, space, level against
 * the release, start, speed, polarity, channels, cuts. Each with how far it moved and what is
 * audible, in the unit of its rule.
 */
#ifndef HS_CATALOGUE_SIDE_EFFECTS_H
#define HS_CATALOGUE_SIDE_EFFECTS_H

#include "catalogue/verification.h"

/* Fills out->side_effects from the pair and from every rule's reading on both files. */
void hs_side_effects_find(const struct hs_audit *audit, struct hs_arena *arena,
                          struct hs_verification *out);

#endif
