/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether gain moves by band: what a multiband processor leaves. Gains in dB over the bands of
 * pair/band_frames.h. Pure functions.
 */
#ifndef HS_PAIR_BAND_GAINS_H
#define HS_PAIR_BAND_GAINS_H

#include "pair/models.h"

/* x1: the mix through the filter, y: the master, left and right; gain: per knot. Fills the
 * fields of `out` that begin with band_. */
void hs_band_gains(const struct hs_stretches *s, const float *const x1[2], const float *const y[2],
                   const float *gain, struct hs_models *out);

#endif
