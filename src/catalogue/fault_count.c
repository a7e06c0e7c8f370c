/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/fault_count.h"

#include "catalogue/quadrature.h"
#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* Up to so many tracks exactly, by normal distributions beyond. */
enum { EXACT_TRACKS = 500, FOLLOWED_TRACKS = 60, HALVINGS = 30 };

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

struct hs_base hs_base_of(const struct hs_base_levels *counts, size_t n_counts)
{
    struct hs_base b;
    double n = 0, fired[HS_LEVELS] = {0};
    for (size_t k = 0; k < n_counts; k++) {
        double worth = worth_of(&counts[k]);
        n += counts[k].judged * worth;
        for (int i = 0; i < HS_LEVELS; i++)
            fired[i] += counts[k].fired[i] * worth;
    }
    for (int i = 0; i < HS_LEVELS; i++)
        b.rate[i] = (fired[i] + prior_tracks * prior_rate[i]) / (n + prior_tracks);
    for (int i = HS_LEVELS - 2; i >= 0; i--)
        b.rate[i] = fmax(b.rate[i], b.rate[i + 1] * level_step);
    double p = b.rate[1], density = normal_density(hs_normal_quantile(1 - p));
    b.variance = p * (1 - p) / (n + prior_tracks + 1) / (density * density);
    return b;
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

/* f[k] = chance of k faults among n tracks of a release. */
static void release_chances(const double p[HS_NODES], int n, double *f)
{
    memset(f, 0, ((size_t)n + 1) * sizeof *f);
    for (int r = 0; r < HS_NODES; r++) {
        double log_p = log(p[r]), log_not = log1p(-p[r]), choose = 0;
        for (int k = 0; k <= n; k++) {
            f[k] += hs_nodes[r].w * exp(choose + k * log_p + (n - k) * log_not);
            choose += log(n - k) - log(k + 1);
        }
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

struct hs_interval hs_fault_count_interval(const struct hs_fault_count *c, double alpha)
{
    struct hs_interval out = {0, 1};
    int judged = 0;
    for (size_t j = 0; j < c->n; j++)
        judged += c->judged[j];
    for (int end = 0; end < 2; end++) {
        double low = 1e-6, high = 1 - 1e-6;
        if (end ? c->faulty == judged : c->faulty == 0)
            continue;
        for (int i = 0; i < HALVINGS; i++) {
            double mid = (low + high) / 2;
            struct tails t = tails_at(c, mid);
            bool below = end ? t.as_many_or_fewer > alpha : t.as_many_or_more < alpha;
            *(below ? &low : &high) = mid;
        }
        *(end ? &out.high : &out.low) = (low + high) / 2;
    }
    return out;
}
