/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A label has several artists in one job: what recurs with each of them, and with one mastering
 * engineer or in one studio across all, beside the whole. The songs are counted as for the whole;
 * every kind of group is a family of tests of its own.
 */
#ifndef HS_CATALOGUE_GROUPS_H
#define HS_CATALOGUE_GROUPS_H

#include "catalogue/evidence.h"

/* The counts of the groups of one rule. */
struct hs_grouped {
    struct hs_evidence_counts *counts; /* in the order of the groups of the row */
};

/* Whether the tracks name several artists. */
bool hs_groups_are_there(const struct hs_audit *audit);
/* Groups with three faults or more; `songs` is the row of the whole. The counts live in `arena`. */
void hs_groups_fill(struct hs_audit *audit, const struct hs_census *c,
                    const struct hs_evidence_counts *songs, struct hs_arena *arena,
                    struct hs_recurrence *out, struct hs_grouped *grouped);
/* Tests, q and verdicts over all rows; `grouped` is in the order of audit->recurring, `icc` the
 * correlation of tracks within a release of the whole. */
void hs_groups_decide(struct hs_audit *audit, struct hs_grouped *grouped, double icc);

#endif
