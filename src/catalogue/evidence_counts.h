/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is counted of a rule by one kind of evidence, release by release. Counts live in the arena
 * that is given.
 */
#ifndef HS_CATALOGUE_EVIDENCE_COUNTS_H
#define HS_CATALOGUE_EVIDENCE_COUNTS_H

#include "catalogue/base_rates.h"
#include "catalogue/census.h"
#include "catalogue/fault_count.h"
#include "catalogue/habit_odds.h"

/* A row with its tracks by release, those without a judged one left out. */
struct hs_evidence_counts {
    size_t kind;     /* what was counted, see kinds.c */
    size_t *release; /* of the job, in the order of their years */
    int *judged;     /* by release, as the next two */
    int *faulty;
    struct hs_class_counts classes;
    int (*origins)[HS_N_ORIGINS]; /* of those at fault, by release, as the next */
    int *part_of_others;
    int *called_for; /* by release of the job; NULL: of none */
    size_t n;
    bool dated, fixed_thresholds, several_artists;
    double artist_share, artists, references;
    double largest;       /* habit, as in habit_odds.h */
    double mean_severity; /* of those at fault, 0 for none */
    double alpha;         /* of groups: the level that the interval is of */
    struct hs_base base;
    struct hs_evidence_row *row;
};

/* A song, a mix or a move that is counted. */
struct hs_counted_unit {
    size_t release;
    int level;             /* 0 none .. 4 severe */
    enum hs_origin origin; /* of the fault, where it is at one */
    double z;              /* towards the fault, one-sided */
    bool part_of_another;  /* another fault of one cause leads on the track */
};

/* Counts n of them into `e`, whose base and model are set, and makes its row. */
void hs_evidence_count(const struct hs_audit *audit, enum hs_evidence evidence,
                       const struct hs_counted_unit *t, size_t n, struct hs_arena *arena,
                       struct hs_evidence_counts *e);
/* The row with its sums over the releases of `e`; rates and chances come later. */
void hs_evidence_make_row(struct hs_evidence_counts *e, enum hs_evidence evidence,
                          struct hs_arena *arena);

#endif
