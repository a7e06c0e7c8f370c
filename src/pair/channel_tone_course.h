/* SPDX-License-Identifier: Apache-2.0 */
/* Whether one channel was equalised all along: a filter does the same at any moment and any level.
 * Reads both files again, in pieces. One thread. */
#ifndef HS_PAIR_CHANNEL_TONE_COURSE_H
#define HS_PAIR_CHANNEL_TONE_COURSE_H

#include "pair/aligned.h"
#include "pair/channel_tone.h"

/* *steady: most pieces that show both channels have as much of it as `whole`; of what
 * noise lies over (`masked`) the power that left has over right must show it, too. An error only
 * where a file cannot be read. */
enum hs_status hs_channel_tone_is_steady(struct hs_aligned *a, const struct hs_timeline *line,
                                         const struct hs_transfer *whole,
                                         const struct hs_channel_tone *tone, bool *steady,
                                         struct hs_error *err);

#endif
