/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values that are not known are left out. The mean and its error allow for correlation within
 * releases (clustered.h). The interval is that of the mean, moved on to the median and widened by
 * what a median varies more than a mean; p is of the median over that error, by Student's t.
 */
#include "catalogue/usual.h"

#include "catalogue/stats_counts.h"
#include "core/alloc.h"
#include "core/num.h"

#include <math.h>

enum { LEAST_VALUES = 3 };
static const double upper_tail = .975;

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

struct hs_correlation hs_sample_correlation(const struct hs_sample *s)
{
    struct known k;
    known_make(s, &k);
    struct hs_correlation c = hs_clusters_correlation(&k.clusters);
    known_free(&k);
    return c;
}

struct hs_clustered hs_sample_mean(const struct hs_sample *s, double rho)
{
    struct known k;
    known_make(s, &k);
    struct hs_clustered e = hs_clusters_estimate(&k.clusters, rho);
    known_free(&k);
    return e;
}

/* What a median varies more than a mean does: of a normal distribution pi / 2 as much, as far as
 * tracks vary within releases. */
static double cost_of_median(const struct known *k, size_t n)
{
    double squares = 0, releases = (double)k->clusters.n_releases;
    for (size_t r = 0; r < k->clusters.n_releases; r++) {
        size_t from = k->start[r], m = k->start[r + 1] - from;
        double mean = hs_mean(k->value + from, m);
        for (size_t i = from; i < from + m; i++)
            squares += (k->value[i] - mean) * (k->value[i] - mean);
    }
    double within = (double)n > releases ? squares / ((double)n - releases) : 0;
    return (HS_PI / 2 - 1) * within / (double)n;
}

/* The median with an interval for songs that hang together by release. */
struct hs_usual hs_usual_of(const struct hs_sample *s, double rho, double own_error)
{
    struct hs_usual u = {.median = NAN, .interval = {NAN, NAN}, .p = NAN, .q = NAN};
    struct known k;
    known_make(s, &k);
    size_t n = k.start[k.clusters.n_releases];
    if (n >= LEAST_VALUES) {
        struct hs_clustered e = hs_clusters_estimate(&k.clusters, rho);
        double se = sqrt(e.se * e.se + cost_of_median(&k, n) + own_error);
        double half = isnan(se) ? NAN : hs_student_quantile(upper_tail, e.df) * se;
        u.median = hs_median(k.value, n);
        u.n = (int)n;
        for (size_t i = 0; i < n; i++)
            u.same += u.median > 0 ? k.value[i] > 0 : k.value[i] < 0;
        u.interval = (struct hs_interval){u.median - half, u.median + half};
        u.p = se > 0 ? hs_student_p(u.median / se, e.df) : NAN;
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
    for (size_t i = 0; i < n; i++)
        u[i].q = q[i];
    hs_free(p);
    hs_free(q);
}
