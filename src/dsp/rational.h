/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Conversion of planar stereo between two sample rates in the ratio of small whole numbers, as
 * 48 and 44.1 kHz are, by transforms of blocks. Output frame k stands for input frame k * in/out;
 * silence is assumed before the first and behind the last one. An output depends on the input
 * around it and on where its block begins, not on the pieces in which input comes. A seventh of the
 * time that dsp/resample.h takes. One object belongs to one thread.
 *
 * Up to 0.476 of the lower rate (21.0 kHz of 44.1) errors are below 3e-5 (-90 dB); half the lower
 * rate is lowered by 90 dB, and nothing is left of what lies above it.
 */
#ifndef HS_DSP_RATIONAL_H
#define HS_DSP_RATIONAL_H

#include "dsp/dft.h"

#include <stdint.h>

struct hs_rational {
    size_t up, down;      /* out/in as a fraction; up 0: it cannot convert these rates */
    size_t periods, lead; /* of `down` inputs: in a block, and at either end of it for its filter */
    size_t block;         /* outputs of one */
    struct hs_dft to, fro; /* of a block of inputs, and of what becomes of it */
    float *response;       /* of the filter, by bin from 0 on */
    float complex *in;     /* left and right as one complex number: input that is still needed */
    float complex *bins, *kept, *out; /* of a block: its bins, those that are kept, outputs */
    size_t n_in, cap, at;             /* at: of `out`, what has been taken */
    int64_t made;                     /* outputs so far */
    int64_t n_seen;                   /* inputs so far */
    bool ended;                       /* n_seen is all there are */
};

/* False where the rates are no whole numbers or their fraction would take long blocks; a zeroed
 * one may be freed. */
bool hs_rational_init(struct hs_rational *r, double in_hz, double out_hz);
/* Begins again with another first frame. led: the `lead` periods before it are given first. */
void hs_rational_reset(struct hs_rational *r, bool led);
/* Takes all n_in frames (in NULL: no more come) and makes what they allow, at most n_out; the rest
 * is made by later calls. Returned is how many. */
size_t hs_rational_run(struct hs_rational *r, const float *const in[2], size_t n_in,
                       float *const out[2], size_t n_out);
void hs_rational_free(struct hs_rational *r);

#endif
