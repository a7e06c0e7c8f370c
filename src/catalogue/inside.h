/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the parts of this folder share: songs, the units that are counted, base rates.
 * Everything lives in the audit's arena or in a `scratch` one of the analysis.
 */
#ifndef HS_CATALOGUE_INSIDE_H
#define HS_CATALOGUE_INSIDE_H

#include "catalogue/base_rates.h"
#include "catalogue/stats.h"
#include "model/audit.h"

#include <stdbool.h>
#include <stddef.h>

enum { HS_SEED = 20011 };      /* of everything random here */
enum { HS_FAULTS_NEEDED = 3 }; /* below this nothing is called recurring or a trend */
enum { HS_TRACKS_NEEDED = 5 }; /* below this many judged: too few to read anything */
#define HS_CONFIDENCE 0.95
#define HS_FALSE_DISCOVERIES 0.10 /* share allowed among what is called recurring */

/* Which tracks are the same song, and which are the very same master again. */
struct hs_songs {
    size_t *song; /* by track: a number from 0, in the order of first appearance */
    size_t n;
    bool *repeat;  /* by track: the same bytes as an earlier track */
    size_t *order; /* all tracks, song by song */
};
void hs_songs_find(const struct hs_audit *audit, struct hs_arena *scratch, struct hs_songs *out);

/* One thing that is counted for a rule: a song, or a master that mastering spoilt. */
struct hs_unit {
    size_t track, release;
    bool faulty;
    enum hs_origin origin;                /* of the fault */
    const struct hs_finding *finding;     /* NULL unless faulty */
    const struct hs_judgement *judgement; /* NULL where none was kept */
};

/* A rule over the whole catalogue. */
struct hs_census {
    const char *rule, *unit;
    struct hs_unit *units; /* in the order of the tracks */
    size_t n;
    int faulty, by_pair_only;
    int side;     /* of the rule, 0 unknown or a ladder */
    bool by_pair; /* counts what mastering moved although the master is inside the range
                   */
};
void hs_census_take(const struct hs_audit *audit, const struct hs_songs *songs, const char *rule,
                    bool by_pair, struct hs_arena *scratch, struct hs_census *out);

/* Year that belongs to the stage at which the fault of this rule is made; 0 unknown. */
int hs_unit_year(const struct hs_audit *audit, const struct hs_unit *unit, enum hs_habit habit);

/* How the faults of one rule spread over releases: parts of the analysis of variance.
 */
struct hs_dispersion {
    double numerator, denominator; /* of the intra-class correlation */
    double size;                   /* mean number of tracks on the release of a track */
    struct hs_base_rate base;
};

/* Each fills its part of a row; p values are corrected later, over all rows. */
void hs_recurrence_fill(const struct hs_audit *audit, const struct hs_census *c,
                        const struct hs_base_rate *base, struct hs_recurrence *out,
                        struct hs_dispersion *dispersion);
void hs_shift_fill(const struct hs_audit *audit, const struct hs_census *c,
                   struct hs_recurrence *out);
void hs_trend_fill(const struct hs_audit *audit, const struct hs_census *c,
                   struct hs_recurrence *out);
void hs_associations_fill(struct hs_audit *audit, const struct hs_census *c,
                          struct hs_recurrence *out);
void hs_lessons_fill(struct hs_audit *audit, const struct hs_census *c, struct hs_recurrence *out);

/* Over all rows: what is recurring, readings, directions, words, order. `dispersion` is
 * by row, in the order of the rows before. */
void hs_recurrence_decide(struct hs_audit *audit, const struct hs_dispersion *dispersion);

/* The short list, once recurrence is known. */
void hs_shortlist_make(struct hs_audit *audit);
void hs_corrections_plan(struct hs_audit *audit, struct hs_shortlist_row *row);
/* What would be corrected, also of a track that is left alone: in the mix and then in
 * mastering when it is mixed again, else all of it on the master. */
size_t hs_corrections_steps(const struct hs_track_result *t, bool remix, struct hs_arena *a,
                            struct hs_plan_step **out);
/* `planned` of shelves and bells with all of them done, not each alone. */
void hs_combined_eq(const struct hs_track_result *t, struct hs_plan_step *steps, size_t n);
void hs_budget_choose(struct hs_shortlist_row *rows, size_t n, double budget_hours);
void hs_releases_make(struct hs_audit *audit);

const struct hs_judgement *hs_judgement_of(const struct hs_track_result *t, const char *rule);

#endif
