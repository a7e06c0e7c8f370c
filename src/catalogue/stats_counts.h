/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Counts of tracks: intervals of rates, odds ratios, corrected p values.
 * Pure: same input, same bits. NaN says "cannot be had".
 */
#ifndef HS_CATALOGUE_STATS_COUNTS_H
#define HS_CATALOGUE_STATS_COUNTS_H

#include "model/audit.h"

#include <stddef.h>

/* Rates of k in n, two-sided intervals at `confidence` (0.95). n == 0 gives 0 to 1. */
struct hs_interval hs_wilson(int k, int n, double confidence);

/* Odds ratio of the table {a, b; c, d}, a of a+b against c of c+d, with a half added to each
 * cell (Haldane 1956, Anscombe 1956). */
double hs_odds_ratio(int a, int b, int c, int d);

/* Adjusted p of Benjamini and Hochberg (1995). NaN stays NaN and is no test. */
void hs_benjamini_hochberg(const double *p, size_t n, double *q);

/* Cochran-Armitage trend of x[i] in n[i] over the scores t[i]; NaN without variance. */
double hs_cochran_armitage_z(const int *x, const int *n, const double *t, size_t groups);
double hs_two_sided_p(double z);

#endif
