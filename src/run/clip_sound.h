/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sound of a clip: two channels of a passage, at one sample rate. A side of a clip is one of these
 * (run/clip_render.h). hs_clip_sound_free takes an empty one.
 */
#ifndef HS_RUN_CLIP_SOUND_H
#define HS_RUN_CLIP_SOUND_H

#include "core/error.h"
#include "model/job.h"

#include <stddef.h>

struct hs_clip_sound {
    float *channel[2]; /* left, right; n samples each, owned */
    size_t n;
    int rate_hz;
};

/* Silence of n frames. */
void hs_clip_sound_init(struct hs_clip_sound *s, size_t n, int rate_hz);
void hs_clip_sound_free(struct hs_clip_sound *s);
void hs_clip_sound_copy(const struct hs_clip_sound *from, struct hs_clip_sound *to);

/* Reads [from_s, from_s + len_s) of a file as stereo; what lies outside the file is silence. The
 * first frame lies at *first_s, at most one frame before from_s. `out` is to be freed whatever
 * comes of it. */
enum hs_status hs_clip_sound_read(const struct hs_source *source, double from_s, double len_s,
                                  struct hs_clip_sound *out, double *first_s, struct hs_error *err);
/* Keeps n frames from frame `from` on. */
void hs_clip_sound_cut(struct hs_clip_sound *s, size_t from, size_t n);

/* A gain factor on both channels. */
void hs_clip_sound_gain(struct hs_clip_sound *s, double gain);
/* Straight ramps of 10 ms at both ends, against clicks. */
void hs_clip_sound_fade(struct hs_clip_sound *s);
/* Integrated loudness (BS.1770-5) in LUFS; -INFINITY where it is silent. */
double hs_clip_sound_lufs(const struct hs_clip_sound *s);
/* Turns one down, only where it is so high that an encoder might clip. */
void hs_clip_sound_limit(struct hs_clip_sound *s);
/* Turns all n down to the integrated loudness of the quietest, and then together below the peak
 * that encoders can take. HS_E_FORMAT where one of them is silent. */
enum hs_status hs_clip_sound_match(struct hs_clip_sound *side, size_t n, struct hs_error *err);

#endif
