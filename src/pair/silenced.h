/* SPDX-License-Identifier: Apache-2.0 */
/* Where the master is silent in the midst of what sounds in the mix: dropouts, muted places. */
#ifndef HS_PAIR_SILENCED_H
#define HS_PAIR_SILENCED_H

#include "pair/reduction.h"

/* Seconds of it. Not what a fade ends in: only between places where both sound. */
double hs_silenced_seconds(const struct hs_reduction *r);

#endif
