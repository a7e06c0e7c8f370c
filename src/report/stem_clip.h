/* SPDX-License-Identifier: Apache-2.0 */
/* What can be listened to of an instrument whose stem was given. */
#ifndef HS_REPORT_STEM_CLIP_H
#define HS_REPORT_STEM_CLIP_H

#include "report/clips.h"

/* The passage in which the instrument of a finding is loudest against the whole: the master, its
 * stem alone, and, where one stem has the fader of the correction, the master with that moved.
 * False: the finding was not read from a stem that was given. Names live in the arena. */
bool hs_clip_of_stem(const struct hs_track_result *t, const struct hs_finding *f,
                     struct hs_arena *arena, struct hs_clip *out);

#endif
