/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was counted of a rule, in the order of time: units with a year, release by release. Lives in
 * the arena that is given.
 */
#ifndef HS_CATALOGUE_TREND_SERIES_H
#define HS_CATALOGUE_TREND_SERIES_H

#include "catalogue/evidence_counts.h"

struct hs_dated { /* what was counted, with its year */
    size_t release, track;
    int level;
    double year, value; /* value NaN where not known */
};

struct hs_series {
    struct hs_dated *units; /* release by release */
    size_t n;
    size_t *start; /* of each dated release, and the end */
    size_t n_releases;
    double *date, *median; /* by release; median NaN without values */
    int *faulty, *judged;
};

/* The units of one kind of evidence that have a year. `habit` says whose year it is: that of the
 * mix, of the mastering, or of the release. */
void hs_series_make(const struct hs_audit *audit, const struct hs_census *c,
                    const struct hs_evidence_counts *row, enum hs_habit habit,
                    struct hs_arena *scratch, struct hs_series *s);
bool hs_series_of_one_date(const struct hs_series *s);

#endif
