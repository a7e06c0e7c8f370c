/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Places where something else sounds in the master: a tone over a word, a voice laid over, other
 * music, a part of the song that does not belong there. Pure functions of the pass.
 */
#ifndef HS_PAIR_FOREIGN_H
#define HS_PAIR_FOREIGN_H

#include "pair/reduction.h"
#include "pair/silenced.h"

enum { HS_FOREIGN_MOST = 16 };

struct hs_foreign_place {
    size_t from, to; /* ticks of the pass */
    double db;       /* of what the mix does not have, relative to the master */
    bool told;       /* as something else: a channel drops out, a segue, a skip (pair/skips.h) */
};

struct hs_foreign {
    struct hs_foreign_place place[HS_FOREIGN_MOST];
    size_t n;
    /* As those of hs_reduction, of the seconds without such a place; NaN where there is none. */
    double missing_p90_db, missing_p20_db;
    double usual_share; /* that is unexplained of a tick, the median; NaN without sound */
    double rest_db;     /* what is left unexplained of the rest, relative to it */
};

/* drop: n places in which one channel drops out. master_s: length of the master; where it reaches
 * further than what is shared, what lies over the end of that is a segue and no such place. */
void hs_foreign_find(const struct hs_pass *p, const struct hs_reduction *r,
                     const struct hs_drop *drop, size_t n_drops, double master_s,
                     struct hs_foreign *out);
/* Whether a fifth and more of the ticks from `from` up to `to` lies in such a place. */
bool hs_foreign_meets(const struct hs_foreign *f, size_t from, size_t to);

#endif
