/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Per rule and kind of evidence, take the artists, mastering engineers and studios of what was
 *    counted. A group needs enough faults and tracks, and must not be the whole; of very many those
 *    with the most faults.
 *    What is in the mixes is not asked of who mastered them, and what mastering moved is not asked
 *    of artists where it is known who mastered.
 * 2. Count the units of the group as those of the whole, against the same base rate.
 * 3. All rows of one kind of group are a family, those of too few faults with p 1: both p get a q
 * by Benjamini and Hochberg, and the level of the intervals is that of the rows that were called.
 * 4. Of a rule the evidence is kept by which a group recurs, of several that of the smallest q.
 * 5. A group whose faults are those of another one is explained by it (group_causes.h); the others
 *    are then corrected again without it.
 */
#include "catalogue/groups.h"

#include "catalogue/evidence_verdict.h"
#include "catalogue/factors.h"
#include "catalogue/group_causes.h"
#include "catalogue/kinds.h"
#include "catalogue/release_icc.h"
#include "catalogue/stats_counts.h"
#include "core/alloc.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_GROUPS = 60, PASSES = 3 };

static const enum hs_factor factor_of[HS_N_GROUPINGS] = {
    [HS_BY_ARTIST] = HS_FACTOR_ARTIST,
    [HS_BY_MASTERING_ENGINEER] = HS_FACTOR_MASTERED_BY,
    [HS_BY_STUDIO] = HS_FACTOR_STUDIO,
};

bool hs_groups_are_there(const struct hs_audit *audit)
{
    for (int by = 0; by < HS_N_GROUPINGS; by++)
        if (hs_factor_differs(audit, factor_of[by]))
            return true;
    return false;
}

/* What was counted with one name. */
struct member {
    const char *name;
    struct hs_counted_unit counted;
    size_t unit;
};

static int by_name(const void *a, const void *b)
{
    const struct member *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order ? order : (x->unit > y->unit) - (x->unit < y->unit);
}

/* The members from .. to have one name. */
struct run {
    size_t from, to;
    int faulty;
};

/* Those with the most faults first. */
static int by_faults(const void *a, const void *b)
{
    const struct run *x = a, *y = b;
    if (x->faulty != y->faulty)
        return x->faulty > y->faulty ? -1 : 1;
    return (x->from > y->from) - (x->from < y->from);
}

/* A rule by one kind of evidence. */
struct filling {
    const struct hs_audit *audit;
    const struct hs_census *c;
    const struct hs_evidence_counts *whole;
    const struct hs_counted_of *units;
    size_t n_units;
    struct member *member; /* scratch, as the next two */
    struct run *run;
    struct hs_counted_unit *counted;
    struct hs_in_groups *in; /* by unit, of the groups of this evidence */
    struct hs_arena *arena;
    struct hs_grouped *out;
    size_t first; /* group of this evidence */
    size_t cap_groups, cap_counts;
};

/* Counts one group as if it were a catalogue. */
static void add_group(struct filling *f, enum hs_grouping by, const struct run *run)
{
    struct hs_grouped *out = f->out;
    size_t n = run->to - run->from;
    for (size_t i = 0; i < n; i++) {
        f->counted[i] = f->member[run->from + i].counted;
        f->in[f->member[run->from + i].unit].group[by] = (uint32_t)(out->n - f->first + 1);
    }
    struct hs_evidence_counts e = {.kind = f->whole->kind,
                                   .fixed_thresholds = f->whole->fixed_thresholds,
                                   .artist_share = f->whole->artist_share,
                                   .artists = f->whole->artists,
                                   .references = f->whole->references,
                                   .largest = f->whole->largest,
                                   .base = f->whole->base};
    hs_evidence_count(f->audit, f->whole->row->evidence, f->counted, n, f->arena, &e);
    const char *name = f->member[run->from].name;
    struct hs_group g = {.by = by, .name = name, .row = e.row};
    out->group = hs_arena_grow(f->arena, out->group, out->n, &f->cap_groups, sizeof g);
    out->counts = hs_arena_grow(f->arena, out->counts, out->n, &f->cap_counts, sizeof e);
    out->group[out->n] = g;
    out->counts[out->n++] = e;
}

/* Whether a kind of group can have made what this evidence shows. */
static bool can_be_theirs(const struct filling *f, enum hs_grouping by)
{
    enum hs_evidence evidence = f->whole->row->evidence;
    if (by == HS_BY_MASTERING_ENGINEER)
        return evidence == HS_BY_MOVES || (evidence != HS_BY_MIXES && f->c->habit != HS_HABIT_MIX);
    if (by == HS_BY_ARTIST)
        return evidence != HS_BY_MOVES || !hs_factor_differs(f->audit, HS_FACTOR_MASTERED_BY);
    return true;
}

