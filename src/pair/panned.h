/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a master is its mix with left and right turned up and down against each other, as by an
 * auto-pan: no filter and no gain of both explains it, a gain of each channel does.
 */
#ifndef HS_PAIR_PANNED_H
#define HS_PAIR_PANNED_H

#include "pair/align.h"

struct hs_panned {
    double range_db; /* of left over right, 5 to 95 % of the moments; 0: it is not panned */
    double left_db;  /* what the gains leave, relative to the master */
};

/* By up to 30 s in the midst of the longest segment. An error only where a file cannot be read. */
enum hs_status hs_panned_find(struct hs_alignment *place, struct hs_panned *out,
                              struct hs_error *err);

#endif
