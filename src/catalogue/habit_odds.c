/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Take the log likelihood of each release by hypothesis and kind of artist, and their sum. For
 *    changes and splits among fewer than 40 releases the correlation within one is at least 0.20.
 * 2. Odds of a habit: the mean likelihood of the habits over that of none, each the weighted mean
 *    over kinds of artist.
 * 3. Split: a habit on one side alone (the mean of both ways) over the better of all and none.
 * 4. Change: the same for each place between releases (at most 100 places, 4 tracks on either
 *    side), as the mean over places. The range holds 0.8 of the odds around the best place.
 */
#include "catalogue/habit_odds.h"

#include "catalogue/habit_likelihood.h"
#include "catalogue/release_icc.h"
#include "core/alloc.h"

#include <math.h>
#include <string.h>

enum { LEAST_TRACKS = 4 }; /* on either side of a change */

/* p is at most .12 / odds; this held for 6 to 48 tracks and all spreads that were tried. */
static const double p_of_one = .12;
static const double most_of_it = .8;
/* From so many releases on the correlation within them is known well enough to be used for changes
 * as it is. */
enum { ICC_KNOWN_FROM = 40 };

struct hs_habit_odds {
    size_t n;
    int *tracks;         /* by release */
    hs_likelihoods all;  /* log likelihood of all releases */
    hs_likelihoods *one; /* of each, with the least correlation for changes */
    double weight[HS_ARTISTS];
    float single_weight[HS_ARTISTS]; /* the same */
};

/* log of the sum of w exp(x); w NULL: of ones. */
static double log_sum(const double *x, const double *w, size_t n)
{
    double most = -INFINITY, sum = 0;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, x[i]);
    for (size_t i = 0; i < n && most > -INFINITY; i++)
        sum += (w ? w[i] : 1) * exp(x[i] - most);
    return most + log(sum);
}

static void add_release(hs_likelihoods sum, hs_likelihoods one)
{
    for (int h = 0; h < HS_HYPOTHESES; h++)
        for (int a = 0; a < HS_ARTISTS; a++)
            sum[h][a] += one[h][a];
}

/* With a single release, its own part cannot be told from that of the artist: a fixed value. */
static double icc_of(const struct hs_habit_model *m, const struct hs_class_counts *c)
{
    return c->n == 1 ? .20 : m->icc;
}

/* Likelihoods of each release are kept, so that groups and halves of a catalogue cost little. */
struct hs_habit_odds *hs_habit_odds_new(const struct hs_habit_model *m,
                                        const struct hs_class_counts *c, bool apart)
{
    struct hs_habit_odds *o = HS_NEW(struct hs_habit_odds);
    double icc = icc_of(m, c);
    o->n = c->n;
    o->tracks = HS_NEW_ARRAY(int, c->n + 1);
    o->one = hs_calloc(c->n + 1, sizeof *o->one);
    for (size_t a = 0; a < HS_ARTISTS; a++) {
        o->weight[a] = hs_habit_artist_weight(a);
        o->single_weight[a] = (float)o->weight[a];
    }
    hs_habit_likelihoods(m, icc, c, o->one);
    for (size_t j = 0; j < c->n; j++) {
        for (size_t k = 0; k < HS_CLASSES; k++)
            o->tracks[j] += c->by_release[j][k];
        add_release(o->all, o->one[j]);
    }
    double least = c->n < ICC_KNOWN_FROM ? HS_ICC_APART : 0;
    least = m->icc_apart > 0 ? m->icc_apart : least;
    if (apart && icc < least && c->n > 1)
        hs_habit_likelihoods(m, least, c, o->one);
    return o;
}

void hs_habit_odds_free(struct hs_habit_odds *o)
{
    if (!o)
        return;
    hs_free(o->one);
    hs_free(o->tracks);
    hs_free(o);
}

/* One release goes over from those after a place to those before it. */
static void move_release(hs_likelihoods before, hs_likelihoods after, hs_likelihoods one)
{
    for (int h = 0; h < HS_HYPOTHESES; h++)
        for (int a = 0; a < HS_ARTISTS; a++) {
            before[h][a] += one[h][a];
            after[h][a] -= one[h][a];
        }
}

/* Mean over the habits of their likelihoods; `with` has it, `without` (may be NULL) has not. */
static double log_with(const struct hs_habit_odds *o, hs_likelihoods with, hs_likelihoods *without)
{
    double l[HS_HABITS], x[HS_ARTISTS];
    for (int h = 0; h < HS_HABITS; h++) {
        double most = -INFINITY;
        float sum = 0, below[HS_ARTISTS], weighted[HS_ARTISTS];
        for (int a = 0; a < HS_ARTISTS; a++) {
            x[a] = with[1 + h][a] + (without ? (*without)[0][a] : 0);
            most = x[a] > most ? x[a] : most;
        }
        for (int a = 0; a < HS_ARTISTS; a++)
            below[a] = (float)(x[a] - most);
        for (int a = 0; a < HS_ARTISTS; a++)
            weighted[a] = o->single_weight[a] * hs_exp_single(below[a]);
        for (int a = 0; a < HS_ARTISTS; a++)
            sum += weighted[a];
        l[h] = most + (double)logf(sum);
    }
    return log_sum(l, NULL, HS_HABITS) - log(HS_HABITS);
}