/* All groups of one kind. */
static void add_groups(struct filling *f, enum hs_grouping by)
{
    size_t n = 0, runs = 0;
    for (size_t i = 0; i < f->n_units; i++) {
        const struct hs_unit *u = f->units[i].unit;
        const char *name =
            hs_factor_level(f->audit, f->audit->tracks[u->track].track, factor_of[by]);
        if (name)
            f->member[n++] = (struct member){name, f->units[i].counted, i};
    }
    if (n)
        qsort(f->member, n, sizeof *f->member, by_name);
    for (size_t i = 0, j; i < n; i = j) {
        int faulty = 0;
        for (j = i; j < n && !strcmp(f->member[j].name, f->member[i].name); j++)
            faulty += f->member[j].counted.level >= HS_MINOR;
        if (j - i < HS_TRACKS_NEEDED || j - i == f->n_units)
            continue;
        f->out->asked[by]++;
        if (faulty >= HS_FAULTS_NEEDED)
            f->run[runs++] = (struct run){i, j, faulty};
    }
    if (runs)
        qsort(f->run, runs, sizeof *f->run, by_faults);
    for (size_t i = 0; i < runs && i < MOST_GROUPS; i++)
        add_group(f, by, &f->run[i]);
}

void hs_groups_fill(const struct hs_audit *audit, const struct hs_census *c,
                    const struct hs_counted *counted, struct hs_arena *arena,
                    struct hs_grouped *grouped)
{
    struct hs_counted_of *units = hs_malloc((c->n_masters + 1) * sizeof *units);
    struct filling f = {.audit = audit,
                        .c = c,
                        .units = units,
                        .member = hs_malloc((c->n_masters + 1) * sizeof(struct member)),
                        .run = HS_NEW_ARRAY(struct run, c->n_masters + 1),
                        .counted = HS_NEW_ARRAY(struct hs_counted_unit, c->n_masters + 1),
                        .in = HS_NEW_ARRAY(struct hs_in_groups, c->n_masters + 1),
                        .arena = arena,
                        .out = grouped};
    for (size_t k = 0; k < counted->n; k++) {
        f.whole = &counted->row[k];
        f.n_units = hs_evidence_units(audit, c, f.whole, units);
        f.first = grouped->n;
        for (size_t i = 0; i < f.n_units; i++)
            f.in[i] = (struct hs_in_groups){.faulty = units[i].counted.level >= HS_MINOR};
        for (int by = 0; by < HS_N_GROUPINGS; by++)
            if (can_be_theirs(&f, (enum hs_grouping)by))
                add_groups(&f, (enum hs_grouping)by);
        hs_group_causes_find(grouped->group + f.first, grouped->n - f.first, f.in, f.n_units);
    }
    hs_free(units);
    hs_free(f.member);
    hs_free(f.run);
    hs_free(f.counted);
    hs_free(f.in);
}

/* The rows of one kind of group. */
struct family {
    struct hs_evidence_counts **counts;
    const struct hs_group **group;
    double *icc, *p, *q;
    size_t n, asked; /* those beyond n have too few faults: their p is 1 */
    bool again;      /* it is known which groups are explained by others: these stay as they are */
};

static bool stays(const struct family *f, size_t i)
{
    return f->again && f->group[i]->explained_by;
}

static double *number_at(struct hs_evidence_row *row, size_t offset)
{
    return (double *)((char *)row + offset);
}

/* Corrects the p at an offset of the rows over the family, into the q at another; returns the level
 * a single p has to reach. What another group explains is no discovery of this kind, and must not
 * make room for others: it keeps its q, and for the others its p is 1. */
static double level_of_family(struct family *f, size_t p, size_t q)
{
    size_t called = 0;
    for (size_t i = 0; i < f->asked; i++)
        f->p[i] = i >= f->n || stays(f, i) ? 1 : *number_at(f->counts[i]->row, p);
    hs_benjamini_hochberg(f->p, f->asked, f->q);
    for (size_t i = 0; i < f->n; i++) {
        called += f->q[i] < HS_FALSE_DISCOVERIES;
        if (!stays(f, i))
            *number_at(f->counts[i]->row, q) = f->q[i];
    }
    return HS_FALSE_DISCOVERIES * (double)(called ? called : 1) / (double)f->asked;
}

