/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A compressor as seen in ticks: what the level is above a threshold, smoothed by one pole with
 * an attack and a release, times a slope, is the reduction in dB. Thresholds are quantiles of
 * the level; times are those that compressors offer. For each combination the slope is a
 * least-squares fit after slow changes have been taken off gain and model (moving means,
 * twice). The best combination of each threshold is kept, and of the thresholds that explain
 * alike (r2 within 0.02) the highest.
 */
#include "pair/level_model.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What makers of compressors offer, seen through ticks of 10 ms. */
static const double attack_s[] = {0, 0.01, 0.03, 0.08};
static const double release_s[] = {0.02, 0.05, 0.12, 0.3, 0.8};
/* Quantiles of the level. */
static const double threshold[] = {0.05, 0.2, 0.35, 0.5, 0.65, 0.78, 0.88, 0.95, 0.985};
enum {
    ATTACKS = sizeof attack_s / sizeof *attack_s,
    RELEASES = sizeof release_s / sizeof *release_s,
    THRESHOLDS = sizeof threshold / sizeof *threshold,
};
/* Of thresholds that explain alike, the highest. */
static const double alike = 0.02;

/* One for each attack: their shapes are made and fitted side by side. */
typedef double lanes __attribute__((vector_size(ATTACKS * sizeof(double))));
typedef long long bits __attribute__((vector_size(ATTACKS * sizeof(long long))));

/* Of n ticks, and sums up to each of them, the first of which is 0. */
struct shapes {
    lanes *shape, *run;
};

/* What is slow of series of n ticks: means over `half` of them either side, by weight. Reserved
 * once for all series that have these weights. */
struct slow {
    const float *weight;
    size_t n, half;
    double *near; /* weight around each tick */
    double *run, *mean;
};

/* Sums for a moving mean over what counts. */
static void slow_init(struct slow *s, const float *weight, size_t n, size_t n_mean)
{
    *s = (struct slow){.weight = weight, .n = n, .half = n_mean / 2};
    s->near = hs_malloc((n + 1) * sizeof *s->near);
    s->mean = hs_malloc((n + 1) * sizeof *s->mean);
    s->run = hs_malloc((n + 1) * sizeof *s->run);
    s->run[0] = 0;
    for (size_t i = 0; i < n; i++)
        s->run[i + 1] = s->run[i] + (double)weight[i];
    for (size_t i = 0; i < n; i++) {
        size_t lo = i > s->half ? i - s->half : 0;
        size_t hi = i + s->half + 1 < n ? i + s->half + 1 : n;
        s->near[i] = fmax(s->run[hi] - s->run[lo], 1e-9);
    }
}

static void slow_free(struct slow *s)
{
    hs_free(s->near);
    hs_free(s->mean);
    hs_free(s->run);
}

/* The moving mean; at the ends over what is there. */
static void slow_mean(struct slow *s, const double *x, double *out)
{
    const size_t n = s->n, half = s->half;
    double *run = s->run;
    for (size_t i = 0; i < n; i++) {
        double w = (double)s->weight[i];
        run[i + 1] = run[i] + (w > 0 ? x[i] * w : 0);
    }
    const size_t from = half < n ? half : n, to = n > half ? n - half : 0;
    for (size_t i = from; i < to; i++)
        out[i] = (run[i + half + 1] - run[i - half]) / s->near[i];
    for (size_t i = 0; i < n; i++)
        if (i < from || i >= to) {
            size_t lo = i > half ? i - half : 0, hi = i + half + 1 < n ? i + half + 1 : n;
            out[i] = (run[hi] - run[lo]) / s->near[i];
        }
}

static void take_slow_off(struct slow *s, double *x)
{
    for (int round = 0; round < 2; round++) {
        slow_mean(s, x, s->mean);
        for (size_t i = 0; i < s->n; i++)
            x[i] -= s->mean[i];
    }
}

void hs_ticks_slow(const double *x, const float *weight, size_t n, size_t n_mean, double *out)
{
    struct slow s;
    slow_init(&s, weight, n, n_mean);
    slow_mean(&s, x, out);
    slow_free(&s);
}

void hs_ticks_fast(double *x, const float *weight, size_t n, size_t n_mean)
{
    struct slow s;
    slow_init(&s, weight, n, n_mean);
    take_slow_off(&s, x);
    slow_free(&s);
}

double hs_ticks_quantile(const double *x, const float *weight, size_t n, double q, double *work)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if (!weight || weight[i] > 0)
            work[k++] = x[i];
    return hs_quantile(work, k, q);
}

double hs_ticks_highest(const double *x, size_t n, size_t i, size_t before, size_t after)
{
    double most = -INFINITY;
    for (size_t k = i > before ? i - before : 0; k <= i + after && k < n; k++)
        most = fmax(most, x[k]);
    return most;
}

static double follow(double tick_hz, double time_s)
{
    return time_s > 0 ? 1 - exp(-1 / (tick_hz * time_s)) : 1;
}

/* One pole on what lies above the threshold. */
static void run_ballistics(const double *level_db, size_t n, double threshold_db, double up,
                           double down, double *out)
{
    double s = 0;
    for (size_t i = 0; i < n; i++) {
        double away = (level_db[i] > threshold_db ? level_db[i] - threshold_db : 0) - s;
        s += (away > 0 ? up : down) * away;
        out[i] = s;
    }
}

