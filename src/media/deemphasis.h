/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Undoing the pre-emphasis of early CDs and DAT (IEC 60908: 50 and 15 us), as a player does:
 * (1 + s 15 us) / (1 + s 50 us), -9.5 dB at 20 kHz. One filter per reader; state per channel.
 */
#ifndef HS_MEDIA_DEEMPHASIS_H
#define HS_MEDIA_DEEMPHASIS_H

#include "dsp/biquad.h"
#include "model/audio.h"

struct hs_deemphasis {
    bool runs;
    struct hs_biquad filter;
    struct hs_biquad_state state[HS_MAX_CHANNELS];
};

/* Sets `runs` where the rate is one that was recorded with emphasis: 32, 44.1, 48 kHz. */
void hs_deemphasis_init(struct hs_deemphasis *d, int sample_rate_hz);
/* Frames that have to run through before one is exact to 24 bits. */
enum { HS_DEEMPHASIS_WARM_UP = 128 };
void hs_deemphasis_forget(struct hs_deemphasis *d);
/* In place. */
void hs_deemphasis_run(struct hs_deemphasis *d, float *const *channel, int n_channels, size_t n);

#endif
