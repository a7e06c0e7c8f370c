/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Simulated catalogues of artists that honestly differ, with habits in the mix or by mastering:
 * how many of those called recurring are none, and how many of the habits are found. The model is
 * that of catalogue/habit_odds.h; a move of mastering is a quarter as wide as songs are.
 */
#ifndef HS_TESTS_SIMULATED_H
#define HS_TESTS_SIMULATED_H

#include "catalogue/base_rates.h"
#include "catalogue/catalogue.h"
#include "synthetic.h"

#include <time.h>

enum { RULES = 40, HABITS = 5, ELSEWHERE = 25, TRACKS_ELSEWHERE = 12 };

struct design {
    size_t releases, per_release;
    double icc;
    int rules;
    bool pairs;       /* with mixes, so that mixes and moves have rows of their own */
    double evens_out; /* how far mastering goes by the mix: spreads of moves for each of songs */
    size_t engineers; /* who master one release after the other in turn; 0 not known */
    bool by_first;    /* habits are those of the first engineer alone; else all are alike */
    bool label;       /* every release is another artist's; all have the same habits */
    double moves_icc; /* correlation of moves within a release */
    size_t from;      /* the release from which on there are habits */
    bool mastered;    /* songs elsewhere were mastered too, each artist's by one engineer */
};

struct result {
    double runs, habits, clear, found, found_clear, leans, honest_leans;
    double share_false, square_false; /* the sum over catalogues of the share, and of its square */
    double cpu_s;                     /* of the verdicts */
    double honest_one, one; /* rules on one release of several: without a habit, and with one */
    double honest_stretches, stretches; /* that recur on the releases of a change alone */
    double hidden;                      /* rows that recur while another speaks */
};

/* By Box and Muller: a catalogue of forty rules takes some ten thousand. */
static inline double normal(struct hs_rng *rng)
{
    double u = 1 - hs_rng_uniform(rng);
    return sqrt(-2 * log(u)) * cos(2 * HS_PI * hs_rng_uniform(rng));
}

/* An artist: place among artists, how alike the tracks are, and perhaps a habit. */
struct artist {
    double place, spread, share, shift;
    bool by_mastering, by_first;
};

static inline struct artist draw_artist(double artist_share, struct hs_rng *rng)
{
    const double varies = .40;
    return (struct artist){.place = sqrt(artist_share) * normal(rng),
                           .spread = sqrt(1 - artist_share) *
                                     exp(varies * normal(rng) - varies * varies)};
}

static inline double draw_track(const struct artist *a, double of_release, double icc,
                                struct hs_rng *rng)
{
    double z = a->place + a->spread * (sqrt(icc) * of_release + sqrt(1 - icc) * normal(rng));
    return z + (hs_rng_uniform(rng) < a->share ? a->shift : 0);
}

/* What mastering does, in spreads of moves: engineers differ too. */
static inline double draw_move(double engineer, double icc, double shift, struct hs_rng *rng)
{
    return sqrt(.2) * engineer + sqrt(.8 * (1 - icc)) * normal(rng) + shift;
}

/* A move of one spread in spreads of songs: 1.5 dB against 6. */
static const double move_in_songs = .25;

static inline struct hs_base_rate draw_base(const char *rule, double artist_share,
                                            const struct design *d, struct hs_rng *rng)
{
    struct hs_base_rate base = {.rule = rule};
    base.builtin.artists = ELSEWHERE;
    base.builtin.judged = ELSEWHERE * TRACKS_ELSEWHERE;
    for (int i = 0; i < ELSEWHERE; i++) {
        struct artist a = draw_artist(artist_share, rng);
        double of_release = 0, engineer = d->mastered ? normal(rng) : 0;
        for (int k = 0; k < TRACKS_ELSEWHERE; k++) {
            of_release = k % 9 ? of_release : normal(rng);
            double z = draw_track(&a, of_release, d->icc, rng);
            z += d->mastered ? move_in_songs * draw_move(engineer, 0, 0, rng) : 0;
            int level = synthetic_level(z);
            for (int l = 0; l < level; l++)
                base.builtin.fired[l]++;
        }
    }
    return base;
}

/* The artist of the next release of a label, with the habit of the one before. */
static inline void next_artist(struct artist *a, double artist_share, struct hs_rng *rng)
{
    struct artist next = draw_artist(artist_share, rng);
    a->place = next.place;
    a->spread = next.spread;
}

