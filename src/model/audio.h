/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Audio in memory: planar float blocks, full scale = 1, at the native sample rate. Plain data;
 * samples belong to whoever fills a block and hold until the next one.
 */
#ifndef HS_MODEL_AUDIO_H
#define HS_MODEL_AUDIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HS_MAX_CHANNELS = 24 }; /* 22.2 */

/* Where a channel's loudspeaker stands, as far as loudness (BS.1770-5 tables 3 and 4) and the
 * down-mix ask. */
enum hs_channel {
    HS_CH_LEFT,
    HS_CH_RIGHT,
    HS_CH_CENTRE,
    HS_CH_LFE,
    HS_CH_LEFT_SURROUND, /* 60 to 120 degrees to the side, less than 30 above or below */
    HS_CH_RIGHT_SURROUND,
    HS_CH_LEFT_OTHER, /* behind, above, below, beside the centre */
    HS_CH_RIGHT_OTHER,
    HS_CH_OTHER, /* on the middle line: behind, above or below */
};

/* What is known before the first sample. */
struct hs_stream {
    int sample_rate_hz;
    int n_channels;
    enum hs_channel layout[HS_MAX_CHANNELS];
    const char *codec;      /* libavcodec's name: "flac", "pcm_s24le", "mp3" */
    const char *container;  /* "wav", "flac", "mov" */
    bool lossless;          /* stored losslessly, as far as the codec tells */
    bool plain;             /* samples as they are, not compressed: reading costs next to nothing */
    int bits;               /* of a stored sample, 0 unknown */
    double duration_s;      /* as the container says, 0 unknown */
    int tag_year;           /* of the release, as the tags say, 0 unknown */
    const char *tag_genre;  /* bytes of the tag, NULL unknown */
    const char *tag_artist; /* the same */
};

/* Frames [first, first + n_frames). `channel[i]` are the original channels; `left` and
 * `right` the BS.775 down-mix, which are the originals of a stereo file and twice the
 * same pointer of a mono one. Samples are finite (NaN and Inf were screened to 0). */
struct hs_block {
    int64_t first;
    size_t n_frames;
    const float *channel[HS_MAX_CHANNELS];
    int n_channels;
    const float *left, *right;
};

#endif
