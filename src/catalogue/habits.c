/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What mastering and mixing usually do here, for all tracks, by engineer and by year:
 * 1. Mastering: pairs that are aligned, each song once. Mixing: mixes that were measured, each
 *    file once.
 * 2. Of mastering, take the transfer by third octave and by zone (mean of its third octaves), gain,
 *    gain reduction, change of width and of tails, and the change of each rule.
 * 3. Of mixing, take the spectrum less that expected of masters, plus the usual move of mastering
 *    (that of this catalogue from 8 pairs on, else 0).
 * 4. Medians and intervals come from usual.h; how far releases differ is each value's own, with
 *    what all third octaves say of it.
 * 5. Of all together it is asked since when a zone, or the width, is another (habit_changes.h).
 * 6. A zone is put in words where q is below 0.10 and the median is 0.5 dB or more. Where engineers
 *    differ (their intervals have nothing in common) it is said who does what, and nothing of all.
 */
#include "catalogue/habits.h"

#include "catalogue/factors.h"
#include "catalogue/habit_changes.h"
#include "catalogue/habit_levels.h"
#include "catalogue/habit_tracks.h"
#include "catalogue/habit_values.h"
#include "catalogue/habit_words.h"
#include "catalogue/usual.h"
#include "core/alloc.h"
#include "core/num.h"
#include "judge/rule.h"
#include "model/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST = 3, MOST_HABITS = 60, MOST_HANDS = 40 };

struct group;

/* What differs between mastering and mixing. */
struct kind {
    const char *(*engineer)(const struct hs_track *t);
    int (*year)(const struct hs_audit *audit, const struct hs_track *t);
    const double *(*bands)(const struct hs_track_result *t);
    hs_habit_value *band, *zone, *width;
    bool of_artists; /* it may differ from artist to artist */
    double (*zone_error)(const struct hs_habit_source *s, size_t zone);
    void (*fill)(struct hs_arena *a, struct group *g, struct hs_habits *h);
    struct hs_habit_saying saying;
};

/* The pairs or mixes that habits are taken from: all, or those of one engineer or year. */
struct group {
    const struct kind *kind;
    struct hs_habit_source from;
    const char *engineer;
    int year;
    size_t *track; /* release by release */
    size_t n;
    double *value; /* scratch, as the next */
    size_t *release;
    struct hs_between between; /* how far releases differ, by all third octaves */
};

static const struct hs_track_result *track_at(const struct group *g, size_t track)
{
    return &g->from.audit->tracks[track];
}

static struct hs_sample sample_of(struct group *g, hs_habit_value *value, size_t which)
{
    for (size_t i = 0; i < g->n; i++) {
        g->value[i] = value(&g->from, g->track[i], which);
        g->release[i] = track_at(g, g->track[i])->track->release;
    }
    return (struct hs_sample){g->value, g->release, g->n};
}

static struct hs_usual usual(struct group *g, hs_habit_value *value, size_t which, double error)
{
    struct hs_sample s = sample_of(g, value, which);
    return hs_usual_of(&s, &g->between, error);
}

/* How far releases differ, by all third octaves together. */
static void look_between(struct group *g, hs_habit_value *band)
{
    g->between = hs_between_habits;
    for (size_t b = 0; b < HS_BANDS; b++) {
        struct hs_sample s = sample_of(g, band, b);
        hs_sample_between(&s, &g->between);
    }
}

static void count_releases(const struct group *g, struct hs_habits *h)
{
    h->engineer = g->engineer;
    h->year = g->year;
    h->n = (int)g->n;
    for (size_t i = 0; i < g->n; i++)
        h->releases += !i || g->release[i] != g->release[i - 1];
}

/* The usual change of each rule, over the rules that the group's first track was judged by. */
static void fill_moves(struct hs_arena *a, struct group *g, struct hs_habits *h)
{
    const struct hs_track_result *first = track_at(g, g->track[0]);
    g->from.first = g->track[0];
    struct hs_usual_move *moves = HS_NEW_ARRAY(struct hs_usual_move, first->n_judgements + 1);
    for (size_t i = 0; i < first->n_judgements; i++) {
        const struct hs_judged_rule *of = first->judgements[i].of;
        struct hs_usual u = usual(g, hs_habit_change_of_rule, i, 0);
        if (!isnan(u.median))
            moves[h->n_moves++] = (struct hs_usual_move){
                of->rule, of->unit, of->part, u, {of->usual_move[0], of->usual_move[1]}};
    }
    h->moves = hs_arena_copy(a, moves, h->n_moves * sizeof *moves);
    hs_free(moves);
}

/* What a mastering engineer usually does: medians over pairs, with intervals that allow for
 * pairs of one release being alike. */
