/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Conversion of planar stereo between two sample rates in the ratio of small whole numbers, as
 * 48 and 44.1 kHz are, by a table of filters. Output frame k stands for input frame k * in/out;
 * silence is assumed before the first and behind the last one. A third of the time that
 * dsp/resample.h takes. One object belongs to one thread.
 *
 * Up to 0.455 of the lower rate (20.07 kHz of 44.1) errors are below 3e-5 (-90 dB); what lies above
 * 0.515 is lowered by 90 dB.
 */
#ifndef HS_DSP_RATIONAL_H
#define HS_DSP_RATIONAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hs_kernels;

struct hs_rational {
    const struct hs_kernels *kernels;
    size_t up, down;     /* out/in as a fraction; up 0: it cannot convert these rates */
    size_t half, n_taps; /* input frames to either side; of a filter, a multiple of the lanes */
    float *taps;         /* `up` filters, one for each place of an output between inputs */
    float *in[2];        /* input that is still needed */
    size_t n_in, cap;
    int64_t first;  /* frame of in[.][0] */
    int64_t made;   /* outputs so far */
    int64_t length; /* of all input, once it is known; else -1 */
};

/* False where the rates are no whole numbers or their fraction would take a large table; a zeroed
 * one may be freed. */
bool hs_rational_init(struct hs_rational *r, double in_hz, double out_hz);
/* Begins again with another first frame. */
void hs_rational_reset(struct hs_rational *r);
/* Takes all n_in frames (in NULL: no more come) and makes what they allow, at most n_out; the rest
 * is made by later calls. Returned is how many. */
size_t hs_rational_run(struct hs_rational *r, const float *const in[2], size_t n_in,
                       float *const out[2], size_t n_out);
void hs_rational_free(struct hs_rational *r);

#endif
