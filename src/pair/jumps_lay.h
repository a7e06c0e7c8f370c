/* SPDX-License-Identifier: Apache-2.0 */
/* From the stretches between jumps to the timeline: where exactly each jump is. */
#ifndef HS_PAIR_JUMPS_LAY_H
#define HS_PAIR_JUMPS_LAY_H

#include "pair/feed.h"
#include "pair/jumps.h"
#include "pair/timeline.h"

/* fine: aligned on the longest stretch; what it covers becomes all that is shared. length_s: of mix
 * and master. Reads both feeds; fails only where that does. */
enum hs_status hs_jumps_lay(struct hs_feed *mix, struct hs_feed *master, struct hs_fine *fine,
                            const struct hs_level_stretch *s, size_t n, size_t longest,
                            const double length_s[2], struct hs_timeline *out,
                            struct hs_error *err);

#endif
