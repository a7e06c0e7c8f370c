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
 * 5. A zone is put in words where q is below 0.10 and the median is 0.5 dB or more. Where engineers
 *    differ (their intervals have nothing in common) it is said who does what, and nothing of all.
 */
#include "catalogue/habits.h"

#include "catalogue/habit_levels.h"
#include "catalogue/habit_words.h"
#include "catalogue/usual.h"
#include "core/alloc.h"
#include "core/num.h"
#include "judge/rule.h"
#include "model/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST = 3, MOST_HABITS = 60, MOST_HANDS = 40, REFERENCES_WITHOUT = 20, PAIRS_OF_OWN = 8 };
static const double reach_in_spreads = 1.645;

struct group;
typedef double value_fn(const struct group *g, size_t track, size_t which);

/* What differs between mastering and mixing. */
struct kind {
    const char *(*engineer)(const struct hs_track *t);
    int (*year)(const struct hs_audit *audit, const struct hs_track *t);
    const double *(*bands)(const struct hs_track_result *t);
    value_fn *band, *zone;
    double (*zone_error)(const struct group *g, size_t zone);
    void (*fill)(struct hs_arena *a, struct group *g, struct hs_habits *h);
    struct hs_habit_saying saying;
};

/* The pairs or mixes that habits are taken from: all, or those of one engineer or year. */
struct group {
    const struct kind *kind;
    const struct hs_audit *audit;
    const char *engineer;
    int year;
    size_t *track; /* release by release */
    size_t n;
    double *value; /* scratch, as the next */
    size_t *release;
    struct hs_between between; /* how far releases differ, by all third octaves */
    const double *shift;       /* of bands: added to each; NULL: none */
    const double *error;       /* of bands: variance of what they are held against */
    const double **bands;      /* by track of the audit, HS_BANDS each; NULL: not known */
};

static const struct hs_track_result *track_at(const struct group *g, size_t track)
{
    return &g->audit->tracks[track];
}

static struct hs_sample sample_of(struct group *g, value_fn *value, size_t which)
{
    for (size_t i = 0; i < g->n; i++) {
        g->value[i] = value(g, g->track[i], which);
        g->release[i] = track_at(g, g->track[i])->track->release;
    }
    return (struct hs_sample){g->value, g->release, g->n};
}

static struct hs_usual usual(struct group *g, value_fn *value, size_t which, double error)
{
    struct hs_sample s = sample_of(g, value, which);
    return hs_usual_of(&s, &g->between, error);
}

static const double *bands_of_move(const struct hs_track_result *t)
{
    return hs_values_doubles(&t->pair.values, "eq_db", HS_BANDS);
}

static const double *bands_of_mix(const struct hs_track_result *t)
{
    return hs_values_doubles(&t->mix.values, "bands_db", HS_BANDS);
}

static double band_of_move(const struct group *g, size_t track, size_t band)
{
    return g->bands[track] ? g->bands[track][band] : NAN;
}

static double band_of_mix(const struct group *g, size_t track, size_t band)
{
    return g->bands[track] ? g->bands[track][band] + g->shift[band] : NAN;
}

static double zone_mean(const struct group *g, value_fn *band, size_t track, size_t zone)
{
    double sum = 0, n = 0;
    for (size_t b = hs_zones[zone].first; b <= hs_zones[zone].last; b++) {
        double x = band(g, track, b);
        sum += isfinite(x) ? x : 0;
        n += isfinite(x);
    }
    return n > 0 ? sum / n : NAN;
}

static double zone_of_move(const struct group *g, size_t track, size_t zone)
{
    return zone_mean(g, band_of_move, track, zone);
}

static double zone_of_mix(const struct group *g, size_t track, size_t zone)
{
    return zone_mean(g, band_of_mix, track, zone);
}

static double pair_number(const struct group *g, size_t track, const char *key)
{
    return hs_values_or_nan(&track_at(g, track)->pair.values, key);
}

static double gain(const struct group *g, size_t track, size_t which)
{
    (void)which;
    return pair_number(g, track, "gain_db");
}

static double reduction(const struct group *g, size_t track, size_t which)
{
    (void)which;
    return pair_number(g, track, "gain_reduction_db.p95");
}

static double width(const struct group *g, size_t track, size_t which)
{
    (void)which;
    return pair_number(g, track, "width_change_db");
}

static double tails(const struct group *g, size_t track, size_t which)
{
    (void)which;
    return pair_number(g, track, "tail_change_db");
}

