/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How often, against how often it happens anyway. Rows are filled one by one; p values are
 * corrected over all of them at the end.
 */
#ifndef HS_CATALOGUE_RECURRENCE_H
#define HS_CATALOGUE_RECURRENCE_H

#include "catalogue/base_rates.h"
#include "catalogue/census.h"

/* How the faults of one rule spread over releases: parts of the analysis of variance.
 */
struct hs_dispersion {
    double numerator, denominator; /* of the intra-class correlation */
    double size;                   /* mean number of tracks on the release of a track */
    struct hs_base_rate base;
};

/* Counts, rates and intervals of one rule. */
void hs_recurrence_fill(const struct hs_audit *audit, const struct hs_census *c,
                        const struct hs_base_rate *base, struct hs_recurrence *out,
                        struct hs_dispersion *dispersion);
/* Whether the catalogue as a whole leans. */
void hs_shift_fill(const struct hs_audit *audit, const struct hs_census *c,
                   struct hs_recurrence *out);
/* Over all rows: what is recurring, readings, directions, words, order. `dispersion` is
 * by row, in the order of the rows before. */
void hs_recurrence_decide(struct hs_audit *audit, const struct hs_dispersion *dispersion);

#endif
