/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Releases with their mean and number of tracks, in the order of their years.
 * 2. A value of a track is the mean of its side of a place, what its release has of its own, and
 *    itself. For each ratio of the last two (between.h) the change at a place is Student's, with
 *    tracks - 2 degrees of freedom, and the ratio has a likelihood: that of releases which differ
 *    about the means of both sides, so that a change does not pass for unlike releases.
 * 3. What the ratio is nobody knows: all are weighed, by this value and by the others of the same
 *    tracks at the same place.
 * 4. The place of the smallest p is taken; it could have been any (Bonferroni).
 */
#include "catalogue/step.h"

#include "core/alloc.h"

#include <math.h>
#include <stdlib.h>

enum { LEAST_RELEASES = 2, LEAST_TRACKS = 4 };
/* Tracks of a release differ by this share of what releases do, at least: no value is exact. */
static const double least_within = .01;

struct release {
    size_t name;
    int year, n;
    double mean;
};

/* Sums over some releases by ratio; means weigh by what they vary. */
struct side {
    double weight[HS_RATIOS], mean[HS_RATIOS], square[HS_RATIOS];
    int releases, tracks;
};

/* The releases of one value, with what all of them have together. */
struct course {
    struct release *r;
    size_t n;
    double within; /* sum of squares of tracks about their releases */
    double logs[HS_RATIOS];
    struct side all;
    bool dated, moves; /* whether releases differ at all */
};

static int by_year(const void *a, const void *b)
{
    const struct release *x = a, *y = b;
    if (x->year != y->year)
        return x->year < y->year ? -1 : 1;
    return (x->name > y->name) - (x->name < y->name);
}

/* The releases with a known value, as they come. */
static void releases_of(const struct hs_sample *s, const int *year, struct course *c)
{
    for (size_t i = 0, j; i < s->n; i = j) {
        struct release r = {.name = s->release[i], .year = year[s->release[i]]};
        double sum = 0;
        for (j = i; j < s->n && s->release[j] == r.name; j++)
            if (isfinite(s->value[j])) {
                sum += s->value[j];
                r.n++;
            }
        r.mean = r.n ? sum / r.n : 0;
        for (size_t k = i; k < j; k++)
            c->within +=
                isfinite(s->value[k]) ? (s->value[k] - r.mean) * (s->value[k] - r.mean) : 0;
        if (r.n)
            c->r[c->n++] = r;
    }
}

/* Of the mean of n tracks of a release, in the variance within one. */
static double variance_of_mean(double ratio, int n)
{
    return ratio * ratio + 1. / n;
}

static void add(struct side *x, const struct release *r, int sign)
{
    for (size_t i = 0; i < HS_RATIOS; i++) {
        double w = sign / variance_of_mean(hs_between_ratio(i), r->n);
        x->weight[i] += w;
        x->mean[i] += w * r->mean;
        x->square[i] += w * r->mean * r->mean;
    }
    x->releases += sign;
    x->tracks += sign * r->n;
}

/* Means are held against the middle one, so that sums of squares stay small. */
static void centre(struct course *c)
{
    double middle = 0, between = 0;
    for (size_t j = 0; j < c->n; j++)
        middle += c->r[j].mean / (double)c->n;
    for (size_t j = 0; j < c->n; j++) {
        c->r[j].mean -= middle;
        c->moves = c->moves || c->r[j].mean < c->r[0].mean || c->r[j].mean > c->r[0].mean;
        between += c->r[j].mean * c->r[j].mean / (double)(c->n > 1 ? c->n - 1 : 1);
    }
    for (size_t j = 0; j < c->n; j++) {
        add(&c->all, &c->r[j], 1);
        c->dated = c->dated && c->r[j].year > 0;
        for (size_t i = 0; i < HS_RATIOS; i++)
            c->logs[i] += log(variance_of_mean(hs_between_ratio(i), c->r[j].n));
    }
    c->within = fmax(c->within, ((double)c->all.tracks - (double)c->n) * least_within *
                                    least_within * between);
}

static void course_make(const struct hs_sample *s, const int *year, struct course *c)
{
    *c = (struct course){.r = HS_NEW_ARRAY(struct release, s->n + 1), .dated = true};
    releases_of(s, year, c);
    qsort(c->r, c->n, sizeof *c->r, by_year);
    centre(c);
}

static double residual(const struct side *x, size_t i)
{
    return fmax(0, x->square[i] - x->mean[i] * x->mean[i] / x->weight[i]);
}

