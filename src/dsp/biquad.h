/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Second-order equaliser sections by R. Bristow-Johnson's "Cookbook formulae for audio
 * EQ biquad filter coefficients" (W3C Note, 2021), the forms that equalisers with a Q use.
 * Pure; a state belongs to one channel, a zeroed one is silence.
 */
#ifndef HS_DSP_BIQUAD_H
#define HS_DSP_BIQUAD_H

#include <stddef.h>

struct hs_biquad {
    double b[3], a[2]; /* a0 is 1 */
};

struct hs_biquad_state {
    double z[2];
};

/* `hz` below half the rate, `q` above 0. */
struct hs_biquad hs_biquad_bell(double hz, double db, double q, double rate_hz);
struct hs_biquad hs_biquad_low_shelf(double hz, double db, double q, double rate_hz);
struct hs_biquad hs_biquad_high_shelf(double hz, double db, double q, double rate_hz);
struct hs_biquad hs_biquad_high_pass(double hz, double q, double rate_hz);
struct hs_biquad hs_biquad_low_pass(double hz, double q, double rate_hz);
/* In place. */
void hs_biquad_run(const struct hs_biquad *f, struct hs_biquad_state *s, float *x, size_t n);

#endif
