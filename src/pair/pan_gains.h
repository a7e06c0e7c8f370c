/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether what filter and gain leave of a master is its mix with left turned up where right is
 * turned down, as by a mild auto-pan. Pure; one thread.
 */
#ifndef HS_PAIR_PAN_GAINS_H
#define HS_PAIR_PAN_GAINS_H

#include "pair/models.h"

/* x1: the mix behind the filter, y: the master, left and right; gain: of each knot, NULL: none.
 * Fills out->pan_share and out->pan_db. */
void hs_pan_gains(const struct hs_stretches *s, const float *const x1[2], const float *const y[2],
                  const float *gain, struct hs_models *out);

#endif
