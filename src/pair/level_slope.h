/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A gain that rises and falls with the level without being a device that reduces peaks: an expander
 * or gate turns quiet passages down, a leveller turns them up. A ride and a fade go their own way.
 */
#ifndef HS_PAIR_LEVEL_SLOPE_H
#define HS_PAIR_LEVEL_SLOPE_H

#include "pair/reduction.h"

/* dB of gain for each dB of level, between a fifth of a second and three seconds; *r2: the share of
 * the gain's variance that it explains. 0 and 0 where gain or level stands still. */
double hs_level_slope(const struct hs_reduction *r, double *r2);

#endif
