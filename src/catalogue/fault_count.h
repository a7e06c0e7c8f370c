/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether more tracks of this catalogue have a fault than elsewhere: a count against a base
 * rate that is itself uncertain, with tracks of one release correlated. In latent units:
 * a track is at fault where g sqrt(variance) + r sqrt(icc) + e sqrt(1 - icc) exceeds a cut; g
 * is shared by all tracks, r by those of a release, all three are standard normal.
 */
#ifndef HS_CATALOGUE_FAULT_COUNT_H
#define HS_CATALOGUE_FAULT_COUNT_H

#include "model/audit.h"

#include <stddef.h>

enum { HS_LEVELS = 4 }; /* note, minor, moderate, severe */

/* Tracks elsewhere at or above each level, of so many artists. */
struct hs_base_levels {
    double fired[HS_LEVELS], judged, artists;
};

struct hs_base {
    double rate[HS_LEVELS]; /* falling from level to level; that of `minor` is the base rate */
    double variance;        /* of the cut of `minor`, for the base is counted too */
};

/* The base rate from a count. Tracks of one artist are correlated, so they count for fewer; 20
 * tracks of a prior are added, so that what was never seen is not taken to be impossible. */
struct hs_base hs_base_of(const struct hs_base_levels *counts);
/* The same of the user's own references: what is known of other music is the prior then. */
struct hs_base hs_base_of_references(const struct hs_base_levels *references,
                                     const struct hs_base *elsewhere);

/* Rates that follow from a spread which was measured on so many tracks of one artist. */
struct hs_base hs_base_of_spread(const double rate[HS_LEVELS], double tracks);

struct hs_fault_count {
    const int *judged; /* tracks by release, n of them; those without any may be among them */
    size_t n;
    int faulty;      /* of minor or worse */
    double icc;      /* correlation between two tracks of a release */
    double variance; /* of the base */
};

/* P(as many or more) at this rate; 1 for none. */
double hs_fault_count_tail(const struct hs_fault_count *c, double rate);
/* The rates at which neither as many or more nor as many or fewer is less likely than alpha:
 * its low end is above a rate exactly where the tail there is below alpha. */
struct hs_interval hs_fault_count_interval(const struct hs_fault_count *c, double alpha);

#endif
