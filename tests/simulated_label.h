/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Simulated labels: several artists with several releases each, whose records a few mastering
 * engineers share. Some habits are those of an artist, in the mixes, some those of an engineer. How
 * many of the artists and engineers with whom a rule is said to recur have nothing to do with it.
 */
#ifndef HS_TESTS_SIMULATED_LABEL_H
#define HS_TESTS_SIMULATED_LABEL_H

#include "simulated.h"

enum { LABEL_ARTISTS = 8, LABEL_ENGINEERS = 4, OF_ARTISTS = 2, OF_ENGINEERS = 2 };

struct label {
    size_t artists, releases, per_release, engineers; /* releases of each artist */
    double icc, faithful; /* share of the releases of an artist that go to one engineer */
    bool pairs;
};

/* Groups with whom a rule is said to recur: of artists [0] and of engineers [1]. */
struct label_result {
    double runs, right[2], wrong[2], habits[2], share_false[2];
};

/* Who has a habit, if anybody. */
struct whose {
    bool engineers;
    size_t who; /* SIZE_MAX: nobody */
    double share, shift;
};

static inline void draw_label_rule(struct synthetic *s, const struct label *d, const size_t *by,
                                   const char *rule, double artist_share, const struct whose *w,
                                   struct hs_rng *rng)
{
    struct artist artist[LABEL_ARTISTS];
    double engineer[LABEL_ENGINEERS], of_release = 0;
    for (size_t i = 0; i < d->artists; i++)
        artist[i] = draw_artist(artist_share, rng);
    for (size_t i = 0; i < d->engineers; i++)
        engineer[i] = normal(rng);
    for (size_t i = 0; i < s->job.n_tracks; i++) {
        size_t release = s->tracks[i].release, who = release % d->artists;
        bool has_habit = w->who == (w->engineers ? by[release] : who);
        struct artist mixing = artist[who];
        mixing.share = has_habit && !w->engineers ? w->share : 0;
        mixing.shift = w->shift;
        of_release = i % d->per_release ? of_release : normal(rng);
        double mix = draw_track(&mixing, of_release, d->icc, rng);
        bool moved = has_habit && w->engineers && hs_rng_uniform(rng) < w->share;
        double move =
            draw_move(engineer[by[release]], 0, moved ? w->shift / move_in_songs : 0, rng);
        double z = mix + move_in_songs * move;
        synthetic_value(s, i, rule, 1, 2 * z);
        if (d->pairs)
            synthetic_pair(s, i, mix, move);
        if (synthetic_level(z))
            synthetic_fault(s, i, rule, (enum hs_severity)synthetic_level(z), HS_ORIGIN_CANNOT_SAY);
    }
}

static inline void count_groups(const struct hs_recurrence *r, const struct whose *w,
                                double right[2], double wrong[2])
{
    for (size_t i = 0; i < r->n_groups; i++) {
        const struct hs_group *g = &r->groups[i];
        bool engineer = g->by == HS_BY_MASTERING_ENGINEER;
        if (g->row->verdict != HS_RECURS)
            continue;
        bool his = w->engineers == engineer && w->who == (size_t)atoi(strchr(g->name, ' '));
        *(his ? &right[engineer] : &wrong[engineer]) += 1;
    }
}

static inline void label_tracks(struct synthetic *s, const struct label *d, size_t *by,
                                struct hs_rng *rng)
{
    for (size_t r = 0; r < s->job.n_releases; r++) {
        bool own = hs_rng_uniform(rng) < d->faithful;
        by[r] = own ? r % d->artists % d->engineers : hs_rng_below(rng, d->engineers);
    }
    for (size_t i = 0; i < s->job.n_tracks; i++) {
        size_t release = s->tracks[i].release;
        s->audit.tracks[i].findings = HS_ARENA_ARRAY(&s->audit.arena, struct hs_finding, RULES);
        s->tracks[i].year = 2000;
        s->tracks[i].artist = hs_arena_printf(&s->audit.arena, "Artist %zu", release % d->artists);
        s->tracks[i].mastered_by = hs_arena_printf(&s->audit.arena, "Engineer %zu", by[release]);
    }
}

static inline void simulate_label(const struct label *d, uint64_t seed, struct label_result *out)
{
    struct hs_rng rng = {seed};
    struct synthetic s;
    struct hs_base_rate base[RULES];
    struct whose whose[RULES];
    char names[RULES][16];
    const struct design elsewhere = {.icc = d->icc, .mastered = true};
    double right[2] = {0}, wrong[2] = {0};
    synthetic_make(&s, d->artists * d->releases, d->per_release);
    size_t *by = HS_ARENA_ARRAY(&s.audit.arena, size_t, s.job.n_releases);
    s.job.name = s.job.artist = "Simulated";
    label_tracks(&s, d, by, &rng);
    for (size_t k = 0; k < RULES; k++) {
        bool of_artist = k < OF_ARTISTS, habit = k < OF_ARTISTS + OF_ENGINEERS;
        double artist_share = .05 + .3 * hs_rng_uniform(&rng);
        snprintf(names[k], sizeof names[k], "rule%02zu", k);
        base[k] = draw_base(names[k], artist_share, &elsewhere, &rng);
        whose[k] = (struct whose){habit && !of_artist, habit ? k % 2 : SIZE_MAX, .8, 2};
        draw_label_rule(&s, d, by, names[k], artist_share, &whose[k], &rng);
    }
    hs_catalogue_analyse_with(&s.audit, base, RULES);
    for (size_t i = 0; i < s.audit.n_recurring; i++)
        count_groups(&s.audit.recurring[i], &whose[atoi(s.audit.recurring[i].rule + 4)], right,
                     wrong);
    for (int e = 0; e < 2; e++) {
        out->right[e] += right[e];
        out->wrong[e] += wrong[e];
        out->share_false[e] += wrong[e] > 0 ? wrong[e] / (right[e] + wrong[e]) : 0;
        out->habits[e] += e ? OF_ENGINEERS : OF_ARTISTS;
    }
    out->runs++;
    synthetic_free(&s);
}

#endif
