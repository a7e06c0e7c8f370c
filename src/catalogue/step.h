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
    double change, se, df, p; /* change: of the mean, with its error and degrees of freedom */
    int places;
};

/* `year` by release; a place lies between two years and has two releases and four tracks on either
 * side. Not asked where a release has no year. */
struct hs_step hs_step_find(const struct hs_sample *s, const int *year);
/* The interval of the change at a level that p, which is over all places, has to reach. */
struct hs_interval hs_step_interval(const struct hs_step *x, double level);

#endif
