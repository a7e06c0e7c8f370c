/* SPDX-License-Identifier: Apache-2.0 */
/*
 * With whom and where a fault comes more often. A factor is mix engineer, mastering engineer,
 * studio, format, genre or label; a level is one of its values, such as one engineer.
 * 1. The judged songs of a rule are counted by level and release: a cell. Tracks of a cell are
 *    correlated (hs_release_icc_apart), those of different cells are not.
 * 2. Per level: the odds that a habit belongs to its cells and not to the others, or the reverse
 *    (habit_odds.h). Asked where the level and the rest have two releases each.
 * 3. A level that has nearly the same tracks as a level of another factor (phi 0.9), or that fills
 * a span of years alone, is marked: the data cannot say which of the two it is.
 * 4. The mean distance from the centre of each level is pooled with that of the other levels
 *    (pool.h), because few tracks of an engineer say little about that engineer.
 * The q values are corrected later, over all rules (recurrence.c).
 */
#include "catalogue/association.h"

#include "catalogue/census.h"
#include "catalogue/habit_likelihood.h"
#include "catalogue/kinds.h"
#include "catalogue/pool.h"
#include "catalogue/release_icc.h"
#include "catalogue/stats_counts.h"
#include "catalogue/usual.h"
#include "core/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { RELEASES_EACH_SIDE = 2, LEVELS_MOST = 40 };
#define ALIAS_PHI 0.9 /* correlation of two yes/no factors above which they are one */

typedef const char *factor_fn(const struct hs_audit *audit, const struct hs_track *t);

static const char *mixed_by(const struct hs_audit *audit, const struct hs_track *t)
{
    (void)audit;
    return t->mixed_by;
}

static const char *mastered_by(const struct hs_audit *audit, const struct hs_track *t)
{
    (void)audit;
    return t->mastered_by;
}

static const char *studio(const struct hs_audit *audit, const struct hs_track *t)
{
    return t->studio ? t->studio : audit->job->releases[t->release].studio;
}

static const char *format(const struct hs_audit *audit, const struct hs_track *t)
{
    return t->format ? t->format : audit->job->releases[t->release].format;
}

static const char *genre(const struct hs_audit *audit, const struct hs_track *t)
{
    (void)audit;
    return t->genre;
}

static const char *label(const struct hs_audit *audit, const struct hs_track *t)
{
    return t->label ? t->label : audit->job->releases[t->release].label;
}

static const struct {
    const char *name;
    factor_fn *of;
} factors[] = {{"mixed_by", mixed_by}, {"mastered_by", mastered_by},
               {"studio", studio},     {"format", format},
               {"genre", genre},       {"label", label}};
enum { N_FACTORS = sizeof factors / sizeof *factors };

/* The tracks of one release at one level of a factor. */
struct cell {
    const char *level;
    size_t release;
    int faulty, judged;
    int classes[HS_CLASSES];
};

/* A rule and what its songs are held against. */
struct asked {
    const struct hs_census *c;
    const struct hs_evidence_counts *songs;
    double icc; /* of the tracks of a cell */
};

static int by_level(const void *a, const void *b)
{
    const struct cell *x = a, *y = b;
    int order = strcmp(x->level, y->level);
    return order ? order : (x->release > y->release) - (x->release < y->release);
}

/* All cells of a factor, level by level. */
static size_t cells_of(const struct hs_audit *audit, const struct asked *asked, factor_fn *of,
                       struct cell *cells)
{
    const struct hs_census *c = asked->c;
    size_t n = 0, m = 0;
    for (size_t i = 0; i < c->n; i++) {
        const struct hs_unit *u = &c->units[i];
        const char *level = of(audit, audit->tracks[u->track].track);
        if (!level || !*level)
            continue;
        struct hs_counted_unit song = hs_counted_song(c, i);
        cells[n] = (struct cell){level, u->release, u->faulty, 1, {0}};
        cells[n++].classes[hs_track_class(song.z, song.level, asked->songs->fixed_thresholds)] = 1;
    }
    /* one cell for each level and release */
    if (n)
        qsort(cells, n, sizeof *cells, by_level);
    for (size_t i = 0; i < n; i++) {
        if (m && !by_level(&cells[m - 1], &cells[i])) {
            cells[m - 1].faulty += cells[i].faulty;
            cells[m - 1].judged++;
            for (size_t k = 0; k < HS_CLASSES; k++)
                cells[m - 1].classes[k] += cells[i].classes[k];
        } else {
            cells[m++] = cells[i];
        }
    }
    return m;
}

/* The likelihoods of all cells; each cell takes the place of a release in the model. */
static struct hs_habit_odds *odds_of(const struct asked *asked, const struct cell *cells, size_t n)
{
    const struct hs_evidence_counts *e = asked->songs;
    struct hs_class_counts counts = {hs_calloc(n + 1, sizeof *counts.by_release), n};
    struct hs_habit_model model = {.base = e->base,
                                   .artist_share = e->artist_share,
                                   .artists = e->artists,
                                   .references = e->references,
                                   .icc = asked->icc,
                                   .fixed_thresholds = e->fixed_thresholds};
    for (size_t i = 0; i < n; i++)
        memcpy(counts.by_release[i], cells[i].classes, sizeof cells[i].classes);
    struct hs_habit_odds *odds = hs_habit_odds_new(&model, &counts, true);
    hs_free(counts.by_release);
    return odds;
}

