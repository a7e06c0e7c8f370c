/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How likely a count of faults is at a given rate:
 * 1. The base rate is the count elsewhere with a prior worth 20 tracks. Tracks of one artist count
 *    for less than independent ones.
 * 2. A track is at fault where a normal variable is beyond a cut. Part of it is common to all
 *    tracks (how uncertain the base rate is), part to the tracks of a release (icc).
 * 3. Both common parts are integrated by quadrature. For given ones the faults of a release are
 *    binomial, and the counts of the releases are added by convolution. Beyond 500 tracks the sum
 *    is taken as normal.
 * 4. The ends of the interval are the rates at which a tail is alpha, found by false position
 *    (Illinois).
 */
#include "catalogue/fault_count.h"

#include "catalogue/quadrature.h"
#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* Up to so many tracks exactly, by normal distributions beyond. */
enum { EXACT_TRACKS = 500, FOLLOWED_TRACKS = 60, MOST_STEPS = 100 };
/* Ends of intervals are looked for among rates of 1e-6 to 1 - 1e-6, as quantiles. */
static const double furthest = 4.7534, near_enough = 1e-10;

/* Shares of songs that reach each level on music that nobody complains about, worth 20 tracks;
 * tracks of one artist correlate by .06. */
static const double prior_rate[HS_LEVELS] = {.097, .052, .028, .0050};
static const double prior_tracks = 20, artist_correlation = .06, level_step = 1.15;

static double normal_density(double z)
{
    return exp(-z * z / 2) / sqrt(2 * HS_PI);
}

/* What a track counts for among others of its artist. */
static double worth_of(const struct hs_base_levels *l)
{
    if (!(l->judged > 0) || !(l->artists > 0))
        return 0;
    return 1 / (1 + fmax(0, l->judged / l->artists - 1) * artist_correlation);
}

static void keep_apart(double rate[HS_LEVELS])
{
    for (int i = HS_LEVELS - 2; i >= 0; i--)
        rate[i] = fmax(rate[i], rate[i + 1] * level_step);
}

/* A count with 20 tracks of a prior. */
static struct hs_base counted_with(const struct hs_base_levels *l, const double prior[HS_LEVELS])
{
    struct hs_base b;
    double worth = worth_of(l), n = l->judged * worth;
    for (int i = 0; i < HS_LEVELS; i++)
        b.rate[i] = (l->fired[i] * worth + prior_tracks * prior[i]) / (n + prior_tracks);
    keep_apart(b.rate);
    double p = b.rate[1], density = normal_density(hs_normal_quantile(1 - p));
    b.variance = p * (1 - p) / (n + prior_tracks + 1) / (density * density);
    return b;
}

struct hs_base hs_base_of_spread(const double rate[HS_LEVELS], double tracks)
{
    const struct hs_base_levels of = {.judged = tracks, .artists = 1};
    struct hs_base b;
    memcpy(b.rate, rate, sizeof b.rate);
    keep_apart(b.rate);
    /* a spread of n values is off by one part in the root of 2 n */
    double cut = hs_normal_quantile(1 - b.rate[1]);
    b.variance = cut * cut / (2 * tracks * worth_of(&of));
    return b;
}

struct hs_base hs_base_of(const struct hs_base_levels *counts)
{
    return counted_with(counts, prior_rate);
}

struct hs_base hs_base_of_references(const struct hs_base_levels *references,
                                     const struct hs_base *elsewhere)
{
    return counted_with(references, elsewhere->rate);
}

/* Chance of a fault, for each value of what all tracks share (first index) and of what those of
 * a release share. */
static void chances(const struct hs_fault_count *c, double rate, double p[HS_NODES][HS_NODES])
{
    double cut = -hs_normal_quantile(rate) * sqrt(1 + c->variance);
    for (int g = 0; g < HS_NODES; g++)
        for (int r = 0; r < HS_NODES; r++) {
            double z = (-cut + sqrt(c->variance) * hs_nodes[g].x + sqrt(c->icc) * hs_nodes[r].x) /
                       sqrt(1 - c->icc);
            p[g][r] = fmin(fmax(hs_normal_cdf(z), 1e-15), 1 - 1e-15);
        }
}

/* f[k] = chance of k faults among n tracks of a release, from the likeliest count outwards. */
static void release_chances(const double p[HS_NODES], int n, double *f)
{
    memset(f, 0, ((size_t)n + 1) * sizeof *f);
    for (int r = 0; r < HS_NODES; r++) {
        double odds = p[r] / (1 - p[r]), choose = 1;
        int middle = (int)fmin(p[r] * (n + 1), n);
        for (int k = 0; k < middle; k++)
            choose *= (double)(n - k) / (k + 1);
        double here = hs_nodes[r].w * choose * pow(p[r], middle) * pow(1 - p[r], n - middle);
        double x = here;
        f[middle] += x;
        for (int k = middle; k < n; k++)
            f[k + 1] += x *= odds * (n - k) / (k + 1);
        x = here;
        for (int k = middle; k > 0; k--)
            f[k - 1] += x *= k / (odds * (n - k + 1));
    }
}

/* sum[0 .. len) becomes the sum of two independent counts, as far as it is below `most`; returns
 * its length. */
static size_t add_count(double *sum, size_t len, const double *f, int n, size_t most,
                        double *scratch)
{
    size_t longer = len + (size_t)n < most ? len + (size_t)n : most;
    memset(scratch, 0, longer * sizeof *scratch);
    for (size_t k = 0; k <= (size_t)n && k < longer; k++)
        for (size_t i = 0; i < len && i + k < longer; i++)
            scratch[i + k] += sum[i] * f[k];
    memcpy(sum, scratch, longer * sizeof *scratch);
    return longer;
}

