/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the speed wanders within the windows of pair/fine.h: a tape. Pure function. */
#ifndef HS_PAIR_FINE_JITTER_H
#define HS_PAIR_FINE_JITTER_H

#include "pair/fine.h"

/* Robust deviation of the lags of eighths of the windows from those of the windows, in
 * frames: what a speed that wanders within a window leaves. 0 where too few stand out. */
double hs_fine_lag_jitter(const struct hs_fine *f);

#endif
