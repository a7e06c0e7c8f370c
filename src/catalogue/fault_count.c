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
#include "core/normal_quick.h"
#include "core/num.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* Up to so many tracks exactly, by normal distributions beyond. */
enum { EXACT_TRACKS = 500, FOLLOWED_TRACKS = 60, MOST_STEPS = 100 };
/* Ends of intervals are looked for among rates of 1e-6 to 1 - 1e-6, as quantiles. */
static const double furthest = 4.7534, near_enough = 1e-10;
/* No chance of a fault is less, or that of a sound track. */
static const double least_chance = 1e-15;

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

/* The values of what all tracks share side by side, with one of no weight that fills up the
 * vectors. */
enum { LANES = HS_NODES + 1 };
struct lanes {
    double x[LANES];
};

#define ALWAYS __attribute__((always_inline))

/* Chance of a fault, for each value of what those of a release share (p[r]) and of what all tracks
 * share. */
static inline ALWAYS void chances(const struct hs_fault_count *c, double cut,
                                  struct lanes p[HS_NODES])
{
    struct lanes shared = {{0}};
    const double release = sqrt(c->icc), own = sqrt(1 - c->icc);
    for (int g = 0; g < HS_NODES; g++)
        shared.x[g] = sqrt(c->variance) * hs_nodes[g].x;
    for (int r = 0; r < HS_NODES; r++)
        for (int g = 0; g < LANES; g++) {
            double x = hs_normal_quick((-cut + shared.x[g] + release * hs_nodes[r].x) / own);
            x = x > least_chance ? x : least_chance;
            p[r].x[g] = x < 1 - least_chance ? x : 1 - least_chance;
        }
}

/* Scratch of the exact sums, for as many tracks as there are. */
struct room {
    struct lanes *sum, *next, *release, *sound;
};

static struct room room_new(size_t total)
{
    size_t n = total + 2;
    struct lanes *all = hs_malloc(4 * n * sizeof *all);
    return (struct room){all, all + n, all + 2 * n, all + 3 * n};
}

/* release[k] = chance of k faults among n tracks of a release, n up to EXACT_TRACKS: binomials,
 * averaged over what they share. */
static inline ALWAYS void release_chances(const struct lanes p[HS_NODES], int n, struct room *room)
{
    struct lanes *f = room->release, *sound = room->sound, faulty;
    memset(f, 0, ((size_t)n + 1) * sizeof *f);
    for (int r = 0; r < HS_NODES; r++) {
        for (int g = 0; g < LANES; g++)
            faulty.x[g] = hs_nodes[r].w, sound[0].x[g] = 1;
        for (int i = 0; i < n; i++)
            for (int g = 0; g < LANES; g++)
                sound[i + 1].x[g] = sound[i].x[g] * (1 - p[r].x[g]);
        for (int k = 0; k <= n; k++)
            for (int g = 0; g < LANES; g++) {
                f[k].x[g] += faulty.x[g] * sound[n - k].x[g];
                faulty.x[g] *= p[r].x[g];
            }
    }
    double choose = 1;
    for (int k = 0; k <= n; k++) {
        for (int g = 0; g < LANES; g++)
            f[k].x[g] *= choose;
        choose *= (double)(n - k) / (k + 1);
    }
}

/* sum[0 .. len) becomes the sum of two independent counts, as far as it is below `most`; returns
 * its length. */
static inline ALWAYS size_t add_count(struct room *room, size_t len, int n, size_t most)
{
    size_t longer = len + (size_t)n < most ? len + (size_t)n : most;
    struct lanes *next = room->next, *sum = room->sum;
    memset(next, 0, longer * sizeof *next);
    for (size_t k = 0; k <= (size_t)n && k < longer; k++) {
        const struct lanes f = room->release[k];
        for (size_t i = 0; i < len && i + k < longer; i++)
            for (int g = 0; g < LANES; g++)
                next[i + k].x[g] += sum[i].x[g] * f.x[g];
    }
    room->next = sum;
    room->sum = next;
    return longer;
}

struct tails {
    double as_many_or_more, as_many_or_fewer;
};

/* The distribution of the sum, release by release. Of many tracks only counts up to the one that is
 * asked for are followed: what is left to 1 is more. */
