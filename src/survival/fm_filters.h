/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The filters of an FM station, and the transforms that they stand in. Both channels of a signal
 * are real and imaginary part of one complex number.
 */
#ifndef HS_SURVIVAL_FM_FILTERS_H
#define HS_SURVIVAL_FM_FILTERS_H

#include "dsp/fft.h"

#include <complex.h>

#define HS_FM_EDGE_HZ 15000.0 /* of the programme; nothing passes from 16.5 kHz on */
#define HS_FM_STOP_HZ 16500.0

/* clang's headers have no CMPLXF; both compilers have this. */
static inline float complex hs_fm_pair(float re, float im)
{
    return __builtin_complex(re, im);
}

/* Without the care for infinities that the language asks of its own operator. */
static inline float complex hs_fm_times(float complex a, float complex b)
{
    return hs_fm_pair(crealf(a) * crealf(b) - cimagf(a) * cimagf(b),
                      crealf(a) * cimagf(b) + cimagf(a) * crealf(b));
}

static inline float hs_fm_power(float complex z)
{
    return crealf(z) * crealf(z) + cimagf(z) * cimagf(z);
}

/* A transform with its two sides, both channels as one complex number. */
struct hs_fm_side {
    struct hs_fft fft;
    float complex *in, *out;
    size_t n;
};
void hs_fm_side_make(struct hs_fm_side *s, size_t n);
void hs_fm_side_free(struct hs_fm_side *s);
void hs_fm_side_run(struct hs_fm_side *s);

/* What a station does before pre-emphasis, but for the high-pass. */
double complex hs_fm_station(double hz, double rate_hz);
double complex hs_fm_pre_emphasis(double hz, double tau);
/* Butterworth of second order by the bilinear transform, both channels. */
void hs_fm_high_pass(double rate_hz, const float *left, const float *right, size_t n,
                     float complex *out);

#endif
