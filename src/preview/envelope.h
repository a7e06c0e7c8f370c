/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the chain has to know of a whole file before it can set its gains: true peak, loudness,
 * the level of the compressor's detector and the peaks of five bands, in steps of one or two
 * milliseconds. Some 20 MB an hour.
 */
#ifndef HS_PREVIEW_ENVELOPE_H
#define HS_PREVIEW_ENVELOPE_H

#include "model/audio.h"
#include "model/preview.h"

#include <stdint.h>

enum { HS_ENVELOPE_GROUP = 4 }; /* steps of one value of `band` */

struct hs_envelope {
    int rate;
    size_t step; /* frames */
    double step_s;
    size_t n, cap;
    int64_t n_frames;
    float *peak;     /* true peak, linear */
    float *power;    /* K-weighted, the sum of the channels' mean squares (BS.1770) */
    float *level_db; /* of the detector: K-weighted above 100 Hz, the louder channel, 10 ms */
    float *band[HS_PREVIEW_BANDS]; /* peak in the middle of the image, one a group */
    size_t n_groups, groups_cap;
};

struct hs_enveloping; /* one on its way */
struct hs_enveloping *hs_enveloping_new(const struct hs_stream *stream);
void hs_enveloping_push(struct hs_enveloping *e, const float *const *x, size_t n_frames);
/* The last piece; `out` is the caller's from then on. */
void hs_enveloping_finish(struct hs_enveloping *e, struct hs_envelope *out);
void hs_enveloping_free(struct hs_enveloping *e);
void hs_envelope_free(struct hs_envelope *e);

/* Integrated loudness where the power of step i is weighed by gain_db[i] (NULL: not at all);
 * -INFINITY for silence. */
double hs_envelope_loudness(const struct hs_envelope *e, const float *gain_db);

#endif
