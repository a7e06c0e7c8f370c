/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kernels over the bins of a spectrum. Plain loops with fixed lanes: the same bits at every
 * vector width. Pointers of one call do not overlap unless they are equal inputs.
 */
#ifndef HS_DSP_SPECTRAL_H
#define HS_DSP_SPECTRAL_H

#include <complex.h>
#include <stddef.h>

/* out[i] = x[i] * w[i] */
void hs_spectral_window(const float *x, const float *w, float *out, size_t n);
/* power[i] = |x[i]|^2 */
void hs_spectral_power(const float complex *x, float *power, size_t n);
/* mid = |(l + r) / 2|^2, side = |(l - r) / 2|^2, im = Im(l conj(r)) */
void hs_spectral_stereo(const float complex *l, const float complex *r, float *mid,
                        float *side, float *im, size_t n);
/* x[i] *= gain[i] */
void hs_spectral_scale(float complex *x, const float *gain, size_t n);
/* sum[i] += x[i] */
void hs_spectral_add(float *sum, const float *x, size_t n);
/* total[i] += sum[i]; sum[i] = 0: long sums are kept in double, filled from short ones. */
void hs_spectral_flush(double *total, float *sum, size_t n);

/* The bins of a frequency range; bin k covers (k - 1/2 ... k + 1/2) * bin_hz and counts by
 * the share of it that lies within. n == 0: the range is above the last bin. */
struct hs_span_bins {
    size_t first, n;
    float first_share, last_share; /* where n == 1, first_share alone */
};
struct hs_span_bins hs_span_bins(double low_hz, double high_hz, double bin_hz, size_t n_bins);
float hs_span_sum(const struct hs_span_bins *span, const float *power);
double hs_span_sum_double(const struct hs_span_bins *span, const double *power);

#endif
