/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The statistics of a catalogue, as pure functions: same input, same bits. Counts are
 * of tracks; a cluster is a release, whose tracks share engineer, room and week and are
 * therefore not independent. Everything random is seeded. NaN says "cannot be had".
 */
#ifndef HS_CATALOGUE_STATS_H
#define HS_CATALOGUE_STATS_H

#include "model/audit.h"

#include <stddef.h>
#include <stdint.h>

/* Rates of k in n, two-sided intervals at `confidence` (0.95). n == 0 gives 0 to 1. */
struct hs_interval hs_wilson(int k, int n, double confidence);
struct hs_interval hs_clopper_pearson(int k, int n, double confidence);
double hs_binomial_tail(int k, int n, double p); /* P(K >= k) */

/* P(K >= k) when the n share an uncertain rate of mean p: beta-binomial, any two of
 * them correlated by rho (0: the binomial). */
double hs_beta_binomial_tail(int k, int n, double p, double rho);

/* The table {a, b; c, d}: a of a+b against c of c+d. */
double hs_fisher_two_sided(int a, int b, int c, int d);
double hs_fisher_greater(int a, int b, int c, int d); /* the first row's rate is higher */
/* Odds ratio with a half added to each cell (Haldane 1956, Anscombe 1956) and its
 * interval on the logarithm (Woolf). */
double hs_odds_ratio(int a, int b, int c, int d);
struct hs_interval hs_odds_ratio_interval(int a, int b, int c, int d, double confidence);

/* Adjusted p of Benjamini and Hochberg (1995). NaN stays NaN and is no test. */
void hs_benjamini_hochberg(const double *p, size_t n, double *q);

/* Cochran-Armitage trend of x[i] in n[i] over the scores t[i]; NaN without variance. */
double hs_cochran_armitage_z(const int *x, const int *n, const double *t, size_t groups);
double hs_two_sided_p(double z);

/* Kendall's S of y over x with ties in both; Mann-Kendall where x is time. */
struct hs_kendall {
    double s, variance, z, p;
};
struct hs_kendall hs_mann_kendall(const double *x, const double *y, size_t n);

struct hs_estimate {
    double value;
    struct hs_interval interval; /* NaN where the confidence cannot be reached */
};
/* Median of all slopes between points of different x; interval by Sen (1968). */
struct hs_estimate hs_theil_sen(const double *x, const double *y, size_t n, double confidence);
/* Median of the Walsh averages of x, interval by inverting the signed-rank test. */
struct hs_estimate hs_hodges_lehmann(const double *x, size_t n, double confidence);
/* Two-sided signed-rank test that x lies about 0: exact to 50 values without ties. */
double hs_wilcoxon_p(const double *x, size_t n);

/* Percentile intervals over releases drawn with replacement (2000 draws), widened by
 * sqrt(R / (R - 1)) for the few there are. NaN with fewer than two clusters. */
struct hs_interval hs_bootstrap_rate(const int *faulty, const int *judged, size_t clusters,
                                     double confidence, uint64_t seed);
/* Of the mean of `value` weighted by `weight`. */
struct hs_interval hs_bootstrap_mean(const double *value, const double *weight, size_t clusters,
                                     double confidence, uint64_t seed);

/* Two-sided p of T = sum a[i] b[i] when whole clusters change places: every order up to
 * 7 clusters, 9999 seeded ones up to 60, the permutation's normal limit beyond. */
double hs_permute_linear(const double *a, const double *b, size_t n, uint64_t seed);
/* The same for Kendall's S between clusters: date[i] of each cluster, pairs[i * n + j]
 * = sum of sign(y_j - y_i) over their tracks. 1999 seeded orders, n at most 100. */
double hs_permute_kendall(const double *date, const double *pairs, size_t n, uint64_t seed);

#endif
