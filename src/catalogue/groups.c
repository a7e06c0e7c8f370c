/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Per rule, take the artists, mastering engineers and studios of its faulty units. A group needs
 *    enough faults and tracks, and must not be the whole.
 * 2. Count the units of the group as those of the whole, against the same base rate.
 * 3. All rows of one kind of group are a family: both p get a q by Benjamini and Hochberg, and the
 *    level of the intervals is that of the rows that were called.
 */
#include "catalogue/groups.h"

#include "catalogue/kinds.h"
#include "catalogue/recurrence.h"
#include "catalogue/release_icc.h"
#include "catalogue/stats_counts.h"
#include "core/alloc.h"

#include <math.h>
#include <string.h>

enum { MOST_GROUPS = 60 };

static const char *artist(const struct hs_audit *audit, const struct hs_track *t)
{
    return t->artist ? t->artist : audit->job->artist;
}

static const char *mastering_engineer(const struct hs_audit *audit, const struct hs_track *t)
{
    (void)audit;
    return t->mastered_by;
}

static const char *studio(const struct hs_audit *audit, const struct hs_track *t)
{
    return t->studio ? t->studio : audit->job->releases[t->release].studio;
}

static const char *(*const name_of[HS_N_GROUPINGS])(const struct hs_audit *audit,
                                                    const struct hs_track *t) = {
    [HS_BY_ARTIST] = artist,
    [HS_BY_MASTERING_ENGINEER] = mastering_engineer,
    [HS_BY_STUDIO] = studio,
};

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && !strcmp(a, b));
}

bool hs_groups_are_there(const struct hs_audit *audit)
{
    const struct hs_job *job = audit->job;
    for (size_t i = 1; i < job->n_tracks; i++)
        if (!same(artist(audit, &job->tracks[i]), artist(audit, &job->tracks[0])))
            return true;
    return false;
}

struct filling {
    struct hs_audit *audit;
    const struct hs_census *c;
    const struct hs_evidence_counts *songs;
    struct hs_arena *arena;
    struct hs_recurrence *out;
    struct hs_grouped *grouped;
};

static const char *name_at(const struct filling *f, enum hs_grouping by, size_t unit)
{
    return name_of[by](f->audit, f->audit->tracks[f->c->units[unit].track].track);
}

/* Counts one group as if it were a catalogue; too few faults or tracks make none. */
static void add_group(struct filling *f, enum hs_grouping by, const char *name)
{
    struct hs_counted_unit *t = HS_NEW_ARRAY(struct hs_counted_unit, f->c->n + 1);
    size_t n = 0, at = f->out->n_groups;
    int faulty = 0;
    for (size_t i = 0; i < f->c->n; i++)
        if (same(name_at(f, by, i), name)) {
            t[n++] = hs_counted_song(f->c, i);
            faulty += f->c->units[i].faulty;
        }
    if (faulty >= HS_FAULTS_NEEDED && n >= HS_TRACKS_NEEDED && n < f->c->n) {
        struct hs_evidence_counts *e = &f->grouped->counts[at];
        *e = (struct hs_evidence_counts){.fixed_thresholds = f->songs->fixed_thresholds,
                                         .artist_share = f->songs->artist_share,
                                         .artists = f->songs->artists,
                                         .references = f->songs->references,
                                         .base = f->songs->base};
        hs_evidence_count(f->audit, f->songs->row->evidence, t, n, f->arena, e);
        e->row = hs_arena_copy(&f->audit->arena, e->row, sizeof *e->row);
        f->out->groups[f->out->n_groups++] = (struct hs_group){by, name, e->row};
    }
    hs_free(t);
}

/* Groups in which the fault was found: by artist, by mastering engineer, by studio. */
void hs_groups_fill(struct hs_audit *audit, const struct hs_census *c,
                    const struct hs_evidence_counts *songs, struct hs_arena *arena,
                    struct hs_recurrence *out, struct hs_grouped *grouped)
{
    struct filling f = {audit, c, songs, arena, out, grouped};
    if (c->faulty < HS_FAULTS_NEEDED)
        return;
    out->groups = HS_ARENA_ARRAY(&audit->arena, struct hs_group, MOST_GROUPS);
    grouped->counts = HS_ARENA_ARRAY(arena, struct hs_evidence_counts, MOST_GROUPS);
    for (int by = 0; by < HS_N_GROUPINGS; by++)
        for (size_t i = 0; i < c->n && out->n_groups < MOST_GROUPS; i++) {
            const char *name = name_at(&f, (enum hs_grouping)by, i);
            bool seen = !name || !c->units[i].faulty;
            for (size_t k = 0; k < i && !seen; k++)
                seen = c->units[k].faulty && same(name_at(&f, (enum hs_grouping)by, k), name);
            if (!seen)
                add_group(&f, (enum hs_grouping)by, name);
        }
}

/* The rows of one kind of group. */
struct family {
    struct hs_evidence_counts **counts;
    double *icc, *p, *q;
    size_t n;
};

/* Corrects p_habit or p_count over the family; returns the level a single p has to reach. */
static double level_of_family(struct family *f, bool habit)
{
    size_t called = 0;
    for (size_t i = 0; i < f->n; i++)
        f->p[i] = habit ? f->counts[i]->row->p_habit : f->counts[i]->row->p_count;
    hs_benjamini_hochberg(f->p, f->n, f->q);
    for (size_t i = 0; i < f->n; i++) {
        *(habit ? &f->counts[i]->row->q : &f->counts[i]->row->q_count) = f->q[i];
        called += f->q[i] < HS_FALSE_DISCOVERIES;
    }
    return HS_FALSE_DISCOVERIES * (double)(called ? called : 1) / (double)f->n;
}

/* Tests, q, intervals and verdicts of all rows of one kind of group. */
static void decide_family(struct family *f)
{
    if (!f->n)
        return;
    for (size_t i = 0; i < f->n; i++)
        hs_evidence_test(f->counts[i], f->icc[i]);
    double alpha = level_of_family(f, false);
    level_of_family(f, true);
    for (size_t i = 0; i < f->n; i++) {
        struct hs_evidence_counts *e = f->counts[i];
        e->row->interval = hs_evidence_interval(e, f->icc[i], alpha);
        e->row->verdict = hs_recurrence_verdict(e->row);
    }
}

/* Each grouping is a family of tests of its own. */
void hs_groups_decide(struct hs_audit *audit, struct hs_grouped *grouped, double icc)
{
    size_t most = 1;
    for (size_t i = 0; i < audit->n_recurring; i++)
        most += audit->recurring[i].n_groups;
    struct family f = {.counts = hs_malloc(most * sizeof(struct hs_evidence_counts *)),
                       .icc = HS_NEW_ARRAY(double, most),
                       .p = HS_NEW_ARRAY(double, most),
                       .q = HS_NEW_ARRAY(double, most)};
    for (int by = 0; by < HS_N_GROUPINGS; by++) {
        f.n = 0;
        for (size_t i = 0; i < audit->n_recurring; i++)
            for (size_t k = 0; k < audit->recurring[i].n_groups; k++)
                if ((int)audit->recurring[i].groups[k].by == by) {
                    f.icc[f.n] = hs_release_icc_of(audit->recurring[i].rule, icc);
                    f.counts[f.n++] = &grouped[i].counts[k];
                }
        decide_family(&f);
    }
    hs_free(f.counts);
    hs_free(f.icc);
    hs_free(f.p);
    hs_free(f.q);
}
