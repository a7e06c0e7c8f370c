/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What mastering and mixing usually do here, for all tracks, by engineer and by year:
 * 1. Mastering: pairs that are aligned, each song once. Mixing: mixes that were measured, each
 *    file once.
 * 2. Of each, values by third octave, zone and rule (habit_kinds.h).
 * 3. Medians and intervals come from usual.h; how far releases differ is each value's own, with
 *    what all third octaves say of it.
 * 4. Of all together it is asked since when a zone, or the width, is another (habit_changes.h).
 * 5. A zone is put in words where q is below 0.10 and the median is 0.5 dB or more. Where engineers
 *    differ (their intervals have nothing in common) it is said who does what, and nothing of all.
 */
#include "catalogue/habits.h"

#include "catalogue/factors.h"
#include "catalogue/habit_changes.h"
#include "catalogue/habit_kinds.h"
#include "catalogue/habit_levels.h"
#include "catalogue/habit_tracks.h"
#include "core/alloc.h"

#include <string.h>

enum { LEAST = 3, MOST_HABITS = 60, MOST_ENGINEERS = 40 };

/* The engineers that have enough tracks of a group, as they first appear in it; returns how many.
 */
static size_t engineers_of(const struct hs_habit_group *g,
                           struct hs_habit_of_engineer engineers[MOST_ENGINEERS])
{
    struct hs_habit_group own = *g;
    size_t n = 0;
    own.track = HS_NEW_ARRAY(size_t, g->n + 1);
    for (size_t i = 0; i < g->n && n < MOST_ENGINEERS; i++) {
        own.engineer = g->kind->engineer(hs_habit_group_track(g, g->track[i])->track);
        bool seen = !own.engineer;
        for (size_t k = 0; k < i && !seen; k++)
            seen = hs_habit_group_has(g->kind, &own, g->track[k]);
        own.n = 0;
        for (size_t k = i; k < g->n && !seen; k++)
            if (hs_habit_group_has(g->kind, &own, g->track[k]))
                own.track[own.n++] = g->track[k];
        if (own.n < LEAST)
            continue;
        engineers[n] = (struct hs_habit_of_engineer){.engineer = own.engineer};
        hs_habit_group_zones(&own, engineers[n++].zone);
    }
    hs_free(own.track);
    return n;
}

/* Where engineers surely differ, a zone has no habit of all: says who does what. */
static void tell_apart(struct hs_arena *a, const struct hs_habit_group *g, struct hs_habits *h)
{
    struct hs_habit_of_engineer *engineers =
        HS_NEW_ARRAY(struct hs_habit_of_engineer, MOST_ENGINEERS);
    size_t n = g->engineer ? 0 : engineers_of(g, engineers);
    for (size_t z = 0; z < HS_ZONES; z++)
        if (hs_habit_engineers_differ(engineers, n, z)) {
            h->zone[z].differs = true;
            h->by_whom[z] = hs_habit_say_engineers(a, &g->kind->saying, engineers, n, z);
        }
    hs_free(engineers);
}

struct habits {
    const struct hs_habit_kind *kind;
    const size_t *all; /* the tracks of all */
    size_t n_all;
    struct hs_habits *habits;
    size_t n;
};

/* The habits of one engineer or year, where it has enough. */
static void add_habits(struct hs_audit *audit, struct habits *s, struct hs_habit_group *g)
{
    g->n = 0;
    for (size_t i = 0; i < s->n_all; i++)
        if (hs_habit_group_has(s->kind, g, s->all[i]))
            g->track[g->n++] = s->all[i];
    if (g->n < LEAST || s->n == MOST_HABITS)
        return;
    struct hs_habits *h = &s->habits[s->n++];
    hs_habit_group_zones(g, h->zone);
    s->kind->fill(&audit->arena, g, h);
    tell_apart(&audit->arena, g, h);
    hs_habit_say_zones(&audit->arena, &s->kind->saying, h);
}

/* The arrays of a large catalogue lie in the store: each is read once, for all habits and bands. */
static void read_bands(const struct habits *s, struct hs_habit_group *g, struct hs_arena *scratch)
{
    g->from.bands = HS_ARENA_ARRAY(scratch, const double *, g->from.audit->job->n_tracks + 1);
    for (size_t i = 0; i < s->n_all; i++) {
        const double *x = s->kind->bands(hs_habit_group_track(g, s->all[i]));
        if (x)
            g->from.bands[s->all[i]] = hs_arena_copy(scratch, x, HS_BANDS * sizeof *x);
    }
}

