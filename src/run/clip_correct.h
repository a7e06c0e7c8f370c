/* SPDX-License-Identifier: Apache-2.0 */
/* The correction of a finding, applied to the passage of a clip. */
#ifndef HS_RUN_CLIP_CORRECT_H
#define HS_RUN_CLIP_CORRECT_H

#include "model/audit.h"
#include "run/clip_sound.h"

struct hs_clip_correction {
    enum hs_move_shape shape; /* SHAPE_NONE: there is nothing to be heard */
    enum hs_move_channel channel;
    double hz, db, q; /* as far as the shape has them; NaN or 0: q is 0.7 */
};

/* Equaliser, width (gain of the side signal), gain or polarity of a channel. */
void hs_clip_correct(const struct hs_clip_correction *fix, struct hs_clip_sound *s);

#endif
