/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a value is another from one release on: the means of the releases before against those
 * from there on. Pure; values in any unit.
 */
#ifndef HS_CATALOGUE_STEP_H
#define HS_CATALOGUE_STEP_H

#include "catalogue/usual.h"

/* The place where the means differ most surely; p is that of the place times the places. */
struct hs_step {
    size_t at; /* first release with the new value, as the sample names it; SIZE_MAX: not asked */
    double change;                 /* of the mean */
    struct hs_between_error error; /* of the change */
    double p;
    int places;
};

/* Fills out[0..n) for n values of the same tracks, which together say how far releases differ.
 * `year` by release; a place lies between two years and has two releases and four tracks on either
 * side. Not asked where a release has no year. */
void hs_steps_find(const struct hs_sample *s, size_t n, const int *year, struct hs_step *out);
/* The interval of the change at a level that p, which is over all places, has to reach. */
struct hs_interval hs_step_interval(const struct hs_step *x, double level);

#endif
