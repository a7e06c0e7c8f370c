/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Clicks of the master that the mix does not have: a few samples of what is left unexplained that
 * stand far above what is left around them. Fed knot by knot as the pass goes. Pure; plain data.
 */
#ifndef HS_PAIR_CLICKS_H
#define HS_PAIR_CLICKS_H

#include <stdbool.h>
#include <stddef.h>

enum {
    HS_CLICKS_MOST = 16,
    HS_CLICKS_RECENT = 16,
    HS_CLICKS_NEAR = 16,
    HS_CLICKS_RING = 2 * HS_CLICKS_NEAR + 1
};

/* What is left of one knot: power sum over left and right; the most that the square of a sample is
 * above that of the mix there, 0 where none is larger; highest sample of the mix. */
struct hs_click_knot {
    float left, peak, mix;
};

struct hs_clicks {
    struct hs_click_knot ring[HS_CLICKS_RING];
    size_t filled;                     /* knots of this run so far */
    size_t n;                          /* all that were found */
    double recent_s[HS_CLICKS_RECENT]; /* when the last ones were: a ring */
    double at_s[HS_CLICKS_MOST];
    float peak; /* square of the highest */
};

/* A new run of knots: what came before is no neighbour. Keeps what was found. */
void hs_clicks_begin(struct hs_clicks *c);
/* The next knot. step_s: length of a knot; at_s: of its middle, in the master. */
void hs_clicks_add(struct hs_clicks *c, const struct hs_click_knot *knot, double at_s,
                   double step_s);

#endif