/* Since when all together are another than before; not asked of mixes of several artists. */
static void look_for_changes(struct hs_audit *audit, struct hs_habit_group *g,
                             struct hs_step *steps, struct hs_habits *h)
{
    struct hs_sample s[HS_ZONE_CHANGES];
    double *values = HS_NEW_ARRAY(double, HS_ZONE_CHANGES *(g->n + 1));
    bool asked = !(g->kind->of_artists && hs_factor_differs(audit, HS_FACTOR_ARTIST));
    h->change = HS_ARENA_ARRAY(&audit->arena, struct hs_zone_change, HS_ZONE_CHANGES);
    for (size_t w = 0; w < HS_ZONE_CHANGES; w++) {
        double *own = values + w * (g->n + 1);
        s[w] = hs_habit_group_sample(g, w < HS_ZONES ? g->kind->zone : g->kind->width, w);
        memcpy(own, s[w].value, g->n * sizeof *own);
        s[w].value = own;
        s[w].n = asked ? s[w].n : 0;
    }
    hs_habit_changes_look(audit, s, steps, h);
    hs_free(values);
}

/* All together, then by engineer and by year where there are several, as they first appear. */
static void make_habits(struct hs_audit *audit, struct habits *s, struct hs_habit_group *g,
                        struct hs_step *steps, struct hs_arena *scratch)
{
    s->habits = HS_ARENA_ARRAY(scratch, struct hs_habits, MOST_HABITS);
    g->kind = s->kind;
    read_bands(s, g, scratch);
    add_habits(audit, s, g);
    if (s->n)
        look_for_changes(audit, g, steps, &s->habits[0]);
    for (int by_year = 0; by_year < 2; by_year++)
        for (size_t i = 0; i < s->n_all; i++) {
            const struct hs_track *t = audit->tracks[s->all[i]].track;
            bool seen = false;
            g->engineer = by_year ? NULL : s->kind->engineer(t);
            g->year = by_year ? s->kind->year(audit, t) : 0;
            for (size_t k = 0; k < i && !seen; k++)
                seen = hs_habit_group_has(s->kind, g, s->all[k]);
            if (!seen && (g->engineer || g->year))
                add_habits(audit, s, g);
        }
    g->engineer = NULL;
    g->year = 0;
    s->habits = hs_arena_copy(&audit->arena, s->habits, s->n * sizeof *s->habits);
}

static void look_at_masters(struct hs_audit *audit, struct habits *s, struct hs_habit_group *g,
                            struct hs_step *steps, struct hs_arena *scratch)
{
    double none[HS_BANDS] = {0};
    if (s->n_all < LEAST)
        return;
    g->kind = s->kind;
    g->from.shift = none;
    read_bands(s, g, scratch);
    for (g->n = 0; g->n < s->n_all; g->n++)
        g->track[g->n] = s->all[g->n];
    audit->masters = HS_ARENA_ARRAY(&audit->arena, struct hs_habits, 1);
    audit->masters->n = (int)g->n;
    look_for_changes(audit, g, steps, audit->masters);
}

/* Mastering by the pairs, mixing by the mixes against what is expected of them. */
void hs_habits_make(struct hs_audit *audit, const struct hs_songs *songs)
{
    struct hs_arena scratch = {0};
    size_t n = audit->job->n_tracks, *all = HS_ARENA_ARRAY(&scratch, size_t, n + 1);
    double shift[HS_BANDS], error[HS_BANDS];
    struct hs_step steps[2][HS_ZONE_CHANGES];
    struct hs_habit_group g = {.from = {.audit = audit, .shift = shift, .error = error},
                               .track = HS_ARENA_ARRAY(&scratch, size_t, n + 1),
                               .value = HS_ARENA_ARRAY(&scratch, double, n + 1),
                               .release = HS_ARENA_ARRAY(&scratch, size_t, n + 1)};
    struct habits s = {.kind = &hs_habit_mastering, .all = all};
    s.n_all = hs_habit_pairs(audit, songs, all);
    make_habits(audit, &s, &g, steps[0], &scratch);
    audit->mastering = s.habits;
    audit->n_mastering = s.n;
    hs_habit_expect_mixes(audit, shift, error);
    s = (struct habits){.kind = &hs_habit_mixing, .all = all, .n_all = hs_habit_mixes(audit, all)};
    make_habits(audit, &s, &g, steps[1], &scratch);
    if (s.n)
        hs_habit_levels_say(audit, all, s.n_all, &s.habits[0]);
    audit->mixing = s.habits;
    audit->n_mixing = s.n;
    if (!s.n) {
        s = (struct habits){.kind = &hs_habit_of_masters, .all = all};
        s.n_all = hs_habit_masters(audit, songs, all);
        look_at_masters(audit, &s, &g, steps[1], &scratch);
    }
    hs_habit_changes_decide(audit, steps);
    hs_arena_free(&scratch);
}
