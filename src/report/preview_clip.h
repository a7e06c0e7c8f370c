/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What can be listened to of a mix that was mastered in house: the mix and its previews, at equal
 * loudness. Names live in the arena.
 */
#ifndef HS_REPORT_PREVIEW_CLIP_H
#define HS_REPORT_PREVIEW_CLIP_H

#include "report/clips.h"

/* The loudest passage of the mix, and of its previews from the quietest target to the loudest; of
 * more targets than a clip has sides the quieter ones are left out. False: there is no preview. */
bool hs_clip_of_preview(const struct hs_track_result *t, size_t track, struct hs_arena *arena,
                        struct hs_clip *out);

#endif
