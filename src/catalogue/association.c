/* SPDX-License-Identifier: Apache-2.0 */
/*
 * With whom and where a fault comes more often. A factor is mix engineer, mastering engineer,
 * studio, format, genre or label; a level is one of its values, such as one engineer.
 * 1. What was counted of a rule is put into cells by level and release (cells.h), for each kind of
 *    evidence: songs, mixes, moves of mastering and so on. Tracks of a cell are correlated, as far
 *    as all rules together tell; those of different cells are not.
 * 2. Per level: the odds that a habit belongs to its cells and not to the others, or the reverse
 *    (habit_odds.h). Asked where the level and the rest have two releases each.
 * 3. All levels of all rules by all evidence are one family of tests. Of a factor the evidence of
 *    the smallest q is kept, so that its levels are counted alike.
 * 4. A level that has nearly the same tracks as a level of another factor, or a span of years of
 *    its own, is marked: the data cannot say which of the two it is (factors.h).
 * 5. The mean distance of each level is pooled with that of the other levels (pool.h), because few
 *    tracks of an engineer say little about that engineer.
 */
#include "catalogue/association.h"

#include "catalogue/habit_likelihood.h"
#include "catalogue/pool.h"
#include "catalogue/release_icc.h"
#include "catalogue/stats_counts.h"
#include "catalogue/usual.h"
#include "core/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CLUSTERS_EACH_SIDE = 2, LEVELS_MOST = 40 };

/* A rule by one kind of evidence, and one factor. */
struct asked {
    const struct hs_clustering *by;
    const struct hs_census *c;
    const struct hs_evidence_counts *e;
    enum hs_factor f;
    double icc; /* of the tracks of a cell */
    const struct hs_counted_of *units;
    size_t n_units;
    const struct hs_cell *cells;
    size_t n;
};

/* The likelihoods of all cells; each cell takes the place of a release in the model. */
static struct hs_habit_odds *odds_of(const struct asked *a)
{
    const struct hs_evidence_counts *e = a->e;
    struct hs_class_counts counts = {hs_calloc(a->n + 1, sizeof *counts.by_release), a->n};
    struct hs_habit_model model = {.base = e->base,
                                   .artist_share = e->artist_share,
                                   .artists = e->artists,
                                   .references = e->references,
                                   .icc = a->icc,
                                   .largest = e->largest,
                                   .fixed_thresholds = e->fixed_thresholds};
    for (size_t i = 0; i < a->n; i++)
        memcpy(counts.by_release[i], a->cells[i].classes, sizeof a->cells[i].classes);
    struct hs_habit_odds *odds = hs_habit_odds_new(&model, &counts, true);
    hs_free(counts.by_release);
    return odds;
}

/* Whether the habit belongs to the cells from .. to. Where there is no difference, odds of x or
 * more come up once in x times at most, whatever the number of tracks (Markov's inequality): p is 1
 * / odds. What was simulated for whole catalogues (hs_habit_p) does not hold for two or three
 * releases a side. */
static void ask(struct hs_habit_odds *odds, size_t n, size_t from, size_t to,
                struct hs_association *out)
{
    bool *here = HS_NEW_ARRAY(bool, n + 1);
    for (size_t i = from; i < to; i++)
        here[i] = true;
    out->log_odds = hs_habit_odds_split(odds, here, &out->more);
    out->p = fmin(1, exp(-out->log_odds));
    hs_free(here);
}

/* Releases at the other levels, counted up to what is needed. */
static size_t clusters_elsewhere(const struct asked *a, size_t from, size_t to)
{
    size_t count = 0, last = SIZE_MAX;
    for (size_t i = 0; i < a->n && count < CLUSTERS_EACH_SIDE; i++)
        if ((i < from || i >= to) && a->cells[i].cluster != last) {
            count++;
            last = a->cells[i].cluster;
        }
    return count;
}

/* Why a level cannot be asked; NULL where it can. */
static const char *why_not(const struct asked *a, size_t from, size_t to)
{
    bool by_artist = hs_cells_are_artists(a->by, a->f, a->e);
    /* how much artists differ is not known well enough */
    if (by_artist && !a->e->fixed_thresholds)
        return "every artist has one of them alone: it cannot be told from the artists";
    if (to - from < CLUSTERS_EACH_SIDE)
        return by_artist ? "one artist only" : "one release only";
    if (clusters_elsewhere(a, from, to) < CLUSTERS_EACH_SIDE)
        return by_artist ? "nothing to compare with: fewer than 2 artists elsewhere"
                         : "nothing to compare with: fewer than 2 releases elsewhere";
    return NULL;
}

