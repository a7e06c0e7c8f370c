/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading a signal between its samples, at positions that run along a line: fractional
 * delay, clock drift, tape speed and changes of rate. Kaiser-windowed sinc of 64 taps, 256
 * phases with linear interpolation between them: errors below -90 dB up to 0.9 of Nyquist.
 * An object is only read once it is made.
 */
#ifndef HS_DSP_SINC_H
#define HS_DSP_SINC_H

#include <stddef.h>

enum { HS_SINC_BEFORE = 31, HS_SINC_AFTER = 33 }; /* samples read around a position */

struct hs_sinc {
    float *table;  /* kernels by phase, owned */
    size_t n_taps; /* of each */
};

/* For steps within some per cent of 1: the band is not limited. */
void hs_sinc_init(struct hs_sinc *s);
/* For reading every `step` samples; above 1 the band is limited for it, by a kernel that is
 * as much wider. */
void hs_sinc_init_rate(struct hs_sinc *s, double step);
void hs_sinc_free(struct hs_sinc *s);
/* out[i] = x(at + i * step) for both channels, by hs_sinc_init. Samples
 * x[floor(p) - BEFORE] up to x[floor(p) + AFTER] must be readable for every position p. */
void hs_sinc_read(const struct hs_sinc *s, const float *left, const float *right, double at,
                  double step, size_t n, float *out_left, float *out_right);
/* The same of n_in samples of each channel, with silence outside. */
void hs_sinc_read_all(const struct hs_sinc *s, const float *const in[2], size_t n_in, double at,
                      double step, float *const out[2], size_t n_out);

#endif
