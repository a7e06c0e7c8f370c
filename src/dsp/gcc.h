/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Generalised cross-correlation with phase transform (Knapp & Carter, IEEE TASSP 24(4),
 * 1976): the lag at which one piece of sound lies in another, to a fraction of a sample.
 * The transform is damped for tonal music, whose bins between the partials hold nothing but
 * noise: each bin keeps its magnitude to the power of 1/4 (beta 0.75; 1 would be phase alone,
 * 0 the plain correlation). An object belongs to one thread.
 */
#ifndef HS_DSP_GCC_H
#define HS_DSP_GCC_H

#include "dsp/fft.h"

struct hs_gcc {
    struct hs_fft fft;
    float complex *cross;
    size_t low_bin, high_bin; /* bins that count: low <= k < high */
};

struct hs_gcc_peak {
    double lag;    /* samples: y(t) = x(t - lag) */
    double value;  /* correlation at the peak, -1..1; negative: inverted */
    double z;      /* its height over the rms of the correlation at all lags */
    double second; /* |value| of the highest peak further than `min_distance` samples away */
};

void hs_gcc_init(struct hs_gcc *g, size_t n, double rate_hz, double low_hz, double high_hz);
void hs_gcc_free(struct hs_gcc *g);
/* Spectrum of n_x <= n samples, zeros behind; out has n/2 + 1 bins. */
void hs_gcc_spectrum(struct hs_gcc *g, const float *x, size_t n_x, float complex *out);
/* Highest |correlation| for lags of min_lag .. max_lag samples. */
struct hs_gcc_peak hs_gcc_find(struct hs_gcc *g, const float complex *x, const float complex *y,
                               long min_lag, long max_lag, long min_distance);

#endif
