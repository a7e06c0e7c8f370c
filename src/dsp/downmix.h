/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any layout of channels as two: one channel stands on both sides, two stay as they are, more are
 * mixed by ITU-R BS.775-3. Pure; nothing is scaled to avoid overs.
 */
#ifndef HS_DSP_DOWNMIX_H
#define HS_DSP_DOWNMIX_H

#include "model/audio.h"

struct hs_downmix {
    int n_channels;
    float gain[2][HS_MAX_CHANNELS]; /* [left or right][channel] */
};

void hs_downmix_init(struct hs_downmix *d, const struct hs_stream *stream);
/* n frames of planar channels; NaN and Inf count as 0. No overlap. */
void hs_downmix_run(const struct hs_downmix *d, const float *const *channel, size_t n,
                    float *const out[2]);

#endif
