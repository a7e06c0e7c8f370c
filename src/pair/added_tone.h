/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Steady tones of the master that the mix does not have: a hum, a drone, a whistle. Pure functions
 * of the pass.
 */
#ifndef HS_PAIR_ADDED_TONE_H
#define HS_PAIR_ADDED_TONE_H

#include "pair/pass.h"

enum { HS_ADDED_TONES = 4 };

struct hs_added_tone {
    double hz[HS_ADDED_TONES]; /* the strongest, rising; NaN behind the last */
    size_t n;                  /* 0: none */
    double db;                 /* all of them together, relative to the master */
    double share;              /* of the power that the mix does not explain, 0-1 */
};

void hs_added_tone_find(const struct hs_pass *p, struct hs_added_tone *out);

#endif
