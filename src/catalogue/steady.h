/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A straight line over the years, and whether it is shown to be level. Pure; values in the unit
 * of the rule, dates in years. NaN where something cannot be had.
 */
#ifndef HS_CATALOGUE_STEADY_H
#define HS_CATALOGUE_STEADY_H

#include "model/audit.h"

#include <stddef.h>

/* The time series of a rule by release: date (years), mean of the tracks, and their number. */
struct hs_course {
    const double *date, *mean;
    const int *tracks;
    size_t n;
    double within; /* variance of tracks within a release */
};

/* The change of a fitted line over the whole span of dates, with its standard error. */
struct hs_drift {
    double change, se, df, years; /* NaN where it cannot be had */
};

/* By least squares, larger releases weighing more; the variance of releases about the line is held
 * by a prior of four releases, so that few can be asked. */
struct hs_drift hs_drift_of(const struct hs_course *c);
/* 95 %. */
struct hs_interval hs_drift_interval(const struct hs_drift *d);
/* Shown by equivalence: the 90 % interval lies within the margin either side of none. A line whose
 * 95 % interval leaves 0 out has a direction and is not steady. */
bool hs_drift_is_steady(const struct hs_drift *d, double margin);

#endif
