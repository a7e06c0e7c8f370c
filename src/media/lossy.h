/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Music through a lossy codec and back, in memory: what a listener of a service gets. The delay
 * of each encoder is taken out, so that what comes back lies on what was given. Constant rate,
 * one thread, the encoder's own low-pass. Decoders do not clip: samples over full scale come
 * back. Fails where FFmpeg was built without the encoder, or refuses the rate.
 */
#ifndef HS_MEDIA_LOSSY_H
#define HS_MEDIA_LOSSY_H

#include "core/error.h"

#include <stdbool.h>
#include <stddef.h>

enum hs_lossy {
    HS_AAC_256,
    HS_OPUS_128,
    HS_AAC_128,
    HS_MP3_128,
    HS_VORBIS_160, /* quality 5 */
    HS_N_LOSSY,
};

/* "AAC 256" */
const char *hs_lossy_title(enum hs_lossy codec);
/* The encoder and its version, "libopus 1.3.1, libavcodec 59.37.100"; false where FFmpeg was built
 * without it, and `out` says so. */
bool hs_lossy_encoder(enum hs_lossy codec, char *out, size_t n);
/* The sample rate at which music of this rate is delivered by the codec. */
int hs_lossy_rate_hz(enum hs_lossy codec, int rate_hz);

/* `n` frames of two channels at hs_lossy_rate_hz; as many or a few less come back, in *made. */
enum hs_status hs_lossy_round_trip(enum hs_lossy codec, int rate_hz, const float *const in[2],
                                   size_t n, float *const out[2], size_t *made,
                                   struct hs_error *err);

#endif
