/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Real fast Fourier transforms by FFTW (single precision), ESTIMATE plans so that every
 * run has the same bits. Forward, FFTW transforms pairs of samples as complex numbers and
 * a kernel unpacks the result, which is a quarter faster than FFTW's own real transform.
 * Making and freeing a plan takes one process-wide lock (the
 * inverse one is made at its first use); running one is lock-free on buffers that belong
 * to the object, so an object belongs to a thread.
 */
#ifndef HS_DSP_FFT_H
#define HS_DSP_FFT_H

#include "dsp/dft.h"

struct hs_kernels;

struct hs_fft {
    size_t n;            /* length of the real side, even */
    float *time;         /* n floats, 64-byte aligned */
    float complex *freq; /* n/2 + 1 bins */
    float *twiddle;      /* for hs_kernels.rfft_unpack */
    const struct hs_kernels *kernels;
    struct hs_dft forward, back; /* of n / 2; `back` is made at its first use */
    void *inverse;
};

/* Never fails (out of memory ends the process, see core/alloc.h). */
void hs_fft_init(struct hs_fft *f, size_t n);
void hs_fft_forward(struct hs_fft *f); /* time -> freq, unscaled; time is preserved */
/* The same between buffers of the caller, aligned as core/alloc.h aligns. */
void hs_fft_forward_of(struct hs_fft *f, const float *time, float complex *freq);
/* The complex transform of n/2 points that lies within, between aligned buffers. */
void hs_fft_forward_pairs(struct hs_fft *f, const float complex *in, float complex *out);
void hs_fft_inverse(struct hs_fft *f); /* freq -> time, unscaled (times n); freq is lost */
/* The same by way of pairs of samples, a quarter faster; other last bits. */
void hs_fft_inverse_by_pairs(struct hs_fft *f);
void hs_fft_free(struct hs_fft *f); /* a zeroed object is fine */

/* Periodic Hann window; its mean square is 3/8. */
void hs_window_hann(float *w, size_t n);

#endif
