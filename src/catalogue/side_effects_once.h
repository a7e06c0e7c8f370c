/* SPDX-License-Identifier: Apache-2.0 */
/* One cause is told once. */
#ifndef HS_CATALOGUE_SIDE_EFFECTS_ONCE_H
#define HS_CATALOGUE_SIDE_EFFECTS_ONCE_H

#include "catalogue/verification.h"

/* Drops what says the same as another side effect, and makes what comes of another rule's change
 * words of it. Last of all. */
void hs_side_effects_tell_once(struct hs_arena *arena, struct hs_verification *v);

#endif
