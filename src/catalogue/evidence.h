/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A row of evidence for a rule, with two tests of its own: are there more than elsewhere, and
 * is it more than artists differ. What is counted in it is the matter of catalogue/kinds.h, what
 * is decided over all rows that of catalogue/recurrence.h.
 */
#ifndef HS_CATALOGUE_EVIDENCE_H
#define HS_CATALOGUE_EVIDENCE_H

#include "catalogue/base_rates.h"
#include "catalogue/census.h"
#include "catalogue/fault_count.h"
#include "catalogue/habit_odds.h"

/* From this share of the tracks on faults weigh as a mistake that recurs; a smaller one is a few.
 */
#define HS_WEIGHTY_SHARE .2

/* A row with its tracks by release, those without a judged one left out. */
struct hs_evidence_counts {
    size_t kind;     /* what was counted, see kinds.c */
    size_t *release; /* of the job, in the order of their years */
    int *judged;     /* by release, as the next two */
    int *faulty;
    struct hs_class_counts classes;
    int (*origins)[HS_N_ORIGINS]; /* of those at fault, by release */
    int *called_for;              /* by release of the job; NULL: of none */
    size_t n;
    bool dated, fixed_thresholds, several_artists;
    double artist_share, artists, references;
    double largest;       /* habit, as in habit_odds.h */
    double mean_severity; /* of those at fault, 0 for none */
    struct hs_base base;
    struct hs_evidence_row *row;
};

/* A song, a mix or a move that is counted. */
struct hs_counted_unit {
    size_t release;
    int level;             /* 0 none .. 4 severe */
    enum hs_origin origin; /* of the fault, where it is at one */
    double z;              /* towards the fault, one-sided */
};

/* Counts n of them into `e`, whose base and model are set, and makes its row. */
void hs_evidence_count(const struct hs_audit *audit, enum hs_evidence evidence,
                       const struct hs_counted_unit *t, size_t n, struct hs_arena *arena,
                       struct hs_evidence_counts *e);
/* The correlation within releases where releases are told apart: those of several artists differ as
 * artists do, too. */
double hs_evidence_icc_apart(const struct hs_evidence_counts *e, double icc);
/* Fills the tests of the row; icc is the correlation within releases. */
void hs_evidence_test(struct hs_evidence_counts *e, double icc);
/* The interval of the rate at a level alpha. */
struct hs_interval hs_evidence_interval(const struct hs_evidence_counts *e, double icc,
                                        double alpha);
/* Where a change is shown: the row of those releases alone that have it, two at least; else NULL.
 * That it is more than artists differ is what the change says: its odds are of a habit there and
 * none elsewhere, over all places. p_count is that of the releases times the places; `alpha_count`
 * is what a single p has to reach. */
struct hs_evidence_row *hs_evidence_stretch(const struct hs_evidence_counts *e, double icc,
                                            double alpha_count, struct hs_arena *arena);

#endif