double hs_habit_odds_log(struct hs_habit_odds *o)
{
    return log_with(o, o->all, NULL) - log_sum(o->all[0], o->weight, HS_ARTISTS);
}

/* Of releases that are all alike: none has it, or all. */
static double log_same(const struct hs_habit_odds *o, hs_likelihoods here, hs_likelihoods elsewhere)
{
    hs_likelihoods sum;
    memcpy(sum, here, sizeof sum);
    add_release(sum, elsewhere);
    return fmax(log_sum(sum[0], o->weight, HS_ARTISTS), log_with(o, sum, NULL));
}

static double log_mean_of_two(double a, double b)
{
    return log_sum((double[]){a, b}, NULL, 2) - log(2);
}

double hs_habit_odds_split(struct hs_habit_odds *o, const bool *here, bool *on)
{
    hs_likelihoods side[2] = {{{0}}};
    for (size_t j = 0; j < o->n; j++)
        add_release(side[here[j]], o->one[j]);
    double with = log_with(o, side[1], &side[0]), without = log_with(o, side[0], &side[1]);
    *on = with > without;
    return log_mean_of_two(with, without) - log_same(o, side[1], side[0]);
}

/* The places that hold most of the odds, around the best one, where every so many were asked;
 * `place` becomes what each holds. */
static void narrow(double *place, size_t n, size_t every, struct hs_habit_change *out)
{
    double best = place[out->at], all = 0;
    for (size_t i = 0; i < n; i++)
        all += place[i] = exp(place[i] - best);
    double held = place[out->at];
    out->from = out->to = out->at;
    while (held < most_of_it * all) {
        double before = out->from >= every ? place[out->from - every] : 0;
        double behind = out->to + every < n ? place[out->to + every] : 0;
        if (!(before > 0) && !(behind > 0))
            break;
        held += before > behind ? before : behind;
        if (before > behind)
            out->from -= every;
        else
            out->to += every;
    }
}

/* A catalogue is divided before each release. Of more than 100 releases only every n-th place is
 * tried: a change a few releases away gives nearly the same likelihood. */
enum { MOST_PLACES = 100 };

struct division {
    hs_likelihoods before, after;
    int seen, total; /* tracks */
};

/* Likelihoods of both ways a change could be at this place; the better one is kept. */
static double at_place(const struct hs_habit_odds *o, struct division *d, size_t j, double *best,
                       struct hs_habit_change *out)
{
    double began = log_with(o, d->after, &d->before), ended = log_with(o, d->before, &d->after);
    if (fmax(began, ended) > *best) {
        *best = fmax(began, ended);
        out->at = j;
        out->began = began > ended;
    }
    return log_sum((double[]){began, ended}, NULL, 2);
}

/* Did the habit begin or end at some release? All places are weighed. */
struct hs_habit_change hs_habit_odds_change(struct hs_habit_odds *o)
{
    struct hs_habit_change out = {.log_odds = -INFINITY};
    struct division *d = HS_NEW(struct division);
    double *place = HS_NEW_ARRAY(double, o->n + 1), best = -INFINITY;
    size_t n = 0, every = (o->n + MOST_PLACES - 1) / MOST_PLACES;
    for (size_t j = 0; j < o->n; j++) {
        add_release(d->after, o->one[j]);
        d->total += o->tracks[j];
    }
    double same = log_same(o, d->before, d->after);
    for (size_t j = 0; j < o->n; j++) {
        bool both_sides = d->seen >= LEAST_TRACKS && d->total - d->seen >= LEAST_TRACKS;
        bool asked = both_sides && j % every == 0;
        place[j] = asked ? at_place(o, d, j, &best, &out) : -INFINITY;
        n += asked;
        move_release(d->before, d->after, o->one[j]);
        d->seen += o->tracks[j];
    }
    if (n) {
        out.log_odds = log_sum(place, NULL, o->n) - log(2 * (double)n) - same;
        narrow(place, o->n, every, &out);
    }
    hs_free(place);
    hs_free(d);
    return out;
}

double hs_habit_p(double log_odds)
{
    return fmin(1, p_of_one * exp(-log_odds));
}

enum hs_strength hs_habit_strength(double log_odds)
{
    return log_odds >= log(30)   ? HS_STRENGTH_STRONG
           : log_odds >= log(10) ? HS_STRENGTH_FAIR
           : log_odds >= log(3)  ? HS_STRENGTH_SOME
                                 : HS_STRENGTH_NONE;
}
