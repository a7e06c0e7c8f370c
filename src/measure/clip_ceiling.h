/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Clipping by the ceiling of the tops (dsp/ceiling.h): of the file as it is, and with the lowest
 * octaves restored (dsp/low_end.h), because a high-pass bends a ceiling that was level. One
 * channel, block after block, on the samples that the analyser of peaks holds. One object a
 * channel and thread.
 */
#ifndef HS_MEASURE_CLIP_CEILING_H
#define HS_MEASURE_CLIP_CEILING_H

#include "dsp/ceiling.h"
#include "dsp/low_end.h"
#include "model/values.h"

struct hs_clip_ceiling {
    struct hs_ceiling as_is, given_back;
    struct hs_low_end low_end;
    float *added; /* owned; one for each group of the samples that are held */
    size_t n_groups, known;
    double sum, n_given;  /* of what was given back, and how many groups */
    double other_offsets; /* the largest mean of it in the channels that were added */
};

/* `n_held` samples are held, a multiple of HS_LOW_END_GROUP. */
void hs_clip_ceiling_init(struct hs_clip_ceiling *c, int rate_hz, size_t n_held);
/* Before the looks at what is held: all of x[0..n_held) is there. */
void hs_clip_ceiling_hold(struct hs_clip_ceiling *c, const float *x);
/* Looks at HS_CEILING_BLOCK samples from x[at] on; hs_ceiling_reach and two groups of samples
 * must be held on either side. */
void hs_clip_ceiling_look(struct hs_clip_ceiling *c, const float *x, size_t at, bool for_share);
/* The first n samples of what is held leave, and others will follow behind. */
void hs_clip_ceiling_leave(struct hs_clip_ceiling *c, size_t n);
void hs_clip_ceiling_add(struct hs_clip_ceiling *c, const struct hs_clip_ceiling *from);
/* `peak`: the highest sample of all channels. */
void hs_clip_ceiling_put(const struct hs_clip_ceiling *c, double peak, bool lossless,
                         struct hs_values *values);
void hs_clip_ceiling_free(struct hs_clip_ceiling *c);

#endif
