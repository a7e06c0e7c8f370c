/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The modified discrete cosine transform of audio coders (Princen, Johnson and Bradley, ICASSP
 * 1987) at one place after the other, and the windows of length 2 n that AAC and Vorbis put before
 * it. A block is 2 n samples and makes n coefficients, of which [first, first + n_out) are
 * computed: X[k] = sum w[i] x[i] cos(pi/n (i + 1/2 + n/2) (k + 1/2)). Going on by one sample is
 * many times cheaper than a transform. An object belongs to a thread.
 */
#ifndef HS_DSP_LAPPED_H
#define HS_DSP_LAPPED_H

#include "dsp/fft.h"
#include "dsp/kernels.h"

struct hs_lapped {
    size_t n, first, n_out;
    const struct hs_kernels *kernels;
    struct hs_slide odd, even; /* bins of (k + 1/2) and of k half periods a block */
    float complex *phase[2];   /* of these bins: exp(-j w (1/2 + n/2)), w of the bin */
    float complex *twist;      /* 2 n: what makes the odd bins of a transform even ones */
    struct hs_fft fft;
};

/* `first` is at least HS_LAPPED, n_out a multiple of eight. */
void hs_lapped_init(struct hs_lapped *l, size_t n, size_t first, size_t n_out);
void hs_lapped_free(struct hs_lapped *l); /* a zeroed object is fine */

/* The block x[0 .. 2 n), by a transform; the one that begins a sample later than the last one. */
void hs_lapped_start(struct hs_lapped *l, const float *x);
void hs_lapped_next(struct hs_lapped *l, const float *x);
/* Coefficients of that block under the sine window, or under the one that `taps` stand for: its
 * first harmonics, equal to it at its ends. Up to rounding that is the window of Vorbis. Its error
 * is 55 dB below the neighbours of a coefficient with the window of AAC. */
void hs_lapped_sine(const struct hs_lapped *l, float *out);
void hs_lapped_window(const struct hs_lapped *l, const float taps[HS_LAPPED + 1], float *out);
void hs_lapped_taps(const float *window, size_t n, float taps[HS_LAPPED + 1]);
/* Those of any block under any window, by a transform; where it has gone on to is lost. */
void hs_lapped_of(struct hs_lapped *l, const float *x, const float *window, float *out);

/* Windows of 2 n, rising and falling: sine; Kaiser-Bessel-derived with alpha 4 (ISO/IEC 14496-3,
 * 4.6.11.3.2); the power sine of Vorbis I, 1.3.2. */
void hs_window_sine(float *w, size_t n);
void hs_window_kbd(float *w, size_t n);
void hs_window_vorbis(float *w, size_t n);

#endif
