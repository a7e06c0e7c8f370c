/* SPDX-License-Identifier: Apache-2.0 */
/* The plain kernels that stand in kernels_scalar_bins.c, see struct hs_kernels. */
#ifndef HS_DSP_KERNELS_SCALAR_H
#define HS_DSP_KERNELS_SCALAR_H

#include "dsp/kernels.h"

void hs_window_scalar(const float *x, const float *w, float *out, size_t n);
void hs_quarters_scalar(float complex *x, const float *twiddle, size_t m, float turn);
void hs_rfft_unpack_scalar(float complex *x, const float *twiddle, size_t half);
void hs_rfft_pack_scalar(float complex *x, const float *twiddle, size_t half);
void hs_filter_scalar(const float complex *const h[2], const float complex *const x[2], size_t n,
                      float complex *out);
void hs_transfer_scalar(const struct hs_transfer_frame *frame, size_t n_frames, size_t from,
                        size_t to, const struct hs_transfer_sums *s);
void hs_power_scalar(const float complex *x, float *out, size_t n);
void hs_stereo_scalar(const float complex *l, const float complex *r, size_t n,
                      const struct hs_stereo_power *out);
void hs_decibels_scalar(double *x, size_t n);
void hs_spans_scalar(const float *x, const struct hs_span_bins *span, size_t n_spans, float *sum);
void hs_weigh_scalar(const float complex *x, const float *w, size_t n, float *re, float *im);
void hs_cross_scalar(const float *const a[2], const float *const b[2], const size_t at[HS_RUNS + 1],
                     float re[HS_RUNS], float im[HS_RUNS]);
void hs_cross_two_scalar(const float *const a[2], const float *const b[2], const float *const c[2],
                         const size_t at[HS_RUNS + 1], float out[4 * HS_RUNS]);

#endif
