/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Jumps of the time line: up to a fifth of a second of the mix is left out, or heard again, and the
 * master goes on as before. From the windows of pair/fine.h. Pure.
 */
#ifndef HS_PAIR_JUMPS_H
#define HS_PAIR_JUMPS_H

#include "pair/edits.h"
#include "pair/fine.h"

/* What lies between two jumps. */
struct hs_level_stretch {
    double from_s, to_s; /* middles of its first and last window, in the master */
    struct hs_time_map line;
    size_t n; /* windows */
};

/* Stretches in the order of the master, 2 and more; 0 where the windows lie on one line or bend as
 * a tape does. At most HS_EDITS_MOST. */
size_t hs_jumps_find(const struct hs_fine *f, struct hs_level_stretch out[HS_EDITS_MOST]);

#endif
