/* SPDX-License-Identifier: Apache-2.0 */
/*
 * K-weighting (ITU-R BS.1770-5 annex 1) of two channels at once, for any sample rate, and
 * the energy of the result. Pure; a state belongs to one pair of channels.
 */
#ifndef HS_DSP_KWEIGHT_H
#define HS_DSP_KWEIGHT_H

#include <stddef.h>

/* Shelf (stage 1), then high-pass (stage 2); a0 is 1. */
struct hs_kweight {
    double shelf_b[3], shelf_a[2];
    double high_b[3], high_a[2];
};

struct hs_kweight_state {
    double shelf[2][2], high[2][2]; /* [channel][delay] */
};

void hs_kweight_init(struct hs_kweight *k, int sample_rate_hz);
/* Adds the sum of squares of the weighted samples of each channel to energy[2]. */
void hs_kweight_energy(const struct hs_kweight *k, struct hs_kweight_state *s,
                       const float *left, const float *right, size_t n, double energy[2]);
/* |H|^2 at a frequency, for tests and spectra. */
double hs_kweight_gain(const struct hs_kweight *k, double hz, int sample_rate_hz);

#endif