struct tails {
    double as_many_or_more, as_many_or_fewer;
};

/* For one value of what all share. Of many tracks only counts up to the one that is asked for are
 * followed: what is left to 1 is more. */
static struct tails exact_tails(const struct hs_fault_count *c, const double p[HS_NODES],
                                size_t total)
{
    double *sum = HS_NEW_ARRAY(double, total + 2), *scratch = HS_NEW_ARRAY(double, total + 2);
    double *f = HS_NEW_ARRAY(double, total + 2);
    size_t len = 1, asked = (size_t)c->faulty;
    bool whole = total <= FOLLOWED_TRACKS;
    int before = -1;
    sum[0] = 1;
    /* the distribution of the sum, release by release */
    for (size_t j = 0; j < c->n; j++) {
        if (c->judged[j] != before)
            release_chances(p, c->judged[j], f);
        before = c->judged[j];
        len = add_count(sum, len, f, c->judged[j], whole ? total + 1 : asked + 1, scratch);
    }
    struct tails t = {0, 0};
    double fewer = 0;
    for (size_t k = 0; k < len; k++) {
        t.as_many_or_more += k >= asked ? sum[k] : 0;
        t.as_many_or_fewer += k <= asked ? sum[k] : 0;
        fewer += k < asked ? sum[k] : 0;
    }
    if (!whole)
        t.as_many_or_more = 1 - fewer;
    hs_free(sum);
    hs_free(scratch);
    hs_free(f);
    return t;
}

/* The sum over releases as a normal distribution, with a correction for continuity. */
static struct tails normal_tails(const struct hs_fault_count *c, const double p[HS_NODES])
{
    double m = 0, s = 0, mean = 0, variance = 0;
    for (int r = 0; r < HS_NODES; r++) {
        m += hs_nodes[r].w * p[r];
        s += hs_nodes[r].w * p[r] * p[r];
    }
    for (size_t j = 0; j < c->n; j++) {
        double n = c->judged[j];
        mean += n * m;
        variance += n * (m - s) + n * n * (s - m * m);
    }
    double sd = sqrt(variance);
    return (struct tails){hs_normal_cdf((mean - c->faulty + 0.5) / sd),
                          hs_normal_cdf((c->faulty + 0.5 - mean) / sd)};
}

/* Both tails of the count at this rate, averaged over what all tracks share. */
static struct tails tails_at(const struct hs_fault_count *c, double rate)
{
    double p[HS_NODES][HS_NODES];
    struct tails sum = {0, 0};
    size_t total = 0;
    for (size_t j = 0; j < c->n; j++)
        total += (size_t)c->judged[j];
    chances(c, rate, p);
    for (int g = 0; g < HS_NODES; g++) {
        struct tails t =
            total <= EXACT_TRACKS ? exact_tails(c, p[g], total) : normal_tails(c, p[g]);
        sum.as_many_or_more += hs_nodes[g].w * t.as_many_or_more;
        sum.as_many_or_fewer += hs_nodes[g].w * t.as_many_or_fewer;
    }
    return sum;
}

double hs_fault_count_tail(const struct hs_fault_count *c, double rate)
{
    return c->faulty > 0 ? fmin(1, tails_at(c, rate).as_many_or_more) : 1;
}

/* One end of the interval; what is beyond it is less likely than alpha. */
struct end {
    const struct hs_fault_count *count;
    bool high;
    double limit; /* alpha as a quantile of the normal distribution */
};

/* Quantile of the tail above the limit, at the rate whose quantile is z: nearly a straight line. */
static double above_limit(const struct end *e, double z)
{
    const double least = 1e-300, most = 1 - 1e-16;
    struct tails t = tails_at(e->count, hs_normal_cdf(z));
    double tail = e->high ? t.as_many_or_fewer : t.as_many_or_more;
    return hs_normal_quantile(fmin(fmax(tail, least), most)) - e->limit;
}

/* The rate at this end: by the false position, that of an end which stays halved (Illinois). */
static double crossing(const struct end *e)
{
    double a = -furthest, b = furthest, at_a = above_limit(e, a), at_b = above_limit(e, b), z = a;
    int kept = 0; /* which end stayed before: -1 a, 1 b */
    if (at_a * at_b > 0)
        return hs_normal_cdf(fabs(at_a) < fabs(at_b) ? a : b);
    for (int i = 0; i < MOST_STEPS; i++) {
        z = (a * at_b - b * at_a) / (at_b - at_a);
        double at_z = above_limit(e, z);
        if (fabs(at_z) < near_enough)
            break;
        bool left = at_z * at_a > 0;
        *(left ? &a : &b) = z;
        *(left ? &at_a : &at_b) = at_z;
        if (kept == (left ? 1 : -1))
            *(left ? &at_b : &at_a) /= 2;
        kept = left ? 1 : -1;
    }
    return hs_normal_cdf(z);
}

/* The rates that the count does not rule out. */
struct hs_interval hs_fault_count_interval(const struct hs_fault_count *c, double alpha)
{
    struct hs_interval out = {0, 1};
    double limit = hs_normal_quantile(alpha);
    int judged = 0;
    for (size_t j = 0; j < c->n; j++)
        judged += c->judged[j];
    if (c->faulty > 0)
        out.low = crossing(&(struct end){c, false, limit});
    if (c->faulty < judged)
        out.high = crossing(&(struct end){c, true, limit});
    return out;
}
