/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Values that are not known are left out.
 * 2. The error of the mean: of two to four releases by how far they may differ (between.h), of one
 *    release and of five or more by clustered.h.
 * 3. The interval is that of the mean, moved on to the median and widened by what a median varies
 *    more than a mean; p is that of the median by the same error.
 */
#include "catalogue/usual.h"

#include "catalogue/stats_counts.h"
#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <string.h>

enum { LEAST_VALUES = 3 };
static const double upper_tail = .975;
/* Correlation of tracks within a release, where one release is all that there is. */
static const double usual_correlation = .4;

/* What is known of the sample, release by release. */
struct known {
    double *value;
    size_t *start;
    struct hs_clusters clusters;
};

/* Leaves out what is not known and notes where each release begins. For known_free. */
static void known_make(const struct hs_sample *s, struct known *k)
{
    size_t n = 0, releases = 0, last = SIZE_MAX;
    k->value = HS_NEW_ARRAY(double, s->n + 1);
    k->start = HS_NEW_ARRAY(size_t, s->n + 2);
    for (size_t i = 0; i < s->n; i++) {
        if (!isfinite(s->value[i]))
            continue;
        if (s->release[i] != last)
            k->start[releases++] = n;
        last = s->release[i];
        k->value[n++] = s->value[i];
    }
    k->start[releases] = n;
    k->clusters = (struct hs_clusters){k->value, k->start, releases};
}

static void known_free(struct known *k)
{
    hs_free(k->value);
    hs_free(k->start);
}

void hs_sample_between(const struct hs_sample *s, struct hs_between *b)
{
    struct known k;
    known_make(s, &k);
    hs_between_add(b, &k.clusters);
    known_free(&k);
}

struct hs_clustered hs_sample_mean(const struct hs_sample *s, double rho)
{
    struct known k;
    known_make(s, &k);
    struct hs_clustered e = hs_clusters_estimate(&k.clusters, rho);
    known_free(&k);
    return e;
}

/* Variance within releases; of single tracks that of all. */
static double within_of(const struct known *k, size_t n)
{
    double squares = 0, releases = (double)k->clusters.n_releases, all = hs_mean(k->value, n);
    bool single = n < k->clusters.n_releases + 2;
    for (size_t r = 0; r < k->clusters.n_releases; r++) {
        size_t from = k->start[r], m = k->start[r + 1] - from;
        double mean = single ? all : hs_mean(k->value + from, m);
        for (size_t i = from; i < from + m; i++)
            squares += (k->value[i] - mean) * (k->value[i] - mean);
    }
    return single ? squares / ((double)n - 1) : squares / ((double)n - releases);
}

/* What a median varies more than a mean does: of a normal distribution pi / 2 as much, as far as
 * tracks vary within releases. */
static double cost_of_median(const struct known *k, size_t n)
{
    return (HS_PI / 2 - 1) * within_of(k, n) / (double)n;
}

/* Leaves the values as they lie, release by release. */
static double median_of(const struct known *k, size_t n)
{
    double *copy = HS_NEW_ARRAY(double, n + 1);
    memcpy(copy, k->value, n * sizeof *copy);
    double median = hs_median(copy, n);
    hs_free(copy);
    return median;
}

/* Of the one release that there is: whether its median is not 0, whatever others are like. */
static double p_of_release(const struct known *k, size_t n, double median)
{
    double se = sqrt(HS_PI / 2 * within_of(k, n) / (double)n);
    return se > 0 ? hs_student_p(median / se, (double)n - 1) : NAN;
}

/* One release, where nothing is known of others, five and more, or single tracks. */
static void by_student(const struct known *k, double more, struct hs_usual *u)
{
    struct hs_clustered e = hs_clusters_estimate(&k->clusters, usual_correlation);
    double se = sqrt(e.se * e.se + more);
    double half = isnan(se) ? NAN : hs_student_quantile(upper_tail, e.df) * se;
    u->interval = (struct hs_interval){u->median - half, u->median + half};
    u->p = se > 0 ? hs_student_p(u->median / se, e.df) : NAN;
}

/* The median with an interval for songs that hang together by release. */
struct hs_usual hs_usual_of(const struct hs_sample *s, const struct hs_between *b, double own_error)
{
    struct hs_usual u = {
        .median = NAN, .interval = {NAN, NAN}, .p = NAN, .q = NAN, .p_here = NAN, .q_here = NAN};
    struct known k;
    struct hs_between_error e;
    known_make(s, &k);
    size_t n = k.start[k.clusters.n_releases];
    if (n >= LEAST_VALUES) {
        double more = cost_of_median(&k, n) + own_error;
        u.median = median_of(&k, n);
        u.n = (int)n;
        for (size_t i = 0; i < n; i++)
            u.same += u.median > 0 ? k.value[i] > 0 : k.value[i] < 0;
        if (hs_between_error(b, &k.clusters, more, &e)) {
            double half = hs_between_reach(&e, 2 * (1 - upper_tail));
            u.interval = (struct hs_interval){u.median - half, u.median + half};
            u.p = half > 0 ? hs_between_beyond(&e, fabs(u.median)) : NAN;
        } else
            by_student(&k, more, &u);
        if (k.clusters.n_releases == 1)
            u.p_here = p_of_release(&k, n, u.median);
    }
    known_free(&k);
    return u;
}

void hs_usual_correct(struct hs_usual *u, size_t n)
{
    double *p = HS_NEW_ARRAY(double, n + 1), *q = HS_NEW_ARRAY(double, n + 1);
    for (size_t i = 0; i < n; i++)
        p[i] = u[i].p;
    hs_benjamini_hochberg(p, n, q);
    for (size_t i = 0; i < n; i++) {
        u[i].q = q[i];
        p[i] = u[i].p_here;
    }
    hs_benjamini_hochberg(p, n, q);
    for (size_t i = 0; i < n; i++)
        u[i].q_here = q[i];
    hs_free(p);
    hs_free(q);
}