static void mastering_fill(struct hs_arena *a, struct group *g, struct hs_habits *h)
{
    count_releases(g, h);
    for (size_t b = 0; b < HS_BANDS; b++)
        h->band[b] = usual(g, hs_habit_band_of_move, b, 0);
    h->gain = usual(g, hs_habit_gain, 0, 0);
    h->reduction = usual(g, hs_habit_reduction, 0, 0);
    h->width = usual(g, hs_habit_width, 0, 0);
    h->tails = usual(g, hs_habit_tails, 0, 0);
    fill_moves(a, g, h);
}

/* What a mix engineer usually does: bands and zones of the mixes against what is expected of them,
 * with the error of that expectation in the interval. */
static void mixing_fill(struct hs_arena *a, struct group *g, struct hs_habits *h)
{
    (void)a;
    count_releases(g, h);
    h->against = g->from.audit->job->n_references || g->from.audit->job->n_mix_references
                     ? "references"
                     : "built-in";
    for (size_t b = 0; b < HS_BANDS; b++)
        h->band[b] =
            usual(g, hs_habit_band_of_mix, b, isfinite(g->from.error[b]) ? g->from.error[b] : 0);
}

static bool belongs(const struct kind *k, const struct group *g, size_t track)
{
    const struct hs_track *t = track_at(g, track)->track;
    const char *name = k->engineer(t);
    return (!g->engineer || (name && !strcmp(name, g->engineer))) &&
           (!g->year || k->year(g->from.audit, t) == g->year);
}

/* Medians and intervals of the zones, by how far releases of these tracks differ. */
static void fill_zones(struct group *g, struct hs_usual zone[HS_ZONES])
{
    look_between(g, g->kind->band);
    for (size_t z = 0; z < HS_ZONES; z++)
        zone[z] = usual(g, g->kind->zone, z, g->kind->zone_error(&g->from, z));
    hs_usual_correct(zone, HS_ZONES);
}

/* The engineers that have enough tracks of a group, as they first appear in it; returns how many.
 */
static size_t hands_of(const struct group *g, struct hs_habit_hand hands[MOST_HANDS])
{
    struct group own = *g;
    size_t n = 0;
    own.track = HS_NEW_ARRAY(size_t, g->n + 1);
    for (size_t i = 0; i < g->n && n < MOST_HANDS; i++) {
        own.engineer = g->kind->engineer(track_at(g, g->track[i])->track);
        bool seen = !own.engineer;
        for (size_t k = 0; k < i && !seen; k++)
            seen = belongs(g->kind, &own, g->track[k]);
        own.n = 0;
        for (size_t k = i; k < g->n && !seen; k++)
            if (belongs(g->kind, &own, g->track[k]))
                own.track[own.n++] = g->track[k];
        if (own.n < LEAST)
            continue;
        hands[n] = (struct hs_habit_hand){.engineer = own.engineer};
        fill_zones(&own, hands[n++].zone);
    }
    hs_free(own.track);
    return n;
}

/* Where engineers surely differ, a zone has no habit of all: says who does what. */
static void tell_apart(struct hs_arena *a, const struct group *g, struct hs_habits *h)
{
    struct hs_habit_hand *hands = HS_NEW_ARRAY(struct hs_habit_hand, MOST_HANDS);
    size_t n = g->engineer ? 0 : hands_of(g, hands);
    for (size_t z = 0; z < HS_ZONES; z++)
        if (hs_habit_hands_differ(hands, n, z)) {
            h->zone[z].differs = true;
            h->by_whom[z] = hs_habit_say_hands(a, &g->kind->saying, hands, n, z);
        }
    hs_free(hands);
}

struct habits {
    const struct kind *kind;
    const size_t *all; /* the tracks of all */
    size_t n_all;
    struct hs_habits *habits;
    size_t n;
};

/* The habits of one engineer or year, where it has enough. */
static void add_habits(struct hs_audit *audit, struct habits *s, struct group *g)
{
    g->n = 0;
    for (size_t i = 0; i < s->n_all; i++)
        if (belongs(s->kind, g, s->all[i]))
            g->track[g->n++] = s->all[i];
    if (g->n < LEAST || s->n == MOST_HABITS)
        return;
    struct hs_habits *h = &s->habits[s->n++];
    fill_zones(g, h->zone);
    s->kind->fill(&audit->arena, g, h);
    tell_apart(&audit->arena, g, h);
    hs_habit_say_zones(&audit->arena, &s->kind->saying, h);
}

/* The arrays of a large catalogue lie in the store: each is read once, for all habits and bands. */
static void read_bands(const struct habits *s, struct group *g, struct hs_arena *scratch)
{
    g->from.bands = HS_ARENA_ARRAY(scratch, const double *, g->from.audit->job->n_tracks + 1);
    for (size_t i = 0; i < s->n_all; i++) {
        const double *x = s->kind->bands(track_at(g, s->all[i]));
        if (x)
            g->from.bands[s->all[i]] = hs_arena_copy(scratch, x, HS_BANDS * sizeof *x);
    }
}

