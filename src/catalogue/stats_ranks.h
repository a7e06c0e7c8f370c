/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tests by ranks, and the estimates that belong to them. Pure: same input, same bits. NaN says
 * "cannot be had".
 */
#ifndef HS_CATALOGUE_STATS_RANKS_H
#define HS_CATALOGUE_STATS_RANKS_H

#include "model/audit.h"

#include <stddef.h>

struct hs_estimate {
    double value;
    struct hs_interval interval; /* NaN where the confidence cannot be reached */
};
/* Median of the Walsh averages of x, interval by inverting the signed-rank test. */
struct hs_estimate hs_hodges_lehmann(const double *x, size_t n, double confidence);
/* Two-sided signed-rank test that x lies about 0: exact to 50 values without ties. */
double hs_wilcoxon_p(const double *x, size_t n);

#endif
