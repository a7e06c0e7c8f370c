/* SPDX-License-Identifier: Apache-2.0 */
/* Single moments that nothing explains. */
#ifndef HS_CATALOGUE_SIDE_EFFECTS_MOMENTS_H
#define HS_CATALOGUE_SIDE_EFFECTS_MOMENTS_H

#include "catalogue/verification.h"

/* Where nothing else tells them: after all but the causes. */
void hs_side_effects_of_moments(struct hs_arena *arena, size_t most, struct hs_verification *v);

#endif
