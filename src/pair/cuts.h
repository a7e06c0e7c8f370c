/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The same recording cut differently: which stretch of the master lies where in the mix,
 * by the fingerprints. Stretches are verified by the waveform afterwards.
 */
#ifndef HS_PAIR_CUTS_H
#define HS_PAIR_CUTS_H

#include "pair/coarse.h"

enum { HS_CUTS_MOST = 24 };

struct hs_cut {
    struct hs_line line;
    double from_s, to_s; /* of the master */
};

/* In the order of the master; returns how many. Stretches that fit nothing are left out.
 * `main` is a line that is known to hold somewhere. */
size_t hs_cuts_find(const char *mix, const char *master, const struct hs_coarse *coarse,
                    struct hs_line main, struct hs_cut out[HS_CUTS_MOST]);

#endif
