/* SPDX-License-Identifier: Apache-2.0 */
/* A new master beside the others of its release. */
#ifndef HS_CATALOGUE_SIDE_EFFECTS_ALBUM_H
#define HS_CATALOGUE_SIDE_EFFECTS_ALBUM_H

#include "catalogue/verification.h"

/* The rules that hold a track against its own release (level, tone), read on the new master among
 * the masters as they will be: those that have become a fault, or a worse one. Adds to
 * out->side_effects, which has room for `most`. */
void hs_side_effects_album(const struct hs_audit *audit, struct hs_arena *arena, size_t most,
                           struct hs_verification *out);

#endif
