/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What needs draws: a cluster is a release, whose tracks share engineer, room and week and
 * are therefore not independent. Everything random is seeded. Pure: same input, same bits. NaN says
 * "cannot be had".
 */
#ifndef HS_CATALOGUE_STATS_RESAMPLE_H
#define HS_CATALOGUE_STATS_RESAMPLE_H

#include "model/audit.h"

#include <stddef.h>
#include <stdint.h>

/* Two-sided p of T = sum a[i] b[i] when whole clusters change places: every order up to
 * 7 clusters, 9999 seeded ones up to 60, the permutation's normal limit beyond. */
double hs_permute_linear(const double *a, const double *b, size_t n, uint64_t seed);
/* The same for Kendall's S between clusters: date[i] of each cluster, pairs[i * n + j]
 * = sum of sign(y_j - y_i) over their tracks. 1999 seeded orders, n at most 100. */
double hs_permute_kendall(const double *date, const double *pairs, size_t n, uint64_t seed);

#endif
