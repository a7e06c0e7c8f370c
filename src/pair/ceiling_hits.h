/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether the gain dips where peaks stand at the ceiling: what tells a limiter from a compressor.
 * Pure functions of the ticks; `work` has room for all of them.
 */
#ifndef HS_PAIR_CEILING_HITS_H
#define HS_PAIR_CEILING_HITS_H

#include "pair/reduction.h"

/* Sets ceiling_hits, near_hits, before_hits and fall_hits; the rest of r is found. */
void hs_hits_find(const struct hs_pass *p, struct hs_reduction *r, double *work);
/* How far the gain has fallen within two ticks, of every tick. */
void hs_hits_falls(const struct hs_reduction *r, double *fall);
/* Whether no fade or ride is at work in a tick; usual_db: median of the slow gain. */
bool hs_hits_at_usual_gain(const struct hs_reduction *r, size_t i, double usual_db);

#endif
