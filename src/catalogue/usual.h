/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Medians of values of tracks, with intervals that allow for tracks of a release being alike.
 * Pure; values in any unit.
 */
#ifndef HS_CATALOGUE_USUAL_H
#define HS_CATALOGUE_USUAL_H

#include "catalogue/between.h"
#include "model/audit.h"

/* Values of tracks with their releases, those of one release together; NaN: not known. */
struct hs_sample {
    const double *value;
    const size_t *release;
    size_t n;
};

/* The mean with its error, without those not known. */
struct hs_clustered hs_sample_mean(const struct hs_sample *s, double rho);
/* Adds what a sample says of how far releases differ. */
void hs_sample_between(const struct hs_sample *s, struct hs_between *b);
/* The median, the interval of the mean moved on to it, and p; `b` is what all values of these
 * tracks say of how far releases differ, `own_error` the variance of what the values were held
 * against. NaN below three values. */
struct hs_usual hs_usual_of(const struct hs_sample *s, const struct hs_between *b,
                            double own_error);
/* q and q_here over n of them. */
void hs_usual_correct(struct hs_usual *u, size_t n);

#endif
