/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Breaks: up to a fifth of a second in which the master is not the mix and around which it is. A
 * buffer that was lost to silence, a bit that stutters in place, a thump. Fed knot by knot as the
 * pass goes. Pure; plain data.
 */
#ifndef HS_PAIR_BREAKS_H
#define HS_PAIR_BREAKS_H

#include "pair/clicks.h"

enum {
    HS_BREAKS_MOST = 24,      /* more are no accident */
    HS_BREAKS_LOUD_MOST = 12, /* nor are so many that are not silent: a part that was laid over */
    HS_BREAKS_NEAR = 64,      /* knots looked at on either side: 93 ms */
    HS_BREAKS_LONGEST = 144,  /* knots: 0.21 s; what is longer is pair/foreign.h */
    HS_BREAKS_RING = 3 * HS_BREAKS_NEAR + HS_BREAKS_LONGEST + 16,
};

/* Of one knot, power sums over left and right: what the model leaves; equalised mix, its product
 * with the master, master. */
struct hs_break_knot {
    float left, xx, xy, yy;
};

struct hs_break {
    double from_s, to_s; /* of the master */
    double db;           /* of what is not the mix, relative to the master around */
    double of_mix;       /* what is not the mix, in power, to the mix there at the gain around */
    bool silent;         /* the master falls away; else something else sounds */
};

struct hs_breaks {
    struct hs_break_knot ring[HS_BREAKS_RING];
    size_t filled;      /* knots of this run so far */
    size_t first, last; /* knots of the place that is open */
    bool open;
    double least, most;  /* what is left of a knot of it */
    double gain;         /* in power, before it */
    double left, xx, yy; /* sums over the knots before */
    struct hs_break found[HS_BREAKS_MOST];
    size_t n;        /* all that were found */
    size_t n_nearly; /* places that stand out less: those of hits through an encoder */
};

/* A new run of knots: what came before is no neighbour. Keeps what was found. */
void hs_breaks_begin(struct hs_breaks *b);
/* The next knot. step_s: length of a knot; at_s: of its middle, in the master. clicks: those that
 * were found so far, which are told as such. */
void hs_breaks_add(struct hs_breaks *b, const struct hs_break_knot *knot, double at_s,
                   double step_s, const struct hs_clicks *clicks);

#endif
