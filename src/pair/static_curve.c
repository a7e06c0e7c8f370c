/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Every fourth sample of both channels is put into one of 38 bins by its height in the mix
 *    at its gain, in units of the ceiling. Its difference from the master, with the sign of the
 *    sample taken off, is a value of the bin; at most some 2048 evenly taken values are kept of
 *    each.
 * 2. A bin with 40 samples or more gives a point: the middle of its edges, and the median of
 *    its values. A bin with fewer is joined with those above it until they hold 40 together (the
 *    last ones 12), at the mean of their heights: soft music with high peaks has few there.
 * 3. Points are joined by straight lines from the origin on, in a table. Beyond the last point
 *    the curve goes on as a ceiling (slope -1 of what is added) where it has begun to fall, and
 *    at a constant added height otherwise.
 * 4. The knee is the gain where the output reaches 0.7 of the ceiling less the median gain of
 *    small samples. The top is the gain of the first bin above the ceiling, if that is clipped;
 *    the lowest of all bins above it otherwise.
 */
#include "pair/static_curve.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { EVERY = 4, LEAST_PER_BIN = 40, LEAST_AT_END = 12, MOST_PER_BIN = 1 << 11 };
static const double table_step = 1.0 / HS_CURVE_PER_HEIGHT;
/* Below this a curve that ends goes on as a ceiling, above it as a gain. */
static const double falls = -0.02;
static const double clipped_db = -0.4;

static const double edge[HS_CURVE_BINS + 1] = {
    0,    0.05, 0.1,  0.15, 0.2,  0.25, 0.3,  0.35, 0.4, 0.45, 0.5, 0.55, 0.6,
    0.65, 0.7,  0.75, 0.8,  0.85, 0.9,  0.95, 1,    1.1, 1.2,  1.3, 1.4,  1.5,
    1.6,  1.7,  1.8,  1.9,  2,    2.2,  2.5,  3.2,  4,   5,    6.5, 8,    12};

/* The bin of each height of the table; edges are multiples of its step, too. */
static void fill_bin_of(signed char bin_of[HS_CURVE_TABLE])
{
    for (int i = 0, k = 0; i < HS_CURVE_TABLE; i++) {
        while (k < HS_CURVE_BINS && (i + 0.5) * table_step > edge[k + 1])
            k++;
        bin_of[i] = (signed char)(k < HS_CURVE_BINS ? k : -1);
    }
}

/* Differences of the samples of every bin, at most so many of each, evenly taken. */
struct bins {
    signed char bin_of[HS_CURVE_TABLE];
    float scale; /* of a sample to steps of the table */
    float *value[HS_CURVE_BINS];
    uint32_t seen[HS_CURVE_BINS], n[HS_CURVE_BINS], every[HS_CURVE_BINS];
    uint32_t passed_over[HS_CURVE_BINS]; /* samples until the next one that is kept */
    double height[HS_CURVE_BINS];        /* sum, of the samples that are kept */
};

static int bin_at(const struct bins *b, float u)
{
    float at = fabsf(u) * b->scale;
    return at < HS_CURVE_TABLE - 1 ? b->bin_of[(int)at] : -1;
}

/* Both channels, or the only one. */
static int first_channel(int only)
{
    return only < 0 ? 0 : only;
}

static int end_channel(int only)
{
    return only < 0 ? 2 : only + 1;
}

/* How many samples each bin has, to give it room for at most so many. */
static void count(struct bins *b, const float *const u[2], size_t n, int only)
{
    for (int c = first_channel(only); c < end_channel(only); c++)
        for (size_t i = 0; i < n; i += EVERY) {
            int k = bin_at(b, u[c][i]);
            if (k >= 0)
                b->seen[k]++;
        }
    for (int k = 0; k < HS_CURVE_BINS; k++) {
        b->every[k] = b->seen[k] / MOST_PER_BIN + 1;
        b->value[k] = HS_NEW_ARRAY(float, b->seen[k] / b->every[k] + 1);
    }
}

static void fill(struct bins *b, const float *const u[2], const float *const y[2], size_t n,
                 int only)
{
    for (int c = first_channel(only); c < end_channel(only); c++)
        for (size_t i = 0; i < n; i += EVERY) {
            int k = bin_at(b, u[c][i]);
            if (k < 0 || b->passed_over[k]--)
                continue;
            b->passed_over[k] = b->every[k] - 1;
            float away = y[c][i] - u[c][i];
            b->height[k] += fabs((double)u[c][i]);
            b->value[k][b->n[k]++] = u[c][i] < 0 ? -away : away;
        }
}

static double median_of(const float *x, size_t n)
{
    double *work = HS_NEW_ARRAY(double, n);
    for (size_t i = 0; i < n; i++)
        work[i] = (double)x[i];
    double middle = hs_quantile(work, n, 0.5);
    hs_free(work);
    return middle;
}

