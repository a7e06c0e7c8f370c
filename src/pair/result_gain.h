/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values of what the gain does that no device does: fades, rides, expanders, swings, silence and
 * places that dropped out.
 */
#ifndef HS_PAIR_RESULT_GAIN_H
#define HS_PAIR_RESULT_GAIN_H

#include "pair/result.h"

/* Whether a ride is no more than a place that dropped out, spread by the time over which slow gain
 * is taken. The values are set. */
bool hs_result_is_drop(const struct hs_values *v, const struct hs_passage *ride);
void hs_result_gain(const struct hs_found *f, struct hs_values *v);

#endif