/* Whether the habit belongs to the cells from .. to. */
static void ask(struct hs_habit_odds *odds, size_t n, size_t from, size_t to,
                struct hs_association *out)
{
    bool *here = HS_NEW_ARRAY(bool, n + 1);
    for (size_t i = from; i < to; i++)
        here[i] = true;
    out->log_odds = hs_habit_odds_split(odds, here, &out->more);
    out->p = hs_habit_p(out->log_odds);
    hs_free(here);
}

static size_t releases_elsewhere(const struct cell *cells, size_t n, size_t from, size_t to)
{
    size_t count = 0, last = SIZE_MAX;
    for (size_t i = 0; i < n && count < RELEASES_EACH_SIDE; i++)
        if ((i < from || i >= to) && cells[i].release != last) {
            count++;
            last = cells[i].release;
        }
    return count;
}

/* One level (say, one engineer) against all others; asked only where both have enough releases. */
static void association_fill(struct hs_habit_odds *odds, const struct cell *cells, size_t n,
                             size_t from, size_t to, struct hs_association *out)
{
    for (size_t i = 0; i < n; i++) {
        bool here = i >= from && i < to;
        *(here ? &out->faulty : &out->faulty_else) += cells[i].faulty;
        *(here ? &out->judged : &out->judged_else) += cells[i].judged;
    }
    out->level = cells[from].level;
    out->releases = (int)(to - from);
    out->interval = hs_wilson(out->faulty, out->judged, HS_CONFIDENCE);
    out->odds_ratio = hs_odds_ratio(out->faulty, out->judged - out->faulty, out->faulty_else,
                                    out->judged_else - out->faulty_else);
    out->p = out->q = out->log_odds = out->pooled = NAN;
    out->pooled_interval = (struct hs_interval){NAN, NAN};
    if (out->releases < RELEASES_EACH_SIDE)
        out->why = "one release only";
    else if (releases_elsewhere(cells, n, from, to) < RELEASES_EACH_SIDE)
        out->why = "nothing to compare with: fewer than 2 releases elsewhere";
    else
        ask(odds, n, from, to, out);
}

/* Tracks at both levels of two factors, at the one, at the other, and all. */
struct overlap {
    double both, here, there, all;
};

static double phi(const struct overlap *o)
{
    double spread = o->here * (o->all - o->here) * o->there * (o->all - o->there);
    return spread > 0 ? fabs(o->both * o->all - o->here * o->there) / sqrt(spread) : 0;
}

static bool same(const char *a, const char *b)
{
    return a && b && !strcmp(a, b);
}

/* Correlation (phi) of "has `level` of factor f" and "has `other` of factor g" over the tracks that
 * have both factors. */
static double overlap_phi(const struct hs_audit *audit, const struct hs_census *c, size_t f,
                          const char *level, size_t g, const char *other)
{
    struct overlap o = {0};
    for (size_t i = 0; i < c->n; i++) {
        const struct hs_track *t = audit->tracks[c->units[i].track].track;
        const char *a = factors[f].of(audit, t), *b = factors[g].of(audit, t);
        if (!a || !b)
            continue;
        o.all++;
        o.here += same(a, level);
        o.there += same(b, other);
        o.both += same(a, level) && same(b, other);
    }
    return phi(&o);
}

/* Whether this level has nearly the same tracks as one level of factor `g`: the one that the first
 * track at this level has. */
static bool goes_with(const struct hs_audit *audit, const struct hs_census *c, size_t f,
                      const char *level, size_t g)
{
    for (size_t i = 0; i < c->n; i++) {
        const struct hs_track *t = audit->tracks[c->units[i].track].track;
        const char *other = factors[g].of(audit, t);
        if (same(factors[f].of(audit, t), level) && other)
            return overlap_phi(audit, c, f, level, g, other) >= ALIAS_PHI;
    }
    return false;
}

/* Whether the level holds all of a stretch of years and nothing of the rest. */
static bool is_an_era(const struct hs_audit *audit, const struct hs_census *c, size_t f,
                      const char *level)
{
    int least[2] = {9999, 9999}, most[2] = {0, 0};
    for (size_t i = 0; i < c->n; i++) {
        const struct hs_track *t = audit->tracks[c->units[i].track].track;
        const char *a = factors[f].of(audit, t);
        int year = hs_unit_year(audit, &c->units[i], HS_HABIT_UNKNOWN);
        if (!a || year <= 0)
            continue;
        bool here = same(a, level);
        least[here] = year < least[here] ? year : least[here];
        most[here] = year > most[here] ? year : most[here];
    }
    return most[0] && most[1] && (most[0] < least[1] || most[1] < least[0]);
}

