/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A pair that one filter explains need not be gone through from end to end: its ends and a piece
 * of every few seconds say the same, with every second in which the bands of their fingerprints
 * (50 levels a second) move. Pure functions.
 */
#ifndef HS_PAIR_SKIM_H
#define HS_PAIR_SKIM_H

#include "model/audit.h"
#include "pair/reduction.h"

#include <stdbool.h>

enum { HS_SKIM_PIECES = 1024 };

/* Pieces of segment 0 in the order of the master; 0 where all of it must be gone through: it is
 * short or edited, a tape, or most of its seconds move. mix, master: their fingerprints. */
size_t hs_skim_choose(const struct hs_timeline *t, const char *mix, const char *master,
                      struct hs_excerpt out[HS_SKIM_PIECES]);
/* Whether what the pieces showed is steady, so that nothing between them is missed. */
bool hs_skim_suffices(const struct hs_reduction *r);
/* Loudness of the master less that of the mix over segment 0, by windows of 3 s that sound;
 * NaN where there are none. */
double hs_skim_gain_db(const struct hs_timeline *t, const struct hs_file *mix,
                       const struct hs_file *master);

#endif
