/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading a signal between its samples, at positions that run along a line: fractional
 * delay, clock drift and tape speed. Kaiser-windowed sinc of 64 taps, 256 phases with
 * linear interpolation between them: errors below -90 dB up to 0.9 of Nyquist. Steps
 * other than 1 do not band-limit: meant for steps within some per cent of 1.
 */
#ifndef HS_DSP_SINC_H
#define HS_DSP_SINC_H

#include <stddef.h>

enum { HS_SINC_BEFORE = 31, HS_SINC_AFTER = 33 }; /* samples read around a position */

struct hs_sinc {
    float *table;
};

void hs_sinc_init(struct hs_sinc *s);
void hs_sinc_free(struct hs_sinc *s);
/* out[i] = x(at + i * step) for both channels. Samples x[floor(p) - BEFORE] up to
 * x[floor(p) + AFTER] must be readable for every position p. */
void hs_sinc_read(const struct hs_sinc *s, const float *left, const float *right, double at,
                  double step, size_t n, float *out_left, float *out_right);

#endif
