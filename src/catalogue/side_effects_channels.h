/* SPDX-License-Identifier: Apache-2.0 */
/* What comes of one channel, told with it. */
#ifndef HS_CATALOGUE_SIDE_EFFECTS_CHANNELS_H
#define HS_CATALOGUE_SIDE_EFFECTS_CHANNELS_H

#include "catalogue/verification.h"

/* One channel that is late, turned over or gone moves tone, stereo and peaks as well: those that
 * were found become words of the cause. What moves because a channel is
 * back that the old file had lost is a remark. Last of all. */
void hs_side_effects_of_channels(struct hs_arena *arena, struct hs_verification *v);

#endif
