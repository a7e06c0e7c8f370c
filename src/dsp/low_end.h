/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Undoes a high-pass of second order at 20 to 30 Hz down to 3 Hz, so that tops that a clipper had
 * left level, and the high-pass bent, are level again. Only low frequencies are added: they are
 * computed once for each group of samples and interpolated between groups. Pure; a state belongs
 * to one channel.
 */
#ifndef HS_DSP_LOW_END_H
#define HS_DSP_LOW_END_H

#include "dsp/biquad.h"

#include <stddef.h>

enum { HS_LOW_END_GROUP = 16 };

struct hs_low_end {
    struct hs_biquad section;
    struct hs_biquad_state state;
};

void hs_low_end_init(struct hs_low_end *l, double rate_hz);
/* The next groups of x, in their order: what is to be added in the middle of each. */
void hs_low_end_run(struct hs_low_end *l, const float *x, size_t n_groups, float *added);
/* From the middle of the group at x to the middle of the n_groups-th behind it, which must be known
 * too: out[i] = x[HS_LOW_END_GROUP / 2 + i] with what belongs there. added[0] belongs to that
 * group. */
void hs_low_end_give_back(const float *x, const float *added, size_t n_groups, float *out);

#endif
