/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sums over the bins of a spectrum (the loops that cost time are in dsp/kernels.h). Plain
 * loops with fixed lanes: the same bits at every vector width.
 */
#ifndef HS_DSP_SPECTRAL_H
#define HS_DSP_SPECTRAL_H

#include "dsp/kernels.h"

#include <complex.h>
#include <stddef.h>

/* x[i] *= gain[i] */
void hs_spectral_scale(float complex *x, const float *gain, size_t n);
/* total[i] += sum[i]; sum[i] = 0: long sums are kept in double, filled from short ones. */
void hs_spectral_flush(double *total, float *sum, size_t n);

/* The bins of a frequency range; bin k covers (k - 1/2 ... k + 1/2) * bin_hz and counts by
 * the share of it that lies within. Empty where the range is above the last bin. */
struct hs_span_bins hs_span_bins(double low_hz, double high_hz, double bin_hz, size_t n_bins);
float hs_span_sum(const struct hs_span_bins *span, const float *power);
double hs_span_sum_double(const struct hs_span_bins *span, const double *power);

#endif
