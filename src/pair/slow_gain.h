/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The slow gain that all bands share, whatever tone lies on them: a fade, a ride. A band's level
 * against the mix is its tone plus that gain; both are found in turns, so that a band that sounds
 * only here does not pass for gain, nor gain for its tone. Pure.
 */
#ifndef HS_PAIR_SLOW_GAIN_H
#define HS_PAIR_SLOW_GAIN_H

#include "pair/stretches.h"

/* x1: the mix through some filter, y: the master, left and right. out: gain per knot. */
void hs_slow_gain_find(const struct hs_stretches *s, const float *const x1[2],
                       const float *const y[2], float *out);

#endif