/* What mastering did, in the unit of the rule's usual moves. Of gain reduction it is computed back
 * from its z, because the values of mix and master do not tell it. NaN: not known. */
static double move_of(const struct hs_judgement *j)
{
    const struct hs_rule *rule = hs_rule_find(j->of->rule);
    if (!rule || !isfinite((double)j->move_z))
        return NAN;
    return rule->moves.change_is_harm ? rule->moves.centre + rule->moves.spread * (double)j->move_z
                                      : j->value - (double)j->mix_value;
}

/* move_of on one track, for the rule of judgement `which` of the group's first track. */
static double change_of_rule(const struct group *g, size_t track, size_t which)
{
    const char *rule = track_at(g, g->track[0])->judgements[which].of->rule;
    const struct hs_track_result *t = track_at(g, track);
    for (size_t i = 0; i < t->n_judgements; i++)
        if (hs_same_rule(t->judgements[i].of->rule, rule))
            return move_of(&t->judgements[i]);
    return NAN;
}

/* How far releases differ, by all third octaves together. */
static void look_between(struct group *g, value_fn *band)
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
    struct hs_usual_move *moves = HS_NEW_ARRAY(struct hs_usual_move, first->n_judgements + 1);
    for (size_t i = 0; i < first->n_judgements; i++) {
        const struct hs_judged_rule *of = first->judgements[i].of;
        struct hs_usual u = usual(g, change_of_rule, i, 0);
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
        h->band[b] = usual(g, band_of_move, b, 0);
    h->gain = usual(g, gain, 0, 0);
    h->reduction = usual(g, reduction, 0, 0);
    h->width = usual(g, width, 0, 0);
    h->tails = usual(g, tails, 0, 0);
    fill_moves(a, g, h);
}

/* What mastering did is held against nothing. */
static double no_error(const struct group *g, size_t zone)
{
    (void)g;
    (void)zone;
    return 0;
}

static double zone_error(const struct group *g, size_t zone)
{
    double most = 0; /* bands of a zone err together */
    for (size_t b = hs_zones[zone].first; b <= hs_zones[zone].last; b++)
        most = fmax(most, isfinite(g->error[b]) ? g->error[b] : 0);
    return most;
}

/* What a mix engineer usually does: bands and zones of the mixes against what is expected of them,
 * with the error of that expectation in the interval. */
static void mixing_fill(struct hs_arena *a, struct group *g, struct hs_habits *h)
{
    (void)a;
    count_releases(g, h);
    h->against =
        g->audit->job->n_references || g->audit->job->n_mix_references ? "references" : "built-in";
    for (size_t b = 0; b < HS_BANDS; b++)
        h->band[b] = usual(g, band_of_mix, b, isfinite(g->error[b]) ? g->error[b] : 0);
}

static bool belongs(const struct kind *k, const struct group *g, size_t track)
{
    const struct hs_track *t = track_at(g, track)->track;
    const char *name = k->engineer(t);
    return (!g->engineer || (name && !strcmp(name, g->engineer))) &&
           (!g->year || k->year(g->audit, t) == g->year);
}

/* Medians and intervals of the zones, by how far releases of these tracks differ. */
static void fill_zones(struct group *g, struct hs_usual zone[HS_ZONES])
{
    look_between(g, g->kind->band);
    for (size_t z = 0; z < HS_ZONES; z++)
        zone[z] = usual(g, g->kind->zone, z, g->kind->zone_error(g, z));
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
    g->bands = HS_ARENA_ARRAY(scratch, const double *, g->audit->job->n_tracks + 1);
    for (size_t i = 0; i < s->n_all; i++) {
        const double *x = s->kind->bands(track_at(g, s->all[i]));
        if (x)
            g->bands[s->all[i]] = hs_arena_copy(scratch, x, HS_BANDS * sizeof *x);
    }
}

