/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The same recording cut differently: which stretch of the master lies where in the mix,
 * by the fingerprints. Stretches are verified by the waveform afterwards.
 */
#ifndef HS_PAIR_EDITS_H
#define HS_PAIR_EDITS_H

#include "pair/coarse.h"

enum { HS_EDITS_MOST = 24 };

struct hs_edit {
    struct hs_time_map line;
    double from_s, to_s; /* of the master */
};

/* In the order of the master; returns how many. Stretches that fit nothing are left out.
 * `main` is a line that is known to hold somewhere. */
size_t hs_edits_find(const char *mix, const char *master, const struct hs_coarse *coarse,
                     struct hs_time_map main, struct hs_edit out[HS_EDITS_MOST]);

#endif
