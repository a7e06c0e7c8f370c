/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Slopes over time by ranks. Pure: same input, same bits. NaN says "cannot be had".
 */
#ifndef HS_CATALOGUE_STATS_SLOPES_H
#define HS_CATALOGUE_STATS_SLOPES_H

#include "catalogue/stats_ranks.h"

#include <stddef.h>

/* Kendall's S of y over x with ties in both; Mann-Kendall where x is time. */
struct hs_kendall {
    double s, variance, z, p;
};
struct hs_kendall hs_mann_kendall(const double *x, const double *y, size_t n);

/* Median of all slopes between points of different x; interval by Sen (1968). */
struct hs_estimate hs_theil_sen(const double *x, const double *y, size_t n, double confidence);

#endif
