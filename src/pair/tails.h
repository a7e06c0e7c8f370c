/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What mastering did around the hits of the music: to what is left of a sound when it has
 * gone (reverberation brought in or cut off), and to everything when the low drum hits
 * (pumping). Pure functions of the ticks.
 */
#ifndef HS_PAIR_TAILS_H
#define HS_PAIR_TAILS_H

#include "pair/pass.h"
#include "pair/reduction.h"
#include "pair/time_map.h"

#include <stddef.h>

/* Level of the tails (6 to 30 dB below what sounded within 300 ms before) against that of
 * the attacks, master over mix, dB: positive where there is more of them. What a compressor
 * or limiter that holds the attacks down raises them by is taken off. NaN with too few of
 * either. What sounds all the time is taken off where it is known to be `tones`, and so is slow_db,
 * a gain per tick that is no reverberation (NULL: none). *error_db: two standard errors over pieces
 * of five seconds.
 */
double hs_tails_change(const struct hs_pass *p, const struct hs_reduction *d, const double *slow_db,
                       bool tones, double *error_db);
/* How far the gain dips when the low end of the mix jumps up, and comes back before the next
 * hit, dB: the middle one of all hits, 0 where it does not. `line`: where the master lies in
 * the mix, whose fingerprint is given. NaN below 16 hits. */
double hs_ducking(const struct hs_pass *p, const struct hs_reduction *d, const char *fingerprint,
                  struct hs_time_map line);

#endif