/* Straight between the bins, from nothing at nothing. */
static void fill_table(struct hs_static_curve *c)
{
    const double last = c->n ? c->in[c->n - 1] : 0, end = c->n ? c->added[c->n - 1] : 0;
    c->steepness = end < falls ? -1 : 0;
    for (size_t i = 0, k = 0; i < HS_CURVE_TABLE; i++) {
        double at = (double)i * table_step;
        while (k < c->n && c->in[k] < at)
            k++;
        double low = k ? c->in[k - 1] : 0, low_added = k ? c->added[k - 1] : 0;
        if (k >= c->n)
            c->table[i] = (float)(end + (double)c->steepness * (at - last));
        else
            c->table[i] =
                (float)(low_added + (c->added[k] - low_added) * (at - low) / (c->in[k] - low));
    }
}

/* Bins from `first` on that hold enough together: how many, and their values behind one another in
 * `all`. */
static int gather(const struct bins *b, int first, float *all, size_t *n, double *height)
{
    int k = first;
    *n = 0, *height = 0;
    for (; k < HS_CURVE_BINS && *n < LEAST_PER_BIN; k++) {
        memcpy(all + *n, b->value[k], b->n[k] * sizeof *all);
        *n += b->n[k], *height += b->height[k];
    }
    return k - first;
}

/* The median of what comes out, by height of what goes in. */
void hs_curve_find(const float *const u[2], const float *const y[2], size_t n, int only,
                   double ceiling, struct hs_static_curve *out)
{
    struct bins b = {.n = {0}};
    *out = (struct hs_static_curve){
        .ceiling = ceiling, .distortion = {.db = NAN}, .kernels = hs_kernels_choose()};
    if (!(ceiling > 0))
        return;
    b.scale = (float)(1 / (table_step * ceiling));
    fill_bin_of(b.bin_of);
    count(&b, u, n, only);
    fill(&b, u, y, n, only);
    float *all = HS_NEW_ARRAY(float, LEAST_PER_BIN + MOST_PER_BIN + 1);
    size_t held = 0;
    double height = 0;
    for (int k = 0, taken; k < HS_CURVE_BINS; k += taken) {
        taken = gather(&b, k, all, &held, &height);
        if (held < LEAST_AT_END)
            continue;
        double in = taken == 1 ? (edge[k] + edge[k + 1]) / 2
                               : rint(height / (double)held / ceiling / table_step) * table_step;
        double added = median_of(all, held) / ceiling;
        out->in[out->n] = in;
        out->added[out->n] = added;
        out->gain_db[out->n++] = hs_db_from_amplitude(fmax(1 + added / in, 1e-4));
    }
    hs_free(all);
    for (int k = 0; k < HS_CURVE_BINS; k++)
        hs_free(b.value[k]);
    fill_table(out);
    out->per_height = (float)(HS_CURVE_PER_HEIGHT / ceiling);
}

void hs_curve_find_distortion(struct hs_static_curve *c, const float *const u[2],
                              const float *const y[2], size_t n)
{
    hs_distortion_find(u, y, n, EVERY, &c->distortion);
}

void hs_curve_added(const struct hs_static_curve *c, const float *u, size_t n, float *added)
{
    const struct hs_curve_table table = {.table = c->table,
                                         .n = HS_CURVE_TABLE,
                                         .per_height = c->per_height,
                                         .steepness = c->steepness,
                                         .steps = HS_CURVE_PER_HEIGHT,
                                         .ceiling = (float)c->ceiling};
    if (c->n)
        c->kernels->curve(&table, u, n, added);
    else
        memset(added, 0, n * sizeof *added);
}

/* How much softer the curve is where it puts out 0.7 of the ceiling, against small samples. */
double hs_curve_knee_db(const struct hs_static_curve *c)
{
    double low[HS_CURVE_BINS], out = 0, before_out = 0, before_db = 0;
    size_t n = 0;
    for (size_t k = 0; k < c->n; k++)
        if (c->in[k] > 0.08 && c->in[k] < 0.3)
            low[n++] = c->gain_db[k];
    if (!n)
        return 0;
    const double small_db = hs_median(low, n);
    for (size_t k = 0; k < c->n && c->in[k] < 1.6; k++) {
        out = fmax(out, c->in[k] + c->added[k]);
        if (out >= 0.7) {
            double share = k && out > before_out ? (0.7 - before_out) / (out - before_out) : 1;
            return before_db + share * (c->gain_db[k] - before_db) - small_db;
        }
        before_out = out, before_db = c->gain_db[k];
    }
    return before_db - small_db;
}

double hs_curve_top_db(const struct hs_static_curve *c)
{
    double first = NAN, least = 0;
    for (size_t k = 0; k < c->n; k++)
        if (c->in[k] > 1.05 + 1e-9) {
            first = isnan(first) ? c->gain_db[k] : first;
            least = fmin(least, c->gain_db[k]);
        }
    /* Where few peaks are clipped the ceiling lies below the place where the clipper starts. */
    return isnan(first) ? 0 : first <= clipped_db ? first : least;
}