/* One level (say, one engineer) against all others; asked only where both have enough releases. */
static struct hs_association association_of(const struct asked *a, struct hs_habit_odds *odds,
                                            size_t from, size_t to)
{
    struct hs_association out = {.factor = hs_factor_name(a->f),
                                 .level = a->cells[from].level,
                                 .evidence = a->e->row->evidence,
                                 .releases = (int)(to - from),
                                 .p = NAN,
                                 .q = NAN,
                                 .log_odds = NAN,
                                 .pooled = NAN,
                                 .pooled_interval = {NAN, NAN}};
    for (size_t i = 0; i < a->n; i++) {
        bool here = i >= from && i < to;
        *(here ? &out.faulty : &out.faulty_else) += a->cells[i].faulty;
        *(here ? &out.judged : &out.judged_else) += a->cells[i].judged;
    }
    out.interval = hs_wilson(out.faulty, out.judged, HS_CONFIDENCE);
    out.odds_ratio = hs_odds_ratio(out.faulty, out.judged - out.faulty, out.faulty_else,
                                   out.judged_else - out.faulty_else);
    out.why = why_not(a, from, to);
    if (!out.why)
        ask(odds, a->n, from, to, &out);
    return out;
}

struct placed {
    double value;
    size_t release, track;
};

static int by_track(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    return (x->track > y->track) - (x->track < y->track);
}

/* Where the tracks at a level lie against the centre, or how far they were moved. */
static struct hs_clustered estimate_of(const struct asked *a, const char *level)
{
    struct placed *placed = hs_malloc((a->n_units + 1) * sizeof *placed);
    double *value = HS_NEW_ARRAY(double, a->n_units + 1);
    size_t *release = HS_NEW_ARRAY(size_t, a->n_units + 1), m = 0;
    const struct hs_audit *audit = a->by->audit;
    for (size_t i = 0; i < a->n_units; i++) {
        const struct hs_unit *u = a->units[i].unit;
        const char *of = hs_factor_level(audit, audit->tracks[u->track].track, a->f);
        if (of && !strcmp(of, level) && !isnan(a->units[i].distance))
            placed[m++] = (struct placed){a->units[i].distance, u->release, u->track};
    }
    if (m)
        qsort(placed, m, sizeof *placed, by_track);
    for (size_t i = 0; i < m; i++) {
        value[i] = placed[i].value;
        release[i] = placed[i].release;
    }
    struct hs_clustered e = hs_sample_mean(&(struct hs_sample){value, release, m}, a->icc);
    hs_free(placed);
    hs_free(value);
    hs_free(release);
    return e;
}

/* Pooled distance of each level of a factor, with its interval. */
static void pool_levels(const struct asked *a, struct hs_association *out, size_t n)
{
    double *value = HS_NEW_ARRAY(double, n + 1), *se = HS_NEW_ARRAY(double, n + 1);
    size_t *of = HS_NEW_ARRAY(size_t, n + 1), m = 0;
    for (size_t i = 0; i < n; i++) {
        struct hs_clustered e = estimate_of(a, out[i].level);
        if (!(e.se > 0))
            continue;
        value[m] = e.mean;
        se[m] = e.se;
        of[m++] = i;
    }
    /* levels of few songs are drawn towards the mean of all */
    hs_pool(value, se, m);
    for (size_t k = 0; k < m; k++) {
        double half = hs_student_quantile(.975, 1e6) * se[k];
        out[of[k]].pooled = value[k];
        out[of[k]].pooled_interval = (struct hs_interval){value[k] - half, value[k] + half};
    }
    hs_free(value);
    hs_free(se);
    hs_free(of);
}

/* Appends the levels of one factor that can be compared, and of few levels all. */
static void factor_fill(struct hs_audit *audit, const struct asked *a, struct hs_recurrence *out,
                        size_t *cap)
{
    size_t levels = 0, first = out->n_associations;
    for (size_t i = 0; i < a->n; i++)
        levels += !i || strcmp(a->cells[i].level, a->cells[i - 1].level);
    if (levels < 2)
        return;
    struct hs_habit_odds *odds = odds_of(a);
    for (size_t i = 0, j; i < a->n; i = j) {
        for (j = i + 1; j < a->n && !strcmp(a->cells[j].level, a->cells[i].level); j++)
            ;
        /* of many levels only those with enough releases */
        if (levels > LEVELS_MOST && j - i < CLUSTERS_EACH_SIDE)
            continue;
        struct hs_association x = association_of(a, odds, i, j);
        out->associations =
            hs_arena_grow(&audit->arena, out->associations, out->n_associations, cap, sizeof x);
        out->associations[out->n_associations++] = x;
    }
    hs_habit_odds_free(odds);
    pool_levels(a, out->associations + first, out->n_associations - first);
}

