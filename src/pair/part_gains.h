/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether what the models leave of the master is the mix itself, at another gain in places of time
 * and frequency: one part of the arrangement that stands higher or lower than in the mix. Pure
 * functions; one thread.
 */
#ifndef HS_PAIR_PART_GAINS_H
#define HS_PAIR_PART_GAINS_H

#include "pair/models.h"

/* x1: the mix through the filter, y: the master, left and right; gain: per knot, or NULL: none.
 * Fills out->part_share, out->part_hz and out->range_share; NaN where there is too little of it. */
void hs_part_gains(const struct hs_stretches *s, const float *const x1[2], const float *const y[2],
                   const float *gain, struct hs_models *out);

#endif
