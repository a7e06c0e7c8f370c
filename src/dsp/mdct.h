/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The modified discrete cosine transform of audio coders (Princen, Johnson and Bradley, ICASSP
 * 1987), and the windows of length 2 n that AAC and Vorbis put before it. An object belongs to a
 * thread.
 */
#ifndef HS_DSP_MDCT_H
#define HS_DSP_MDCT_H

#include "dsp/fft.h"

struct hs_mdct {
    size_t n; /* coefficients; 2 n samples make them */
    struct hs_fft fft;
    float complex *twiddle, *in, *out; /* n/2 each */
    float *folded;                     /* n */
};

void hs_mdct_init(struct hs_mdct *m, size_t n); /* a multiple of 4 */
/* X[k] = +- sum w[i] x[i] cos(pi/n (i + 1/2 + n/2) (k + 1/2)); `x` and `window` of 2 n. */
void hs_mdct_run(struct hs_mdct *m, const float *x, const float *window, float *out);
void hs_mdct_free(struct hs_mdct *m); /* a zeroed object is fine */

/* Windows of 2 n, rising and falling: sine; Kaiser-Bessel-derived with alpha 4 (ISO/IEC 14496-3,
 * 4.6.11.3.2); the power sine of Vorbis I, 1.3.2. */
void hs_window_sine(float *w, size_t n);
void hs_window_kbd(float *w, size_t n);
void hs_window_vorbis(float *w, size_t n);

#endif
