/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What recurs with one artist of a label, with one mastering engineer or in one studio, beside the
 * whole. Each kind of evidence of the whole is
 * counted for each group; every kind of group is a family of tests of its own. Of a rule one kind
 * of evidence is kept, so that artists, engineers and studios are counted alike: by songs alone an
 * artist would be blamed for what one of the engineers did.
 */
#ifndef HS_CATALOGUE_GROUPS_H
#define HS_CATALOGUE_GROUPS_H

#include "catalogue/factors.h"
#include "catalogue/recurrence.h"

/* The groups of one rule, by each kind of evidence. */
struct hs_grouped {
    struct hs_group *group;
    struct hs_evidence_counts *counts; /* of each */
    size_t n;
    size_t asked[HS_N_GROUPINGS]; /* groups of enough tracks, with those of too few faults */
};

/* Whether the tracks name several artists, mastering engineers or studios. */
bool hs_groups_are_there(const struct hs_audit *audit);
/* Groups with three faults or more. They live in `arena`. */
void hs_groups_fill(const struct hs_audit *audit, const struct hs_census *c,
                    const struct hs_counted *counted, struct hs_arena *arena,
                    struct hs_grouped *grouped);
/* Tests, q and verdicts over all rows, and the groups that are kept, in the audit's arena.
 * `grouped` is in the order of audit->recurring, `icc` the correlation of tracks within a release
 * of the whole. */
void hs_groups_decide(struct hs_audit *audit, struct hs_grouped *grouped, double icc,
                      struct hs_aliases *aliases);

#endif