/* All together, then by engineer and by year where there are several, as they first appear. */
static void make_habits(struct hs_audit *audit, struct habits *s, struct group *g,
                        struct hs_arena *scratch)
{
    s->habits = HS_ARENA_ARRAY(scratch, struct hs_habits, MOST_HABITS);
    g->kind = s->kind;
    read_bands(s, g, scratch);
    add_habits(audit, s, g);
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

/* Tracks whose pair is lined up, each master once. */
static size_t take_pairs(const struct hs_audit *audit, const struct hs_songs *songs, size_t *out)
{
    size_t n = 0;
    for (size_t i = 0; i < audit->job->n_tracks; i++)
        if (audit->tracks[i].pair.state == HS_PAIR_ALIGNED && !songs->repeat[i])
            out[n++] = i;
    return n;
}

/* A mix by its bytes. */
struct mix {
    uint64_t hash[2]; /* 0, 0: not known, equal to none */
    size_t track;
};

static int by_bytes(const void *a, const void *b)
{
    const struct mix *x = a, *y = b;
    for (int i = 0; i < 2; i++)
        if (x->hash[i] != y->hash[i])
            return x->hash[i] < y->hash[i] ? -1 : 1;
    return (x->track > y->track) - (x->track < y->track);
}

static int by_number(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

/* Tracks whose mix was measured, each mix with the first of its masters alone. */
static size_t take_mixes(const struct hs_audit *audit, size_t *out)
{
    struct mix *mix = HS_NEW_ARRAY(struct mix, audit->job->n_tracks + 1);
    size_t n_mixes = 0, n = 0;
    for (size_t i = 0; i < audit->job->n_tracks; i++) {
        const struct hs_file *f = &audit->tracks[i].mix;
        if (f->state == HS_FILE_OK)
            mix[n_mixes++] = (struct mix){{f->hash[0], f->hash[1]}, i};
    }
    qsort(mix, n_mixes, sizeof *mix, by_bytes);
    for (size_t i = 0; i < n_mixes; i++) {
        const uint64_t *h = mix[i].hash;
        bool known = h[0] || h[1];
        if (!i || !known || memcmp(h, mix[i - 1].hash, sizeof mix[i].hash) != 0)
            out[n++] = mix[i].track;
    }
    qsort(out, n, sizeof *out, by_number);
    hs_free(mix);
    return n;
}

/* What mixes are held against: the expected centre less the usual move of mastering, which is that
 * of this catalogue's own pairs where there are enough. */
static void expect_mixes(const struct hs_audit *audit, double shift[HS_BANDS],
                         double error[HS_BANDS])
{
    const struct hs_habits *own =
        audit->n_mastering && audit->mastering[0].n >= PAIRS_OF_OWN ? &audit->mastering[0] : NULL;
    size_t references = audit->job->n_references;
    for (size_t b = 0; b < HS_BANDS; b++) {
        const struct hs_expected_spectrum *s = audit->spectrum;
        double spread = s ? s->reach[b] / reach_in_spreads : NAN;
        double moved = own && isfinite(own->band[b].median) ? own->band[b].median : 0;
        shift[b] = s ? moved - s->centre[b] : NAN;
        error[b] =
            spread * spread / (references ? (double)references + 10 : REFERENCES_WITHOUT + 10);
    }
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
    mastered_by,    mastered_in,
    bands_of_move,  band_of_move,
    zone_of_move,   no_error,
    mastering_fill, {"mastering", "raises", "lowers", "leaves it", "leave it", "pairs", ""}};
static const struct kind mixing = {
    mixed_by,
    mixed_in,
    bands_of_mix,
    band_of_mix,
    zone_of_mix,
    zone_error,
    mixing_fill,
    {"mixing", "has more of", "has less of", "has as much of it as is expected",
     "have as much of it as is expected", "mixes", " against what is expected: a house curve"}};

/* Mastering by the pairs, mixing by the mixes against what is expected of them. */
void hs_habits_make(struct hs_audit *audit, const struct hs_songs *songs)
{
    struct hs_arena scratch = {0};
    size_t n = audit->job->n_tracks, *all = HS_ARENA_ARRAY(&scratch, size_t, n + 1);
    double shift[HS_BANDS], error[HS_BANDS];
    struct group g = {.audit = audit,
                      .track = HS_ARENA_ARRAY(&scratch, size_t, n + 1),
                      .value = HS_ARENA_ARRAY(&scratch, double, n + 1),
                      .release = HS_ARENA_ARRAY(&scratch, size_t, n + 1),
                      .shift = shift,
                      .error = error};
    struct habits s = {.kind = &mastering, .all = all};
    s.n_all = take_pairs(audit, songs, all);
    make_habits(audit, &s, &g, &scratch);
    audit->mastering = s.habits;
    audit->n_mastering = s.n;
    expect_mixes(audit, shift, error);
    s = (struct habits){.kind = &mixing, .all = all, .n_all = take_mixes(audit, all)};
    make_habits(audit, &s, &g, &scratch);
    if (s.n)
        hs_habit_levels_say(audit, all, s.n_all, &s.habits[0]);
    audit->mixing = s.habits;
    audit->n_mixing = s.n;
    hs_arena_free(&scratch);
}
