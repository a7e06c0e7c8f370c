/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Units are counted by release, in the order of the years: judged, faulty (`minor` and more), and
 * by class.
 */
#include "catalogue/evidence_counts.h"

#include "catalogue/habit_likelihood.h"
#include "core/alloc.h"

#include <math.h>
#include <stdlib.h>

static int release_year(const struct hs_audit *audit, size_t release)
{
    return audit->job->releases[release].year;
}

struct dated {
    int year;
    size_t release;
};

static int by_year(const void *a, const void *b)
{
    const struct dated *x = a, *y = b;
    if (x->year != y->year)
        return x->year < y->year ? -1 : 1;
    return (x->release > y->release) - (x->release < y->release);
}

/* The releases in the order of their years; those of one year as the job has them. */
static size_t *dated_order(const struct hs_audit *audit, struct hs_arena *arena)
{
    size_t n = audit->job->n_releases, *order = HS_ARENA_ARRAY(arena, size_t, n + 1);
    struct dated *dated = HS_NEW_ARRAY(struct dated, n + 1);
    bool sorted = true;
    for (size_t i = 0; i < n; i++) {
        dated[i] = (struct dated){release_year(audit, i), i};
        sorted = sorted && (!i || dated[i - 1].year <= dated[i].year);
    }
    if (!sorted)
        qsort(dated, n, sizeof *dated, by_year);
    for (size_t i = 0; i < n; i++)
        order[i] = dated[i].release;
    hs_free(dated);
    return order;
}

/* Tracks judged and at fault, release by release in the order of their dates, and in classes of
 * how far off. */
static void count_by_release(const struct hs_audit *audit, const struct hs_counted_unit *t,
                             size_t n, struct hs_arena *arena, struct hs_evidence_counts *e)
{
    size_t n_releases = audit->job->n_releases, *order = dated_order(audit, arena);
    size_t *place = HS_ARENA_ARRAY(arena, size_t, n_releases + 1);
    int *judged = HS_ARENA_ARRAY(arena, int, n_releases + 1);
    for (size_t i = 0; i < n; i++)
        judged[t[i].release]++;
    e->release = HS_ARENA_ARRAY(arena, size_t, n_releases + 1);
    e->dated = true;
    /* releases with songs that were judged, oldest first */
    for (size_t i = 0; i < n_releases; i++) {
        if (!judged[order[i]])
            continue;
        e->dated = e->dated && release_year(audit, order[i]) > 0;
        place[order[i]] = e->n;
        e->release[e->n++] = order[i];
    }
    e->judged = HS_ARENA_ARRAY(arena, int, e->n + 1);
    e->faulty = HS_ARENA_ARRAY(arena, int, e->n + 1);
    e->classes.by_release = hs_arena_alloc(arena, (e->n + 1) * sizeof *e->classes.by_release);
    e->origins = hs_arena_alloc(arena, (e->n + 1) * sizeof *e->origins);
    e->part_of_others = HS_ARENA_ARRAY(arena, int, e->n + 1);
    e->classes.n = e->n;
    for (size_t i = 0; i < n; i++) {
        size_t j = place[t[i].release];
        e->judged[j]++;
        e->faulty[j] += t[i].level >= HS_MINOR;
        e->classes.by_release[j][hs_track_class(t[i].z, t[i].level, e->fixed_thresholds)]++;
        e->origins[j][t[i].origin] += t[i].level >= HS_MINOR;
        e->part_of_others[j] += t[i].level >= HS_MINOR && t[i].part_of_another;
    }
}

void hs_evidence_make_row(struct hs_evidence_counts *e, enum hs_evidence evidence,
                          struct hs_arena *arena)
{
    struct hs_evidence_row *row = e->row = HS_ARENA_ARRAY(arena, struct hs_evidence_row, 1);
    *row = (struct hs_evidence_row){
        .evidence = evidence,
        .base_rate = e->base.rate[1],
        .own_references = e->references > 0,
        .rate = NAN,
        .interval = {NAN, NAN},
        .p_count = NAN,
        .q_count = NAN,
        .p_release = NAN,
        .q_release = NAN,
        .log_odds = NAN,
        .p_habit = NAN,
        .q = NAN,
        .since = {.at = SIZE_MAX, .not_before = SIZE_MAX, .p = NAN, .q = NAN, .log_odds = NAN}};
    /* sums over releases */
    for (size_t j = 0; j < e->n; j++) {
        row->judged += e->judged[j];
        row->faulty += e->faulty[j];
        row->part_of_others += e->part_of_others[j];
        row->releases += e->faulty[j] > 0;
        row->releases_judged++;
        for (int o = 0; o < HS_N_ORIGINS; o++)
            row->origins[o] += e->origins[j][o];
    }
    if (row->judged)
        row->rate = (double)row->faulty / row->judged;
}

void hs_evidence_count(const struct hs_audit *audit, enum hs_evidence evidence,
                       const struct hs_counted_unit *t, size_t n, struct hs_arena *arena,
                       struct hs_evidence_counts *e)
{
    count_by_release(audit, t, n, arena, e);
    hs_evidence_make_row(e, evidence, arena);
    for (size_t i = 0; i < n; i++)
        if (t[i].level >= HS_MINOR)
            e->mean_severity += (double)t[i].level / e->row->faulty;
}
