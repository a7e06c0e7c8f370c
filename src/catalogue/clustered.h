/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Means of values that are correlated within a release. Pure: same input, same bits. NaN where
 * something cannot be had.
 */
#ifndef HS_CATALOGUE_CLUSTERED_H
#define HS_CATALOGUE_CLUSTERED_H

#include "model/audit.h"

#include <stddef.h>

/* n values, those of one release together: release r is [start[r], start[r + 1]). */
struct hs_clusters {
    const double *value;
    const size_t *start;
    size_t n_releases;
};

/* Parts of the analysis of variance, which add up over rules (Fleiss 1981, ch. 13): the
 * correlation within a release is the sum of the one over that of the other. 0, 0 where it
 * cannot be had. */
struct hs_correlation {
    double numerator, denominator;
};
struct hs_correlation hs_clusters_correlation(const struct hs_clusters *c);

/* 95 % interval of the mean. From five releases on by their means, and so where there are fewer
 * than two values more than releases; else by a model that takes tracks of a release to correlate
 * by `rho` (Kish's design effect). NaN for a single release of fewer than three. */
struct hs_interval hs_clusters_mean(const struct hs_clusters *c, double rho);

/* The same as a mean with its error; NaN as above. */
struct hs_clustered {
    double mean, se, df;
};
struct hs_clustered hs_clusters_estimate(const struct hs_clusters *c, double rho);
/* Two-sided p of Student's t. */
double hs_student_p(double t, double df);
double hs_student_quantile(double p, double df);

#endif
