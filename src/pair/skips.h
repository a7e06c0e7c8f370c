/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Skips: a short bit of the song that is heard again, and again, before it goes on, as a damaged
 * disc or a hanging player makes it. Pure.
 */
#ifndef HS_PAIR_SKIPS_H
#define HS_PAIR_SKIPS_H

#include "pair/foreign.h"
#include "pair/timeline.h"

enum { HS_SKIPS_MOST = 16 };

struct hs_skip {
    double from_s, to_s; /* of the master, from where it goes back to where it goes on */
    double mix_s;        /* where the bit begins in the mix */
    double length_s;     /* of the bit */
    size_t times;        /* that it is heard, the first one too */
};

/* A short bit of the mix that is left out. */
struct hs_lost_bit {
    double at_s, mix_s, length_s; /* in the master; where it begins in the mix */
};

/* Of a time line that jumps: what is left out and what is heard again; n[0] and n[1] of them. */
void hs_skips_of_jumps(const struct hs_timeline *line, struct hs_lost_bit lost[HS_EDITS_MOST],
                       struct hs_skip out[HS_SKIPS_MOST], size_t n[2]);
/* From the seams of the time line; how many. Places of f that are repeats are marked as such. */
size_t hs_skips_find(const struct hs_timeline *line, const struct hs_pass *p, struct hs_foreign *f,
                     struct hs_skip out[HS_SKIPS_MOST]);

#endif
