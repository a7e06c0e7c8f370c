/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The analysis filter bank of MPEG audio layer III: 32 polyphase bands, in each of which an MDCT
 * over 36 of their samples makes 18 coefficients (ISO/IEC 11172-3, C.1.3 and 2.4.3.4.10), at one
 * place after the other: going on by one sample of the bands is many times cheaper than a
 * transform (dsp/lapped.h). An object belongs to a thread.
 */
#ifndef HS_DSP_HYBRID_H
#define HS_DSP_HYBRID_H

#include "dsp/kernels.h"

enum {
    HS_HYBRID_BANDS = 32,
    HS_HYBRID_TAPS = 512,
    HS_HYBRID_SLOTS = 36, /* samples of the bands that one block takes */
    HS_HYBRID_STEP = 18,  /* and by which blocks follow each other; coefficients of a band */
};

struct hs_hybrid {
    size_t first, n_bands; /* those that are computed */
    size_t n_lanes;        /* that, in eights */
    const struct hs_kernels *kernels;
    float window[HS_HYBRID_TAPS];
    float *matrix, *c_s, *c_a; /* of hs_kernels */
    struct hs_slide bins;      /* HS_HYBRID_STEP + 1 rows of n_lanes */
    float *past;               /* the last HS_HYBRID_SLOTS samples of the bands, in a ring */
    size_t n;                  /* samples since the start */
};

void hs_hybrid_init(struct hs_hybrid *h, size_t first, size_t end);
void hs_hybrid_free(struct hs_hybrid *h); /* a zeroed object is fine */
/* Silence. */
void hs_hybrid_start(struct hs_hybrid *h);
/* One more sample of each band, of the 512 that end with `newest`. */
void hs_hybrid_next(struct hs_hybrid *h, const float *newest);
/* The coefficients of the long block that ends here: HS_HYBRID_STEP rows of n_lanes; room for one
 * more float. */
void hs_hybrid_block(const struct hs_hybrid *h, float *rows);

#endif
