/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one filter leaves of the windows of pair/fine.h: it tells what moved from what a crossover
 * or an all-pass turned. One thread each.
 */
#ifndef HS_PAIR_FINE_FILTER_H
#define HS_PAIR_FINE_FILTER_H

#include "pair/fine_match.h"

/* Sums over windows, per group of bins: power of middle and side of the mix, power of the master,
 * cross spectrum of each part of the mix with each of the master. */
struct hs_fine_group {
    double x[2], y;
    double complex cross[2][2];
};

struct hs_fine_filter {
    size_t n_groups, bins; /* of a group */
    struct hs_fine_group *group;
};

void hs_fine_filter_init(struct hs_fine_filter *s, const struct hs_matcher *m, double rate_hz);
void hs_fine_filter_free(struct hs_fine_filter *s);
/* The window whose four spectra stand in m. */
void hs_fine_filter_add(struct hs_fine_filter *s, const struct hs_matcher *m);
/* Shares of the master, 0-1, that are left: by a filter that both channels share, with middle and
 * side in their places (`cross` 0) or changed, as where one channel is turned over. 1: nothing was
 * added. */
double hs_fine_filter_shared(const struct hs_fine_filter *s, int cross);
/* By a filter of its own for each of middle and side. */
double hs_fine_filter_own(const struct hs_fine_filter *s, int cross);

#endif