/* Whether the course can be divided before release j, of which `before` holds those before. */
static bool is_place(const struct course *c, const struct side *before, size_t j)
{
    int releases = c->all.releases - before->releases, tracks = c->all.tracks - before->tracks;
    return c->dated && j && c->r[j].year > c->r[j - 1].year && before->releases >= LEAST_RELEASES &&
           releases >= LEAST_RELEASES && before->tracks >= LEAST_TRACKS && tracks >= LEAST_TRACKS;
}

/* What one place says: the change and its variance, and the log likelihood, by ratio. */
struct look {
    double change[HS_RATIOS], variance[HS_RATIOS], log_likelihood[HS_RATIOS];
};

static void look_at(const struct course *c, const struct side *before, struct look *out)
{
    struct side after = c->all;
    double df = c->all.tracks - 2;
    for (size_t i = 0; i < HS_RATIOS; i++) {
        after.weight[i] -= before->weight[i];
        after.mean[i] -= before->mean[i];
        after.square[i] -= before->square[i];
        double squares = c->within + residual(before, i) + residual(&after, i);
        out->change[i] = after.mean[i] / after.weight[i] - before->mean[i] / before->weight[i];
        out->variance[i] = squares / df * (1 / before->weight[i] + 1 / after.weight[i]);
        out->log_likelihood[i] =
            -.5 * (c->logs[i] + log(before->weight[i]) + log(after.weight[i]) + df * log(squares));
    }
}

/* Adds what a value says of the ratio to the places, by their releases. */
static void gather(const struct course *c, struct hs_between *place)
{
    struct side before = {0};
    struct look x;
    for (size_t j = 0; j < c->n; add(&before, &c->r[j++], 1)) {
        if (!is_place(c, &before, j) || !(c->within > 0))
            continue;
        struct hs_between *b = &place[c->r[j].name];
        look_at(c, &before, &x);
        b->n++;
        for (size_t i = 0; i < HS_RATIOS; i++)
            b->log_likelihood[i] += x.log_likelihood[i];
    }
}

/* The step at one place. Values that do not vary at all on either side: another value is sure, the
 * same is no question. */
static struct hs_step step_at(const struct course *c, const struct side *before, size_t at,
                              const struct hs_between *place)
{
    struct look x;
    struct hs_step out = {.at = at, .change = 0};
    look_at(c, before, &x);
    for (size_t i = 0; i < HS_RATIOS && !(c->within > 0); i++)
        x.log_likelihood[i] = 0;
    hs_between_weigh(place, x.log_likelihood, out.error.weight);
    out.error.df = c->all.tracks - 2;
    for (size_t i = 0; i < HS_RATIOS; i++) {
        out.change += out.error.weight[i] * x.change[i];
        out.error.variance[i] = x.variance[i];
    }
    bool varies = x.variance[0] > 0;
    out.p = varies ? hs_between_beyond(&out.error, fabs(out.change)) : c->moves ? 0 : NAN;
    return out;
}

static struct hs_step best_of(const struct course *c, const struct hs_between *place)
{
    struct hs_step best = {.at = SIZE_MAX, .change = NAN, .p = NAN};
    struct side before = {0};
    for (size_t j = 0; j < c->n; add(&before, &c->r[j++], 1)) {
        if (!is_place(c, &before, j))
            continue;
        struct hs_step x = step_at(c, &before, c->r[j].name, &place[c->r[j].name]);
        x.places = best.places + 1;
        if (x.p < best.p || isnan(best.p))
            best = x;
        best.places = x.places;
    }
    if (!isnan(best.p))
        best.p = fmin(1, best.p * best.places);
    return best;
}

void hs_steps_find(const struct hs_sample *s, size_t n, const int *year, struct hs_step *out)
{
    size_t releases = 0;
    struct course *c = HS_NEW_ARRAY(struct course, n + 1);
    for (size_t k = 0; k < n; k++) {
        course_make(&s[k], year, &c[k]);
        for (size_t j = 0; j < c[k].n; j++)
            releases = c[k].r[j].name >= releases ? c[k].r[j].name + 1 : releases;
    }
    struct hs_between *place = HS_NEW_ARRAY(struct hs_between, releases + 1);
    for (size_t r = 0; r < releases; r++)
        place[r] = hs_between_changes;
    for (size_t k = 0; k < n; k++)
        gather(&c[k], place);
    for (size_t k = 0; k < n; k++) {
        out[k] = best_of(&c[k], place);
        hs_free(c[k].r);
    }
    hs_free(place);
    hs_free(c);
}

struct hs_interval hs_step_interval(const struct hs_step *x, double level)
{
    if (x->at == SIZE_MAX)
        return (struct hs_interval){NAN, NAN};
    double half = hs_between_reach(&x->error, level / fmax(1, x->places));
    return (struct hs_interval){x->change - half, x->change + half};
}