/* Since when all together are another than before; not asked of mixes of several artists. */
static void look_for_changes(struct hs_audit *audit, struct group *g, struct hs_step *steps,
                             struct hs_habits *h)
{
    struct hs_sample s[HS_ZONE_CHANGES];
    double *values = HS_NEW_ARRAY(double, HS_ZONE_CHANGES *(g->n + 1));
    bool asked = !(g->kind->of_artists && hs_factor_differs(audit, HS_FACTOR_ARTIST));
    h->change = HS_ARENA_ARRAY(&audit->arena, struct hs_zone_change, HS_ZONE_CHANGES);
    for (size_t w = 0; w < HS_ZONE_CHANGES; w++) {
        double *own = values + w * (g->n + 1);
        s[w] = sample_of(g, w < HS_ZONES ? g->kind->zone : g->kind->width, w);
        memcpy(own, s[w].value, g->n * sizeof *own);
        s[w].value = own;
        s[w].n = asked ? s[w].n : 0;
    }
    hs_habit_changes_look(audit, s, steps, h);
    hs_free(values);
}

/* All together, then by engineer and by year where there are several, as they first appear. */
static void make_habits(struct hs_audit *audit, struct habits *s, struct group *g,
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
                seen = belongs(s->kind, g, s->all[k]);
            if (!seen && (g->engineer || g->year))
                add_habits(audit, s, g);
        }
    g->engineer = NULL;
    g->year = 0;
    s->habits = hs_arena_copy(&audit->arena, s->habits, s->n * sizeof *s->habits);
}

static const char *mastered_by(const struct hs_track *t)
{
    return t->mastered_by;
}

static const char *mixed_by(const struct hs_track *t)
{
    return t->mixed_by;
}

static int mastered_in(const struct hs_audit *audit, const struct hs_track *t)
{
    return t->mastered_year ? t->mastered_year
           : t->year        ? t->year
                            : audit->job->releases[t->release].year;
}

static int mixed_in(const struct hs_audit *audit, const struct hs_track *t)
{
    return t->mixed_year ? t->mixed_year : mastered_in(audit, t);
}

static const struct kind mastering = {
    mastered_by,
    mastered_in,
    hs_habit_bands_of_move,
    hs_habit_band_of_move,
    hs_habit_zone_of_move,
    hs_habit_width,
    false,
    hs_habit_no_error,
    mastering_fill,
    {"mastering", "raises", "lowers", "leaves it", "leave it", "pairs", ""}};
static const struct kind mixing = {
    mixed_by,
    mixed_in,
    hs_habit_bands_of_mix,
    hs_habit_band_of_mix,
    hs_habit_zone_of_mix,
    hs_habit_width_of_mix,
    true,
    hs_habit_zone_error,
    mixing_fill,
    {"mixing", "has more of", "has less of", "has as much of it as is expected",
     "have as much of it as is expected", "mixes", " against what is expected: a house curve"}};

/* Masters have no habits of their own, for mastering and mixing are one there: it is asked alone
 * since when they are another. */
static const struct kind masters = {.bands = hs_habit_bands_of_master,
                                    .zone = hs_habit_zone_of_mix,
                                    .width = hs_habit_width_of_master,
                                    .of_artists = true};

static void look_at_masters(struct hs_audit *audit, struct habits *s, struct group *g,
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
    struct group g = {.from = {.audit = audit, .shift = shift, .error = error},
                      .track = HS_ARENA_ARRAY(&scratch, size_t, n + 1),
                      .value = HS_ARENA_ARRAY(&scratch, double, n + 1),
                      .release = HS_ARENA_ARRAY(&scratch, size_t, n + 1)};
    struct habits s = {.kind = &mastering, .all = all};
    s.n_all = hs_habit_pairs(audit, songs, all);
    make_habits(audit, &s, &g, steps[0], &scratch);
    audit->mastering = s.habits;
    audit->n_mastering = s.n;
    hs_habit_expect_mixes(audit, shift, error);
    s = (struct habits){.kind = &mixing, .all = all, .n_all = hs_habit_mixes(audit, all)};
    make_habits(audit, &s, &g, steps[1], &scratch);
    if (s.n)
        hs_habit_levels_say(audit, all, s.n_all, &s.habits[0]);
    audit->mixing = s.habits;
    audit->n_mixing = s.n;
    if (!s.n) {
        s = (struct habits){.kind = &masters, .all = all};
        s.n_all = hs_habit_masters(audit, songs, all);
        look_at_masters(audit, &s, &g, steps[1], &scratch);
    }
    hs_habit_changes_decide(audit, steps);
    hs_arena_free(&scratch);
}
