/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is counted for a rule, by kind of evidence: the songs of the catalogue, or what
 * mastering did to them. Each kind is a row with two tests of its own: are there more than
 * elsewhere, and is it more than artists differ. What is decided over all rows is decided by
 * catalogue/recurrence.h.
 */
#ifndef HS_CATALOGUE_EVIDENCE_H
#define HS_CATALOGUE_EVIDENCE_H

#include "catalogue/base_rates.h"
#include "catalogue/census.h"
#include "catalogue/fault_count.h"
#include "catalogue/habit_odds.h"

/* A row with its tracks by release, those without a judged one left out. */
struct hs_evidence_counts {
    size_t *release; /* of the job, in the order of their years */
    int *judged;     /* by release, as the next two */
    int *faulty;
    struct hs_class_counts classes;
    size_t n;
    bool dated, fixed_thresholds;
    double artist_share, artists, references;
    struct hs_base base;
    struct hs_evidence_row *row;
};

/* The songs, or for defects that need no other music to be one: physics. */
struct hs_evidence_counts hs_evidence_of_songs(const struct hs_audit *audit,
                                               const struct hs_census *c,
                                               const struct hs_base_rate *base,
                                               struct hs_arena *arena);
/* The pairs; false where the rule has no distribution of moves or no pair was lined up. */
bool hs_evidence_of_moves(const struct hs_audit *audit, const struct hs_census *c,
                          struct hs_arena *arena, struct hs_evidence_counts *out);
/* Fills the tests of the row; icc is the correlation within releases. */
void hs_evidence_test(struct hs_evidence_counts *e, double icc);
/* The interval of the rate at a level alpha. */
struct hs_interval hs_evidence_interval(const struct hs_evidence_counts *e, double icc,
                                        double alpha);

#endif
