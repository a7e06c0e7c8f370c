/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Counts of tracks: intervals of rates, exact tests, corrected p values.
 * Pure: same input, same bits. NaN says "cannot be had".
 */
#ifndef HS_CATALOGUE_STATS_COUNTS_H
#define HS_CATALOGUE_STATS_COUNTS_H

#include "model/audit.h"

#include <stddef.h>

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

#endif
