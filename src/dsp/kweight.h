/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The K-weighting filter (ITU-R BS.1770-5 annex 1) for any sample rate. The loop over the
 * samples is a kernel, see dsp/kernels.h; a state belongs to one pair of channels.
 */
#ifndef HS_DSP_KWEIGHT_H
#define HS_DSP_KWEIGHT_H

#include <stddef.h>

/* Shelf (stage 1), then high-pass (stage 2); a0 is 1. The same as a sum (partial
 * fractions): direct + (shelf_c[0] + shelf_c[1] z^-1) / shelf denominator + the same of the
 * high-pass, so that both stages can run side by side. */
struct hs_kweight {
    double shelf_b[3], shelf_a[2];
    double high_b[3], high_a[2];
    double direct, shelf_c[2], high_c[2];
};

/* Belongs to one kernel: what the numbers mean differs between them. */
struct hs_kweight_state {
    double shelf[2][2], high[2][2]; /* [channel][delay] */
};

void hs_kweight_init(struct hs_kweight *k, int sample_rate_hz);
/* |H|^2 at a frequency. */
double hs_kweight_power(const struct hs_kweight *k, double hz, double rate_hz);
/* Filters two channels (which may be the same) and adds the sums of squares to energy[2].
 * Looks up the kernel at each call: for pieces of a few hundred samples or more. */
void hs_kweight_energy(const struct hs_kweight *k, struct hs_kweight_state *s, const float *left,
                       const float *right, size_t n, double energy[2]);

#endif
