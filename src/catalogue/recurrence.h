/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is said of every rule over the whole catalogue. Rows are filled one by one; p values are
 * corrected over all of them at the end. What is said lives in the audit's arena, counts in that
 * given. Same input, same bits; nothing fails.
 */
#ifndef HS_CATALOGUE_RECURRENCE_H
#define HS_CATALOGUE_RECURRENCE_H

#include "catalogue/base_rates.h"
#include "catalogue/census.h"
#include "catalogue/evidence.h"
#include "catalogue/shift.h"

/* What was counted for one rule. */
struct hs_counted {
    struct hs_evidence_counts row[HS_N_EVIDENCES];
    size_t n;
    struct hs_correlation hangs_together; /* tracks of a release, in this rule */
};

/* The counts of one rule; they live in `arena`. */
void hs_recurrence_fill(struct hs_audit *audit, const struct hs_census *c,
                        const struct hs_base_rate *base, struct hs_arena *arena,
                        struct hs_recurrence *out, struct hs_counted *counted);
/* Over all rows: verdicts, intervals, words. `counted` is by row, in the
 * order of the rows before; `icc` is the correlation of tracks within a release. */
void hs_recurrence_decide(struct hs_audit *audit, struct hs_counted *counted, double icc);
/* What recurs with an engineer, in a studio or with an artist leans, as a whole. */
void hs_recurrence_of_groups(struct hs_audit *audit);
/* By importance; nothing that is by row holds afterwards. */
void hs_recurrence_sort(struct hs_audit *audit);

#endif
