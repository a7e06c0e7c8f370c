/* SPDX-License-Identifier: Apache-2.0 */
/*
 * With whom and where a fault comes more often. A release (or the part of it that one
 * person did) is the unit that changes places in the test; a level needs two releases
 * and two elsewhere. Where two factors go together the data cannot say which of them it
 * is.
 */
#include "catalogue/association.h"

#include "catalogue/census.h"
#include "catalogue/stats_counts.h"
#include "catalogue/stats_resample.h"
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
};

static int by_level(const void *a, const void *b)
{
    const struct cell *x = a, *y = b;
    int order = strcmp(x->level, y->level);
    return order ? order : (x->release > y->release) - (x->release < y->release);
}

/* All cells of a factor, level by level. */
static size_t cells_of(const struct hs_audit *audit, const struct hs_census *c, factor_fn *of,
                       struct cell *cells)
{
    size_t n = 0, m = 0;
    for (size_t i = 0; i < c->n; i++) {
        const struct hs_unit *u = &c->units[i];
        const char *level = of(audit, audit->tracks[u->track].track);
        if (level && *level)
            cells[n++] = (struct cell){level, u->release, u->faulty, 1};
    }
    if (n)
        qsort(cells, n, sizeof *cells, by_level);
    for (size_t i = 0; i < n; i++) {
        if (m && !by_level(&cells[m - 1], &cells[i])) {
            cells[m - 1].faulty += cells[i].faulty;
            cells[m - 1].judged++;
        } else {
            cells[m++] = cells[i];
        }
    }
    return m;
}

static double permuted_p(const struct cell *cells, size_t n, size_t from, size_t to)
{
    double *here = HS_NEW_ARRAY(double, n), *excess = HS_NEW_ARRAY(double, n);
    double faulty = 0, judged = 0;
    for (size_t i = 0; i < n; i++) {
        faulty += cells[i].faulty;
        judged += cells[i].judged;
    }
    for (size_t i = 0; i < n; i++) {
        here[i] = i >= from && i < to;
        excess[i] = cells[i].faulty - cells[i].judged * faulty / judged;
    }
    double p = hs_permute_linear(here, excess, n, HS_SEED);
    hs_free(here);
    hs_free(excess);
    return p;
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

static void association_fill(const struct cell *cells, size_t n, size_t from, size_t to,
                             struct hs_association *out)
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
    out->p = out->q = NAN;
    if (out->releases < RELEASES_EACH_SIDE)
        out->why = "one release only";
    else if (releases_elsewhere(cells, n, from, to) < RELEASES_EACH_SIDE)
        out->why = "nothing to compare with: fewer than 2 releases elsewhere";
    else
        out->p = permuted_p(cells, n, from, to);
}

/* How the tracks at a level divide over another factor's level. */
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

/* The other factor's level that the first track at this level has is the candidate. */
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

/* Appends the levels of one factor that can be compared, and of few levels all. */
static void factor_fill(struct hs_audit *audit, const struct hs_census *c, size_t f,
                        struct cell *cells, struct hs_recurrence *out, size_t *cap)
{
    size_t n = cells_of(audit, c, factors[f].of, cells), levels = 0;
    for (size_t i = 0; i < n; i++)
        levels += !i || strcmp(cells[i].level, cells[i - 1].level);
    if (levels < 2)
        return;
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && !strcmp(cells[j].level, cells[i].level); j++)
            ;
        if (levels > LEVELS_MOST && j - i < RELEASES_EACH_SIDE)
            continue;
        struct hs_association a = {.factor = factors[f].name};
        association_fill(cells, n, i, j, &a);
        a.aliased_with = alias_of(audit, c, f, a.level);
        out->associations =
            hs_arena_grow(&audit->arena, out->associations, out->n_associations, cap, sizeof a);
        out->associations[out->n_associations++] = a;
    }
}

void hs_associations_fill(struct hs_audit *audit, const struct hs_census *c,
                          struct hs_recurrence *out)
{
    if (c->faulty < HS_FAULTS_NEEDED)
        return;
    struct cell *cells = HS_NEW_ARRAY(struct cell, c->n + 1);
    size_t cap = 0;
    for (size_t f = 0; f < N_FACTORS; f++)
        factor_fill(audit, c, f, cells, out, &cap);
    hs_free(cells);
}