void hs_level_model_run(const struct hs_level_model *m, const double *level_db, size_t n,
                        double tick_hz, double *out_db)
{
    run_ballistics(level_db, n, m->threshold_db, follow(tick_hz, m->attack_s),
                   follow(tick_hz, m->release_s), out_db);
    for (size_t i = 0; i < n; i++)
        out_db[i] *= m->slope;
}

/* The shapes of all attacks at once, each as run_ballistics makes it. */
static void run_attacks(const double *level_db, size_t n, double threshold_db, double tick_hz,
                        double release, lanes *out)
{
    const double down_one = follow(tick_hz, release);
    lanes up, down, s = {0};
    for (int a = 0; a < ATTACKS; a++)
        up[a] = follow(tick_hz, attack_s[a]), down[a] = down_one;
    for (size_t i = 0; i < n; i++) {
        const lanes away = (level_db[i] > threshold_db ? level_db[i] - threshold_db : 0) - s;
        const bits rises = away > 0;
        s += (lanes)((rises & (bits)up) | (~rises & (bits)down)) * away;
        out[i] = s;
    }
}

/* As take_slow_off does with each lane; no tick is without a number. */
static void take_slow_off_all(const struct slow *s, lanes *run, lanes *x)
{
    const size_t n = s->n, half = s->half;
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < n; i++)
            run[i + 1] = run[i] + x[i] * (double)s->weight[i];
        for (size_t i = 0; i < n; i++) {
            const size_t lo = i > half ? i - half : 0, hi = i + half + 1 < n ? i + half + 1 : n;
            x[i] -= (run[hi] - run[lo]) / s->near[i];
        }
    }
}

/* Least squares of each shape against the gain, both without what is slow. */
static void fit_shapes(const double *gain, struct shapes *s, const struct slow *slow,
                       double slope[ATTACKS], double r2[ATTACKS])
{
    lanes bb = {0}, gb = {0};
    double gg = 1e-9;
    bb += 1e-6;
    take_slow_off_all(slow, s->run, s->shape);
    for (size_t i = 0; i < slow->n; i++) {
        const double w = (double)slow->weight[i], g = gain[i] * w;
        const lanes b = s->shape[i] * w;
        bb += b * b, gb -= g * b, gg += g * g;
    }
    for (int a = 0; a < ATTACKS; a++) {
        slope[a] = gb[a] / bb[a];
        r2[a] = gb[a] > 0 ? gb[a] * gb[a] / bb[a] / gg : 0;
    }
}

/* At fixed shares of the levels that count. */
static void find_thresholds(const double *level_db, const float *weight, size_t n,
                            double out[THRESHOLDS])
{
    double *x = HS_NEW_ARRAY(double, n + 1);
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if (weight[i] > 0)
            x[k++] = level_db[i];
    hs_sort(x, k);
    for (int t = 0; t < THRESHOLDS; t++)
        out[t] = k ? hs_quantile_sorted(x, k, threshold[t]) : 0;
    hs_free(x);
}

/* The best of the shapes of one threshold. */
static struct hs_level_model best_at(const double *gain, const double *level_db,
                                     const struct slow *slow, double tick_hz, double threshold_db,
                                     struct shapes *s)
{
    struct hs_level_model best = {.threshold_db = threshold_db};
    double slope[RELEASES][ATTACKS], r2[RELEASES][ATTACKS];
    for (int r = 0; r < RELEASES; r++) {
        run_attacks(level_db, slow->n, threshold_db, tick_hz, release_s[r], s->shape);
        fit_shapes(gain, s, slow, slope[r], r2[r]);
    }
    for (int a = 0; a < ATTACKS; a++)
        for (int r = 0; r < RELEASES; r++)
            if (r2[r][a] > best.r2)
                best = (struct hs_level_model){.threshold_db = threshold_db,
                                               .attack_s = attack_s[a],
                                               .release_s = release_s[r],
                                               .slope = slope[r][a],
                                               .r2 = r2[r][a]};
    return best;
}

/* The gain without its slow part against level over a threshold, for several thresholds; of those
 * that explain alike the highest. */
void hs_level_model_fit(const double *gain_db, const double *level_db, const float *weight,
                        size_t n, double tick_hz, double slow_s, struct hs_level_model *out)
{
    double at[THRESHOLDS], most = 0;
    struct hs_level_model m[THRESHOLDS];
    double *gain = HS_NEW_ARRAY(double, n + 1);
    struct shapes shapes = {hs_aligned(n + 1, sizeof *shapes.shape),
                            hs_aligned(n + 1, sizeof *shapes.run)};
    struct slow slow;
    slow_init(&slow, weight, n, (size_t)lround(slow_s * tick_hz));
    memcpy(gain, gain_db, n * sizeof *gain);
    take_slow_off(&slow, gain);
    find_thresholds(level_db, weight, n, at);
    for (int t = 0; t < THRESHOLDS; t++) {
        m[t] = best_at(gain, level_db, &slow, tick_hz, at[t], &shapes);
        m[t].step = (size_t)t;
        most = fmax(most, m[t].r2);
    }
    int t = THRESHOLDS - 1;
    while (t > 0 && m[t].r2 < most - alike)
        t--;
    *out = m[t];
    slow_free(&slow);
    hs_free(gain);
    hs_free(shapes.shape);
    hs_free(shapes.run);
}
