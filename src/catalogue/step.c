/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Releases with their mean and number of tracks, in the order of their years. A release weighs
 *    by the variance of its mean, whose tracks are taken to correlate by .35: with .1 chance was
 *    called a change in a quarter of catalogues that correlate by .5 (docs/recurrence.md).
 * 2. At each place the weighted means of both sides are compared. The variance between releases is
 *    that about both means, with a prior of four releases at the variance that tracks within
 *    releases would give; Student's t with releases + 2 degrees of freedom, as for drifts
 *    (steady.h). Where no release has two tracks there is no prior.
 * 3. The place of the smallest p is taken; it could have been any (Bonferroni).
 */
#include "catalogue/step.h"

#include "core/alloc.h"

#include <math.h>
#include <stdlib.h>

static const double usual_icc = .35, prior_releases = 4;
enum { LEAST_RELEASES = 2, LEAST_TRACKS = 4 };

struct release {
    size_t name;
    int year, n;
    double mean, weight;
};

/* Sums over some releases. */
struct side {
    double weight, mean, square; /* the last two: weighted sums of the means and their squares */
    int releases, tracks;
};

static int by_year(const void *a, const void *b)
{
    const struct release *x = a, *y = b;
    if (x->year != y->year)
        return x->year < y->year ? -1 : 1;
    return (x->name > y->name) - (x->name < y->name);
}

/* The releases with a known value; `within` is the variance of tracks within them, 0 where none has
 * two. */
static size_t releases_of(const struct hs_sample *s, const int *year, struct release *out,
                          double *within)
{
    size_t n = 0;
    double squares = 0, pairs = 0;
    for (size_t i = 0, j; i < s->n; i = j) {
        struct release r = {.name = s->release[i], .year = year[s->release[i]]};
        double sum = 0, own = 0;
        for (j = i; j < s->n && s->release[j] == r.name; j++)
            if (isfinite(s->value[j])) {
                sum += s->value[j];
                r.n++;
            }
        r.mean = r.n ? sum / r.n : 0;
        for (size_t k = i; k < j; k++)
            own += isfinite(s->value[k]) ? (s->value[k] - r.mean) * (s->value[k] - r.mean) : 0;
        squares += own;
        pairs += r.n ? r.n - 1 : 0;
        if (r.n)
            out[n++] = r;
    }
    *within = pairs > 0 ? squares / pairs : 0;
    return n;
}

/* Of the mean of n tracks, in the variance within a release. */
static double variance_of_mean(double n)
{
    return 1 / n + usual_icc / (1 - usual_icc);
}

static void weigh(struct release *r, size_t n)
{
    double all = 0;
    for (size_t j = 0; j < n; j++)
        all += r[j].weight = 1 / variance_of_mean(r[j].n);
    for (size_t j = 0; j < n; j++)
        r[j].weight *= (double)n / all;
}

static void add(struct side *x, const struct release *r, int sign)
{
    x->weight += sign * r->weight;
    x->mean += sign * r->weight * r->mean;
    x->square += sign * r->weight * r->mean * r->mean;
    x->releases += sign;
    x->tracks += sign * r->n;
}

static double residual(const struct side *x)
{
    return fmax(0, x->square - x->mean * x->mean / x->weight);
}

static bool is_enough(const struct side *x)
{
    return x->releases >= LEAST_RELEASES && x->tracks >= LEAST_TRACKS;
}

/* The place between both sides, if it is surer than what was found. */
static void look(const struct side *before, const struct side *after, double prior, size_t at,
                 struct hs_step *best)
{
    double releases = before->releases + after->releases;
    double df = releases - 2 + (prior > 0 ? prior_releases : 0);
    double variance = (residual(before) + residual(after) + prior_releases * prior) / df;
    struct hs_step x = {.at = at,
                        .change = after->mean / after->weight - before->mean / before->weight,
                        .se = sqrt(variance * (1 / before->weight + 1 / after->weight)),
                        .df = df};
    /* values that do not vary at all on either side: another value is sure, the same is no question
     */
    bool moved = x.change < 0 || x.change > 0;
    x.p = x.se > 0 ? hs_student_p(x.change / x.se, df) : moved ? 0 : NAN;
    if (x.p < best->p || isnan(best->p)) {
        int places = best->places;
        *best = x;
        best->places = places;
    }
}

struct hs_step hs_step_find(const struct hs_sample *s, const int *year)
{
    struct hs_step best = {.at = SIZE_MAX, .change = NAN, .se = NAN, .df = NAN, .p = NAN};
    struct release *r = HS_NEW_ARRAY(struct release, s->n + 1);
    struct side before = {0}, after = {0};
    double within;
    size_t n = releases_of(s, year, r, &within);
    bool dated = n > 0;
    qsort(r, n, sizeof *r, by_year);
    weigh(r, n);
    for (size_t j = 0; j < n; j++) {
        dated = dated && r[j].year > 0;
        add(&after, &r[j], 1);
    }
    double prior = n ? within * variance_of_mean((double)after.tracks / (double)n) : 0;
    for (size_t j = 0; j < n && dated; j++) {
        if (j && r[j].year > r[j - 1].year && is_enough(&before) && is_enough(&after)) {
            best.places++;
            look(&before, &after, prior, r[j].name, &best);
        }
        add(&before, &r[j], 1);
        add(&after, &r[j], -1);
    }
    if (!isnan(best.p))
        best.p = fmin(1, best.p * best.places);
    hs_free(r);
    return best;
}

struct hs_interval hs_step_interval(const struct hs_step *x, double level)
{
    double half = hs_student_quantile(1 - level / (2 * fmax(1, x->places)), x->df) * x->se;
    return x->at == SIZE_MAX ? (struct hs_interval){NAN, NAN}
                             : (struct hs_interval){x->change - half, x->change + half};
}
