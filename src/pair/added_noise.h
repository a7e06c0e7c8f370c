/* SPDX-License-Identifier: Apache-2.0 */
/* Steady noise that came in since the mix: hiss of a tape or a converter, coarse steps. */
#ifndef HS_PAIR_ADDED_NOISE_H
#define HS_PAIR_ADDED_NOISE_H

#include "pair/pass.h"

/* Above this level, on the scale of hs_added_noise_find, it lies over the tails of the music. */
extern const double hs_added_noise_over_tails_db;

/* Power of 4 to 8 kHz of what was added, relative to the master, in dB, as `noise_floor_db` of a
 * file is; NaN where none is proven. */
double hs_added_noise_find(const struct hs_pass *p);

#endif
