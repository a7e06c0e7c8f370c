/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Powers of five bands in frames of 23 ms: of the mix through the filter (xx), of the master (yy),
 * and what both have in common (xy). Owned.
 */
#ifndef HS_PAIR_BAND_FRAMES_H
#define HS_PAIR_BAND_FRAMES_H

#include "pair/models.h"

enum {
    HS_BAND_FRAME = 1024,
    HS_BAND_HOP = HS_BAND_FRAME / 2,
    HS_FINE_BANDS = 12, /* for what is left alone: no splitting frequency is known */
};

/* Edges of the bands, Hz. */
extern const double hs_band_gain_edges_hz[HS_MODEL_BANDS + 1];

struct hs_band_frames {
    double (*xx)[HS_MODEL_BANDS], (*xy)[HS_MODEL_BANDS], (*yy)[HS_MODEL_BANDS];
    double fine_left, fine_all; /* what a gain per fine band leaves of the master, and all of it */
    double *gain;               /* the one for all, over the frame */
    size_t n;
};

/* Frames of each stretch in turn, at + HS_BAND_HOP * k. gain: one per knot, or NULL: then nothing
 * is asked of the fine bands either. */
void hs_band_frames_fill(struct hs_band_frames *f, const struct hs_stretches *s,
                         const float *const x1[2], const float *const y[2], const float *gain);
void hs_band_frames_free(struct hs_band_frames *f);
/* How many frames a stretch of n samples has. */
static inline size_t hs_band_frames_in(size_t n)
{
    return n >= HS_BAND_FRAME ? (n - HS_BAND_FRAME) / HS_BAND_HOP + 1 : 0;
}

#endif