/* q and verdicts of all rows of one kind of group, but for those that are explained. */
static void decide_family(struct family *f)
{
    if (!f->n)
        return;
    double alpha = level_of_family(f, offsetof(struct hs_evidence_row, p_count),
                                   offsetof(struct hs_evidence_row, q_count));
    level_of_family(f, offsetof(struct hs_evidence_row, p_habit),
                    offsetof(struct hs_evidence_row, q));
    level_of_family(f, offsetof(struct hs_evidence_row, p_release),
                    offsetof(struct hs_evidence_row, q_release));
    for (size_t i = 0; i < f->n; i++) {
        struct hs_evidence_counts *e = f->counts[i];
        if (stays(f, i))
            continue;
        e->alpha = alpha;
        e->row->verdict = hs_evidence_verdict(e->row);
    }
}

/* Whether row x decides which evidence is kept, before row y. */
static bool tells_more(const struct hs_evidence_row *x, const struct hs_evidence_row *y)
{
    if ((x->verdict == HS_RECURS) != (y->verdict == HS_RECURS))
        return x->verdict == HS_RECURS;
    return x->q < y->q || (!(y->q < x->q) && x->evidence < y->evidence);
}

/* The groups of the evidence that tells most. */
static void keep_best(struct hs_audit *audit, const struct hs_grouped *g,
                      struct hs_aliases *aliases, struct hs_recurrence *out)
{
    const struct hs_evidence_row *best = g->n ? g->group[0].row : NULL;
    for (size_t i = 1; i < g->n; i++)
        best = tells_more(g->group[i].row, best) ? g->group[i].row : best;
    out->groups = HS_ARENA_ARRAY(&audit->arena, struct hs_group, g->n + 1);
    for (int by = 0; by < HS_N_GROUPINGS; by++)
        for (size_t i = 0; i < g->n; i++) {
            struct hs_group x = g->group[i];
            if ((int)x.by != by || x.row->evidence != best->evidence)
                continue;
            x.row = hs_arena_copy(&audit->arena, x.row, sizeof *x.row);
            x.aliased_with = hs_factor_alias(aliases, audit, factor_of[by], x.name);
            out->groups[out->n_groups++] = x;
        }
}

/* The rows of one kind of group over all rules. */
static void gather_family(const struct hs_audit *audit, struct hs_grouped *grouped, double icc,
                          enum hs_grouping by, struct family *f)
{
    f->n = f->asked = 0;
    for (size_t i = 0; i < audit->n_recurring; i++) {
        f->asked += grouped[i].asked[by];
        for (size_t k = 0; k < grouped[i].n; k++)
            if (grouped[i].group[k].by == by) {
                f->icc[f->n] = hs_release_icc_of(audit->recurring[i].rule, icc);
                f->group[f->n] = &grouped[i].group[k];
                f->counts[f->n++] = &grouped[i].counts[k];
            }
    }
}

static void find_intervals(struct hs_grouped *g, double icc)
{
    for (size_t k = 0; k < g->n; k++)
        g->group[k].row->interval = hs_evidence_interval(&g->counts[k], icc, g->counts[k].alpha);
}

/* Each grouping is a family of tests of its own: first by itself, then without what groups of
 * another kind explain, then with those again whose explanation did not hold. */
void hs_groups_decide(struct hs_audit *audit, struct hs_grouped *grouped, double icc,
                      struct hs_aliases *aliases)
{
    size_t most = 1, n = audit->n_recurring;
    for (size_t i = 0; i < n; i++)
        for (int by = 0; by < HS_N_GROUPINGS; by++)
            most += grouped[i].asked[by];
    struct family f = {.counts = hs_malloc(most * sizeof(struct hs_evidence_counts *)),
                       .group = hs_malloc(most * sizeof(const struct hs_group *)),
                       .icc = HS_NEW_ARRAY(double, most),
                       .p = HS_NEW_ARRAY(double, most),
                       .q = HS_NEW_ARRAY(double, most)};
    for (int pass = 0; pass < PASSES; pass++) {
        f.again = pass;
        for (int by = 0; by < HS_N_GROUPINGS; by++) {
            gather_family(audit, grouped, icc, (enum hs_grouping)by, &f);
            for (size_t i = 0; !pass && i < f.n; i++)
                hs_evidence_test(f.counts[i], f.icc[i]);
            decide_family(&f);
        }
        for (size_t i = 0; i < n; i++)
            hs_group_causes_apply(grouped[i].group, grouped[i].n);
    }
    for (size_t i = 0; i < n; i++)
        find_intervals(&grouped[i], hs_release_icc_of(audit->recurring[i].rule, icc));
    for (size_t i = 0; i < n; i++)
        keep_best(audit, &grouped[i], aliases, &audit->recurring[i]);
    hs_free(f.counts);
    hs_free(f.group);
    hs_free(f.icc);
    hs_free(f.p);
    hs_free(f.q);
}
