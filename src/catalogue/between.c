/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. A value of track i of release j is mean + r_j + e_ij; s is the spread of r over that of e.
 * 2. For a given s the mean, its error and the likelihood of s are those of the one-way random
 *    effects model with the usual flat priors on mean and log spread (Box & Tiao 1973, ch. 5): the
 *    mean has a Student distribution with n - 1 degrees of freedom.
 * 3. s has a half-Cauchy prior (Gelman, Bayesian Analysis 1, 2006), tilted to what other values of
 *    the same tracks say: as much as a few of them are worth, because third octaves hang together.
 * 4. Tails of Student's t by Wallace's transformation (Biometrics 15, 1959): within .001.
 */
#include "catalogue/between.h"

#include "core/normal_quick.h"
#include "core/num.h"

#include <math.h>

/* Of s: from releases that do not differ to those that differ 300 times as much as their tracks. */
static const double first_ratio = .03, last_ratio = 316;
/* With other values worth 1.5 and a usual ratio of 1.5 (a correlation of .7 within a release),
 * intervals over 2 to 4 releases hold the truth in 95 % of all values also where these correlate by
 * 0 to .9 side by side; with 3 and .8 in 94 % (docs/recurrence-method.md). Songs have no other
 * values to go by, and correlate by less: .39. Of changes all places are looked at for the largest,
 * so that others count for less: with 1.5 chance was called one in .15 of catalogues whose values
 * correlate by 0 and .6 in turn (tests/test_habit_changes.c). */
const struct hs_between hs_between_habits = {.usual = 1.5, .worth = 1.5},
                        hs_between_songs = {.usual = .8, .worth = 1.5},
                        hs_between_changes = {.usual = .8, .worth = .75};

/* Tracks of a release differ by this share of what releases do, at least: no value is exact. */
static const double least_within = .01;
enum { HALVINGS = 40, RELEASES = HS_BETWEEN_MOST };

double hs_between_ratio(size_t i)
{
    double step = log(last_ratio / first_ratio) / (HS_RATIOS - 1);
    return first_ratio * exp(step * (double)i);
}

struct sums {
    double n, within; /* tracks; sum of squares within releases */
    double mean[RELEASES], size[RELEASES];
    size_t releases;
};

static bool sums_make(const struct hs_clusters *c, struct sums *s)
{
    *s = (struct sums){.releases = c->n_releases};
    if (c->n_releases < 2 || c->n_releases > RELEASES ||
        c->start[c->n_releases] < c->n_releases + 2)
        return false;
    s->n = (double)c->start[c->n_releases];
    double middle = 0, between = 0, k = (double)c->n_releases;
    for (size_t r = 0; r < c->n_releases; r++) {
        size_t from = c->start[r], n = c->start[r + 1] - from;
        s->size[r] = (double)n;
        s->mean[r] = hs_mean(c->value + from, n);
        middle += s->mean[r] / k;
        for (size_t i = from; i < from + n; i++)
            s->within += (c->value[i] - s->mean[r]) * (c->value[i] - s->mean[r]);
    }
    for (size_t r = 0; r < c->n_releases; r++)
        between += (s->mean[r] - middle) * (s->mean[r] - middle) / (k - 1);
    s->within = fmax(s->within, (s->n - k) * least_within * least_within * between);
    return true;
}

/* The log likelihood of a ratio, and the variance of the mean where it holds. */
static double look(const struct sums *s, double ratio, double *variance)
{
    double weights = 0, mean = 0, squares = s->within, logs = 0;
    for (size_t r = 0; r < s->releases; r++) {
        double v = ratio * ratio + 1 / s->size[r];
        weights += 1 / v;
        mean += s->mean[r] / v;
        logs += log(v);
    }
    mean /= weights;
    for (size_t r = 0; r < s->releases; r++)
        squares += (s->mean[r] - mean) * (s->mean[r] - mean) / (ratio * ratio + 1 / s->size[r]);
    *variance = squares / (s->n - 1) / weights;
    return -.5 * (logs + log(weights) + (s->n - 1) * log(squares));
}

void hs_between_add(struct hs_between *b, const struct hs_clusters *c)
{
    struct sums s;
    double variance;
    if (!sums_make(c, &s) || !(s.within > 0))
        return;
    b->n++;
    for (size_t i = 0; i < HS_RATIOS; i++)
        b->log_likelihood[i] += look(&s, hs_between_ratio(i), &variance);
}

void hs_between_weigh(const struct hs_between *b, const double own[HS_RATIOS],
                      double weight[HS_RATIOS])
{
    double most = -INFINITY, all = 0;
    for (size_t i = 0; i < HS_RATIOS; i++) {
        double ratio = hs_between_ratio(i), of = ratio / b->usual;
        /* even steps of the logarithm: the density is times the ratio */
        double prior = log(ratio / (1 + of * of));
        double others = b->n ? b->worth * b->log_likelihood[i] / (double)b->n : 0;
        weight[i] = prior + others + own[i];
        most = fmax(most, weight[i]);
    }
    for (size_t i = 0; i < HS_RATIOS; i++)
        all += weight[i] = exp(weight[i] - most);
    for (size_t i = 0; i < HS_RATIOS; i++)
        weight[i] /= all;
}

bool hs_between_error(const struct hs_between *b, const struct hs_clusters *c, double more,
                      struct hs_between_error *out)
{
    struct sums s;
    if (!sums_make(c, &s))
        return false;
    double own[HS_RATIOS];
    out->df = s.n - 1;
    for (size_t i = 0; i < HS_RATIOS; i++) {
        own[i] = look(&s, hs_between_ratio(i), &out->variance[i]);
        own[i] = s.within > 0 ? own[i] : 0;
        out->variance[i] += more;
    }
    hs_between_weigh(b, own, out->weight);
    return true;
}

double hs_between_beyond(const struct hs_between_error *e, double distance)
{
    double sum = 0, shape = (8 * e->df + 1) / (8 * e->df + 3);
    for (size_t i = 0; i < HS_RATIOS; i++) {
        double t = e->variance[i] > 0 ? distance * distance / e->variance[i] : INFINITY;
        if (isfinite(t))
            sum += e->weight[i] * 2 * hs_normal_quick(-shape * sqrt(e->df * log1p(t / e->df)));
    }
    return fmin(sum, 1);
}

double hs_between_reach(const struct hs_between_error *e, double p)
{
    double low = 0, high = 0;
    for (size_t i = 0; i < HS_RATIOS; i++)
        high = fmax(high, sqrt(e->variance[i]));
    high *= 100;
    for (int i = 0; i < HALVINGS; i++) {
        double mid = (low + high) / 2;
        *(hs_between_beyond(e, mid) > p ? &low : &high) = mid;
    }
    return (low + high) / 2;
}