static inline ALWAYS struct tails exact(const struct hs_fault_count *c,
                                        const struct lanes p[HS_NODES], size_t total)
{
    struct room room = room_new(total);
    struct lanes *all = room.sum;
    size_t len = 1, asked = (size_t)c->faulty;
    bool whole = total <= FOLLOWED_TRACKS;
    int before = -1;
    for (int g = 0; g < LANES; g++)
        room.sum[0].x[g] = 1;
    for (size_t j = 0; j < c->n; j++) {
        if (c->judged[j] != before)
            release_chances(p, c->judged[j], &room);
        before = c->judged[j];
        len = add_count(&room, len, c->judged[j], whole ? total + 1 : asked + 1);
    }
    struct tails t = {0, 0};
    double fewer = 0;
    for (size_t k = 0; k < len; k++) {
        double here = 0;
        for (int g = 0; g < HS_NODES; g++)
            here += hs_nodes[g].w * room.sum[k].x[g];
        t.as_many_or_more += k >= asked ? here : 0;
        t.as_many_or_fewer += k <= asked ? here : 0;
        fewer += k < asked ? here : 0;
    }
    if (!whole)
        t.as_many_or_more = 1 - fewer;
    hs_free(all);
    return t;
}

/* The sum over releases as a normal distribution, with a correction for continuity. */
static inline ALWAYS struct tails normal(const struct hs_fault_count *c,
                                         const struct lanes p[HS_NODES])
{
    struct tails t = {0, 0};
    for (int g = 0; g < HS_NODES; g++) {
        double m = 0, s = 0, mean = 0, variance = 0;
        for (int r = 0; r < HS_NODES; r++) {
            m += hs_nodes[r].w * p[r].x[g];
            s += hs_nodes[r].w * p[r].x[g] * p[r].x[g];
        }
        for (size_t j = 0; j < c->n; j++) {
            double n = c->judged[j];
            mean += n * m;
            variance += n * (m - s) + n * n * (s - m * m);
        }
        double sd = sqrt(variance);
        t.as_many_or_more += hs_nodes[g].w * hs_normal_cdf((mean - c->faulty + 0.5) / sd);
        t.as_many_or_fewer += hs_nodes[g].w * hs_normal_cdf((c->faulty + 0.5 - mean) / sd);
    }
    return t;
}

/* Averaged over what all share. */
static inline ALWAYS struct tails mean_tails(const struct hs_fault_count *c, double cut)
{
    struct lanes p[HS_NODES];
    size_t total = 0;
    for (size_t j = 0; j < c->n; j++)
        total += (size_t)c->judged[j];
    chances(c, cut, p);
    return total <= EXACT_TRACKS ? exact(c, p, total) : normal(c, p);
}

/* The costly part, compiled for each instruction level; without contraction all give the same bits.
 */
static struct tails mean_tails_baseline(const struct hs_fault_count *c, double cut)
{
    return mean_tails(c, cut);
}

#if defined __x86_64__
__attribute__((target("avx2"))) static struct tails mean_tails_v3(const struct hs_fault_count *c,
                                                                  double cut)
{
    return mean_tails(c, cut);
}
#endif

/* Both tails of the count at this rate. */
static struct tails tails_at(const struct hs_fault_count *c, double rate)
{
    double cut = -hs_normal_quantile(rate) * sqrt(1 + c->variance);
#if defined __x86_64__
    if (__builtin_cpu_supports("avx2"))
        return mean_tails_v3(c, cut);
#endif
    return mean_tails_baseline(c, cut);
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

/* The line through two points, at 0; the middle between them where it is level there. */
static double zero_of_line(double a, double at_a, double b, double at_b)
{
    return at_a != at_b ? (a * at_b - b * at_a) / (at_b - at_a) : (a + b) / 2;
}

/* The rate at this end. From the share that was counted out along a line, until the end is passed;
 * then by the false position, where the value of a side that stays is halved (Illinois). */
static double crossing(const struct end *e, double share)
{
    const double first_step = 1, least_step = 1e-3, more = 1.2;
    double a = fmin(fmax(hs_normal_quantile(share), -furthest), furthest), at_a = above_limit(e, a);
    double toward = (at_a > 0) == e->high ? 1 : -1, b = a, at_b = at_a, z = a, step = first_step;
    while (at_a * at_b > 0) {
        if (fabs(b) >= furthest && toward * b > 0)
            return hs_normal_cdf(b);
        double next = fmin(fmax(b + toward * step, -furthest), furthest);
        a = b, at_a = at_b;
        b = next, at_b = above_limit(e, b);
        step = toward * more * (zero_of_line(a, at_a, b, at_b) - b);
        step = step > 0 ? fmax(step, least_step) : first_step;
    }
    int kept = 0; /* which side stayed before: -1 a, 1 b */
    for (int i = 0; i < MOST_STEPS; i++) {
        z = zero_of_line(a, at_a, b, at_b);
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
        out.low = crossing(&(struct end){c, false, limit}, (double)c->faulty / (judged + 1));
    if (c->faulty < judged)
        out.high = crossing(&(struct end){c, true, limit}, (c->faulty + 1.) / (judged + 1));
    return out;
}