static inline void draw_rule(struct synthetic *s, const struct design *d, const char *rule,
                             double artist_share, const struct artist *a, struct hs_rng *rng)
{
    struct artist mixing = *a;
    double of_release = 0, of_moves = 0, engineer = normal(rng);
    for (size_t i = 0; i < s->job.n_tracks; i++) {
        bool first = i % d->per_release == 0;
        bool has_habit = s->tracks[i].release >= d->from &&
                         (!a->by_first || s->tracks[i].release % d->engineers == 0);
        mixing.share = a->by_mastering || !has_habit ? 0 : a->share;
        of_release = first ? normal(rng) : of_release;
        if (first && d->label)
            next_artist(&mixing, artist_share, rng);
        if (first && d->moves_icc > 0)
            of_moves = sqrt(.8 * d->moves_icc) * normal(rng);
        double mix = draw_track(&mixing, of_release, d->icc, rng), z = mix, move = 0;
        if (d->pairs) {
            bool habit = a->by_mastering && hs_rng_uniform(rng) < a->share && has_habit;
            move = draw_move(engineer, d->moves_icc, habit ? a->shift / move_in_songs : 0, rng) +
                   of_moves - d->evens_out * mix;
            z += move_in_songs * move;
        }
        synthetic_value(s, i, rule, 1, 2 * z);
        if (d->pairs)
            synthetic_pair(s, i, mix, move);
        if (synthetic_level(z))
            synthetic_fault(s, i, rule, (enum hs_severity)synthetic_level(z), HS_ORIGIN_CANNOT_SAY);
    }
}

static inline bool is_clear(const struct artist *a)
{
    return a->share >= .6 && a->shift >= 1.5;
}

static inline bool is_called(const struct design *d, const struct hs_recurrence *r)
{
    if (d->releases > 1)
        return r->recurring;
    return r->verdict == HS_ON_ONE_RELEASE && r->q < .10;
}

static inline void count_row(const struct design *d, const struct hs_recurrence *r,
                             const struct artist *a, struct result *out, double called[2])
{
    bool is_habit = a->shift > 0;
    called[is_habit] += is_called(d, r);
    out->habits += is_habit;
    out->clear += is_habit && is_clear(a);
    out->found += is_habit && is_called(d, r);
    out->found_clear += is_habit && is_clear(a) && is_called(d, r);
    for (size_t i = 0; i < r->n_rows && !r->recurring; i++)
        out->hidden += r->rows[i]->verdict == HS_RECURS;
    out->leans += is_habit && r->verdict == HS_LEANS;
    out->honest_leans += !is_habit && r->verdict == HS_LEANS;
    bool one = d->releases > 1 && r->verdict == HS_ON_ONE_RELEASE;
    *(is_habit ? &out->one : &out->honest_one) += one;
    *(is_habit ? &out->stretches : &out->honest_stretches) += r->recurring && r->of_stretch;
}

/* `check` sees every catalogue; NULL: none. */
typedef void check_fn(const struct hs_audit *audit, uint64_t seed);

static inline void simulate(const struct design *d, uint64_t seed, check_fn *check,
                            struct result *out)
{
    static const double shares[] = {.3, .6, 1}, shifts[] = {.8, 1.5, 2.5};
    struct hs_rng rng = {seed};
    struct synthetic s;
    struct hs_base_rate base[RULES];
    struct artist artist[RULES];
    char names[RULES][16];
    double called[2] = {0};
    synthetic_make(&s, d->releases, d->per_release);
    s.job.name = s.job.artist = "Simulated";
    for (size_t i = 0; i < s.job.n_tracks; i++) {
        s.audit.tracks[i].findings = HS_ARENA_ARRAY(&s.audit.arena, struct hs_finding, RULES);
        s.tracks[i].year = 2000; /* trends are another question */
        if (d->label)
            s.tracks[i].artist = hs_arena_printf(&s.audit.arena, "Artist %zu", s.tracks[i].release);
        if (d->engineers)
            s.tracks[i].mastered_by =
                hs_arena_printf(&s.audit.arena, "Engineer %zu", s.tracks[i].release % d->engineers);
    }
    for (int k = 0; k < d->rules; k++) {
        double artist_share = .05 + .3 * hs_rng_uniform(&rng);
        snprintf(names[k], sizeof names[k], "rule%02d", k);
        base[k] = draw_base(names[k], artist_share, d, &rng);
        artist[k] = draw_artist(artist_share, &rng);
        if (k < HABITS) {
            artist[k].share = shares[hs_rng_below(&rng, 3)];
            artist[k].shift = shifts[hs_rng_below(&rng, 3)];
            artist[k].by_mastering = d->pairs && k % 2;
            artist[k].by_first = d->by_first;
        }
        draw_rule(&s, d, names[k], artist_share, &artist[k], &rng);
    }
    clock_t before = clock();
    hs_catalogue_analyse_with(&s.audit, base, (size_t)d->rules);
    out->cpu_s += (double)(clock() - before) / CLOCKS_PER_SEC;
    for (size_t i = 0; i < s.audit.n_recurring; i++) {
        const struct hs_recurrence *r = &s.audit.recurring[i];
        count_row(d, r, &artist[atoi(r->rule + 4)], out, called);
    }
    if (check)
        check(&s.audit, seed);
    double wrong = called[0] > 0 ? called[0] / (called[0] + called[1]) : 0;
    out->runs++;
    out->share_false += wrong;
    out->square_false += wrong * wrong;
    synthetic_free(&s);
}

/* The catalogues from number `first` on. */
static inline struct result simulate_many(const struct design *d, int first, int runs)
{
    struct result r = {0};
    for (int i = first; i < first + runs; i++)
        simulate(d, 1000 * (uint64_t)i + 7, NULL, &r);
    return r;
}

#endif