void hs_associations_fill(struct hs_audit *audit, const struct hs_clustering *by,
                          const struct hs_census *c, const struct hs_counted *counted,
                          const struct hs_alike *alike, struct hs_recurrence *out)
{
    struct hs_counted_of *units = hs_malloc((c->n_masters + 1) * sizeof *units);
    struct hs_cell *cells = hs_malloc((c->n_masters + 1) * sizeof *cells);
    struct asked a = {.by = by, .c = c, .units = units, .cells = cells};
    size_t cap = 0;
    for (a.f = 0; a.f < HS_N_FACTORS; a.f++)
        for (size_t k = 0; k < counted->n && by->differs[a.f]; k++) {
            a.e = &counted->row[k];
            if (a.e->row->faulty < HS_FAULTS_NEEDED)
                continue;
            a.n_units = hs_evidence_units(audit, c, a.e, units);
            a.n = hs_cells_take(by, a.f, a.e, units, a.n_units, cells);
            a.icc = hs_release_icc_of(c->rule, hs_alike_icc(hs_alike_of(alike, a.f, a.e)));
            a.icc = hs_evidence_icc_apart(a.e, a.icc);
            factor_fill(audit, &a, out, &cap);
        }
    hs_free(units);
    hs_free(cells);
}

/* Whether x tells the levels apart better than y: by the smaller q, else it is what speaks for the
 * rule, else the stronger kind of evidence (order of the enum). */
static bool tells_more(const struct hs_association *x, const struct hs_association *y,
                       enum hs_evidence speaks)
{
    if (isnan(x->q) != isnan(y->q))
        return isnan(y->q);
    if (x->q < y->q || x->q > y->q)
        return x->q < y->q;
    if ((x->evidence == speaks) != (y->evidence == speaks))
        return x->evidence == speaks;
    return x->evidence < y->evidence;
}

/* Keeps the best evidence of every factor, those of one factor being neighbours. */
static void keep_best(struct hs_recurrence *r)
{
    struct hs_association *x = r->associations;
    size_t kept = 0;
    for (size_t i = 0, j; i < r->n_associations; i = j) {
        size_t best = i;
        for (j = i + 1; j < r->n_associations && !strcmp(x[j].factor, x[i].factor); j++)
            best = tells_more(&x[j], &x[best], r->evidence) ? j : best;
        enum hs_evidence evidence = x[best].evidence;
        for (size_t k = i; k < j; k++)
            if (x[k].evidence == evidence)
                x[kept++] = x[k];
    }
    r->n_associations = kept;
}

static void name_aliases(const struct hs_audit *audit, struct hs_aliases *aliases,
                         struct hs_recurrence *r)
{
    for (size_t i = 0; i < r->n_associations; i++) {
        struct hs_association *x = &r->associations[i];
        for (enum hs_factor f = 0; f < HS_N_FACTORS; f++)
            if (!strcmp(hs_factor_name(f), x->factor))
                x->aliased_with = hs_factor_alias(aliases, audit, f, x->level);
    }
}

void hs_associations_decide(struct hs_audit *audit, struct hs_aliases *aliases)
{
    size_t m = 0, at = 0;
    for (size_t i = 0; i < audit->n_recurring; i++)
        m += audit->recurring[i].n_associations;
    double *p = HS_NEW_ARRAY(double, m + 1), *q = HS_NEW_ARRAY(double, m + 1);
    for (size_t i = 0; i < audit->n_recurring; i++)
        for (size_t k = 0; k < audit->recurring[i].n_associations; k++)
            p[at++] = audit->recurring[i].associations[k].p;
    hs_benjamini_hochberg(p, m, q);
    at = 0;
    for (size_t i = 0; i < audit->n_recurring; i++) {
        for (size_t k = 0; k < audit->recurring[i].n_associations; k++) {
            struct hs_association *a = &audit->recurring[i].associations[k];
            a->q = q[at++];
            if (!isnan(a->q) && !(a->q < HS_FALSE_DISCOVERIES))
                a->why = "cannot be told apart";
        }
        keep_best(&audit->recurring[i]);
        name_aliases(audit, aliases, &audit->recurring[i]);
    }
    hs_free(p);
    hs_free(q);
}
