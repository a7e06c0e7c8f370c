/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How often a rule fires on music that nobody complains about: the rate that a habit
 * has to exceed. Counted leave-one-out on the user's references, and on the clean
 * catalogues of the benchmark (built in, see docs/recurrence.md).
 */
#ifndef HS_CATALOGUE_BASE_RATES_H
#define HS_CATALOGUE_BASE_RATES_H

#include "model/audit.h"

#include <stddef.h>

struct hs_base_rate {
    const char *rule;
    int fired, judged;
};

/* The built-in count of a rule, {rule, 0, 0} where none was made. */
struct hs_base_rate hs_base_rate_builtin(const char *rule);
/* Of findings by the pair alone: counted on pairs whose mastering did no harm. */
struct hs_base_rate hs_base_rate_of_pairs(const char *rule);
/* (fired + 1) / (judged + 20): a rule never seen firing is not taken to be without
 * error. */
double hs_base_rate_value(const struct hs_base_rate *base);
/* As hs_base_rate_p, with tracks that hang together by release: any two tracks share
 * the uncertainty of the base rate, two of one release also the correlation `icc`.
 * `size` is the mean number of tracks on the release of a track (sum of squares over
 * sum). */
double hs_base_rate_clustered_p(const struct hs_base_rate *base, int k, int n, double icc,
                                double size);
/* One-sided p that k of n is more than the base rate: Fisher's test where the base
 * rests on fewer than 200 tracks and is itself uncertain, else the exact binomial. */
double hs_base_rate_p(const struct hs_base_rate *base, int k, int n);

#endif