static const char *alias_of(const struct hs_audit *audit, const struct hs_census *c, size_t f,
                            const char *level)
{
    for (size_t g = 0; g < N_FACTORS; g++)
        if (g != f && goes_with(audit, c, f, level, g))
            return factors[g].name;
    return is_an_era(audit, c, f, level) ? "year" : NULL;
}

static int by_track(const void *a, const void *b)
{
    const struct hs_unit *x = *(const struct hs_unit *const *)a;
    const struct hs_unit *y = *(const struct hs_unit *const *)b;
    return (x->track > y->track) - (x->track < y->track);
}

/* Where the tracks at a level lie against the centre. */
static struct hs_clustered estimate_of(const struct hs_audit *audit, const struct hs_unit **units,
                                       size_t n, size_t f, const char *level, double icc)
{
    double *value = HS_NEW_ARRAY(double, n + 1);
    size_t *release = HS_NEW_ARRAY(size_t, n + 1), m = 0;
    for (size_t i = 0; i < n; i++) {
        const struct hs_judgement *j = units[i]->judgement;
        if (!j || !same(factors[f].of(audit, audit->tracks[units[i]->track].track), level))
            continue;
        value[m] = j->value - (double)j->centre;
        release[m++] = units[i]->release;
    }
    struct hs_clustered e = hs_sample_mean(&(struct hs_sample){value, release, m}, icc);
    hs_free(value);
    hs_free(release);
    return e;
}

/* Pooled distance from the centre of each level of a factor, with its interval. */
static void pool_levels(const struct hs_audit *audit, const struct asked *asked, size_t f,
                        struct hs_association *a, size_t n)
{
    const struct hs_unit **units = hs_malloc((asked->c->n + 1) * sizeof(const struct hs_unit *));
    double *value = HS_NEW_ARRAY(double, n + 1), *se = HS_NEW_ARRAY(double, n + 1);
    size_t *of = HS_NEW_ARRAY(size_t, n + 1), m = 0;
    for (size_t i = 0; i < asked->c->n; i++)
        units[i] = &asked->c->units[i];
    if (asked->c->n)
        qsort(units, asked->c->n, sizeof *units, by_track);
    for (size_t i = 0; i < n; i++) {
        struct hs_clustered e = estimate_of(audit, units, asked->c->n, f, a[i].level, asked->icc);
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
        a[of[k]].pooled = value[k];
        a[of[k]].pooled_interval = (struct hs_interval){value[k] - half, value[k] + half};
    }
    hs_free(units);
    hs_free(value);
    hs_free(se);
    hs_free(of);
}

/* Appends the levels of one factor that can be compared, and of few levels all. */
static void factor_fill(struct hs_audit *audit, const struct asked *asked, size_t f,
                        struct cell *cells, struct hs_recurrence *out, size_t *cap)
{
    size_t n = cells_of(audit, asked, factors[f].of, cells), levels = 0;
    size_t first = out->n_associations;
    for (size_t i = 0; i < n; i++)
        levels += !i || strcmp(cells[i].level, cells[i - 1].level);
    if (levels < 2)
        return;
    struct hs_habit_odds *odds = odds_of(asked, cells, n);
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && !strcmp(cells[j].level, cells[i].level); j++)
            ;
        /* of many levels only those with enough releases */
        if (levels > LEVELS_MOST && j - i < RELEASES_EACH_SIDE)
            continue;
        struct hs_association a = {.factor = factors[f].name};
        association_fill(odds, cells, n, i, j, &a);
        a.aliased_with = alias_of(audit, asked->c, f, a.level);
        out->associations =
            hs_arena_grow(&audit->arena, out->associations, out->n_associations, cap, sizeof a);
        out->associations[out->n_associations++] = a;
    }
    hs_habit_odds_free(odds);
    pool_levels(audit, asked, f, out->associations + first, out->n_associations - first);
}

bool hs_associations_are_there(const struct hs_audit *audit)
{
    const struct hs_track *t = audit->job->tracks;
    for (size_t f = 0; f < N_FACTORS; f++) {
        const char *first = NULL;
        for (size_t i = 0; i < audit->job->n_tracks; i++) {
            const char *level = factors[f].of(audit, &t[i]);
            if (level && *level && first && strcmp(level, first) != 0)
                return true;
            first = first || !level || !*level ? first : level;
        }
    }
    return false;
}

/* Nothing where a fault is too rare to be split. */
void hs_associations_fill(struct hs_audit *audit, const struct hs_census *c,
                          const struct hs_evidence_counts *songs, double icc,
                          struct hs_recurrence *out)
{
    if (c->faulty < HS_FAULTS_NEEDED)
        return;
    struct asked asked = {c, songs, hs_release_icc_of(c->rule, icc)};
    struct cell *cells = HS_NEW_ARRAY(struct cell, c->n + 1);
    size_t cap = 0;
    for (size_t f = 0; f < N_FACTORS; f++)
        factor_fill(audit, &asked, f, cells, out, &cap);
    hs_free(cells);
}
