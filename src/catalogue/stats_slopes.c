/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Trends of a measure over time by ranks.
 * 1. A catalogue has many releases but few dates. The values of each date are sorted, so that the
 *    pairs of two dates are counted in one pass over both. Time grows with releases times dates,
 *    memory with releases.
 * 2. Mann-Kendall: S is the number of rising pairs less that of falling ones; its variance allows
 * for ties in both variables.
 * 3. Theil-Sen: the median of all slopes. It is found by halving an interval of slopes and counting
 *    how many lie below, until at most 65,536 are left, which are sorted. Where many are equal,
 *    halving goes over the doubles in between. The ends of the interval are slopes whose ranks
 * follow from the variance of S (Sen 1968).
 */
#include "catalogue/stats_slopes.h"

#include "catalogue/stats_counts.h"
#include "catalogue/stats_ranks.h"
#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { FEW = 1 << 16 /* slopes that are looked at one by one */, BY_VALUE = 60 };

struct point {
    double x, y;
};

/* Points in the order of x, then y; the k-th date has point[start[k]] .. [start[k + 1]]. */
struct dates {
    struct point *point;
    size_t *start;
    size_t n; /* dates */
};

static int in_order(const void *a, const void *b)
{
    const struct point *p = a, *q = b;
    return p->x != q->x ? (p->x > q->x) - (p->x < q->x) : (p->y > q->y) - (p->y < q->y);
}

static struct dates dates_new(const double *x, const double *y, size_t n)
{
    struct dates d = {hs_malloc((n + 1) * sizeof *d.point), hs_malloc((n + 1) * sizeof *d.start),
                      0};
    for (size_t i = 0; i < n; i++)
        d.point[i] = (struct point){x[i], y[i]};
    qsort(d.point, n, sizeof *d.point, in_order);
    for (size_t i = 0; i < n; i++)
        if (!i || d.point[i].x != d.point[i - 1].x)
            d.start[d.n++] = i;
    d.start[d.n] = n;
    return d;
}

static void dates_free(struct dates *d)
{
    hs_free(d->point);
    hs_free(d->start);
}

/* Of the pairs of a point of date a and one of date b: how many more rise than fall. */
static double rising(const struct dates *d, size_t a, size_t b)
{
    const struct point *q = d->point + d->start[b];
    size_t n = d->start[b + 1] - d->start[b], below = 0, upto = 0;
    double sum = 0;
    for (size_t i = d->start[a]; i < d->start[a + 1]; i++) {
        double y = d->point[i].y;
        while (below < n && q[below].y < y)
            below++;
        while (upto < n && q[upto].y <= y)
            upto++;
        sum += (double)(n - upto) - (double)below;
    }
    return sum;
}

/* Sums over the groups of equal values: t(t-1)(2t+5), t(t-1)(t-2), t(t-1). */
static void tie_sums(const double *x, size_t n, double sums[3])
{
    double *s = hs_malloc((n + 1) * sizeof *s);
    memcpy(s, x, n * sizeof *s);
    hs_sort(s, n);
    memset(sums, 0, 3 * sizeof *sums);
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && s[j] == s[i]; j++)
            ;
        double t = (double)(j - i);
        sums[0] += t * (t - 1) * (2 * t + 5);
        sums[1] += t * (t - 1) * (t - 2);
        sums[2] += t * (t - 1);
    }
    hs_free(s);
}

/* Variance of S with ties in both variables: Kendall, Rank Correlation Methods, ch. 4. */
static double kendall_variance(const double *x, const double *y, size_t n)
{
    double tx[3], ty[3], m = (double)n;
    if (n < 3)
        return 0;
    tie_sums(x, n, tx);
    tie_sums(y, n, ty);
    return (m * (m - 1) * (2 * m + 5) - tx[0] - ty[0]) / 18 +
           tx[1] * ty[1] / (9 * m * (m - 1) * (m - 2)) + tx[2] * ty[2] / (2 * m * (m - 1));
}

struct hs_kendall hs_mann_kendall(const double *x, const double *y, size_t n)
{
    struct hs_kendall k = {0, kendall_variance(x, y, n), NAN, NAN};
    struct dates d = dates_new(x, y, n);
    for (size_t a = 0; a < d.n; a++)
        for (size_t b = a + 1; b < d.n; b++)
            k.s += rising(&d, a, b);
    dates_free(&d);
    if (k.variance > 0) {
        k.z = (k.s - (double)((k.s > 0) - (k.s < 0))) / sqrt(k.variance);
        k.p = hs_two_sided_p(k.z);
    }
    return k;
}

/* Slopes between two dates within (low, high], appended to `out` unless it is NULL; returns
 * how many are at most `high`. From the lowest to the highest point of the earlier date
 * slopes to a later point fall, so both bounds only ever move up. */
static size_t slopes(const struct dates *d, size_t a, size_t b, double low, double high,
                     double *out, size_t *n_out)
{
    const struct point *q = d->point + d->start[b];
    double dx = q->x - d->point[d->start[a]].x;
    size_t n = d->start[b + 1] - d->start[b], from = 0, to = 0, count = 0;
    for (size_t i = d->start[a]; i < d->start[a + 1]; i++) {
        double y = d->point[i].y;
        while (to < n && (q[to].y - y) / dx <= high)
            to++;
        count += to;
        if (!out)
            continue;
        while (from < to && (q[from].y - y) / dx <= low)
            from++;
        for (size_t k = from; k < to; k++)
            out[(*n_out)++] = (q[k].y - y) / dx;
    }
    return count;
}

static size_t count_slopes(const struct dates *d, double low, double high, double *out)
{
    size_t count = 0, n_out = 0;
    for (size_t a = 0; a < d->n; a++)
        for (size_t b = a + 1; b < d->n; b++)
            count += slopes(d, a, b, low, high, out, &n_out);
    return count;
}

/* Doubles in their order as whole numbers, and back. */
static uint64_t key_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

static double of_key(uint64_t key)
{
    double x;
    uint64_t bits = key >> 63 ? key & ~((uint64_t)1 << 63) : ~key;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* No slope is steeper than this. */
static double steepest(const struct dates *d)
{
    double low = INFINITY, high = -INFINITY, dx = INFINITY;
    for (size_t k = 0; k < d->n; k++) {
        low = fmin(low, d->point[d->start[k]].y);
        high = fmax(high, d->point[d->start[k + 1] - 1].y);
        if (k)
            dx = fmin(dx, d->point[d->start[k]].x - d->point[d->start[k - 1]].x);
    }
    return (high - low) / dx;
}

/* The k-th smallest (k from 0) of m slopes: halved by value and, where many are equal, by
 * the doubles between, until few are left. */
static double slope_at(const struct dates *d, size_t m, size_t k)
{
    double high = steepest(d), low = -2 * high - 1;
    size_t below = 0, upto = m;
    for (int step = 0; upto - below > FEW; step++) {
        double middle = step < BY_VALUE ? low + (high - low) / 2
                                        : of_key(key_of(low) + (key_of(high) - key_of(low)) / 2);
        if (middle <= low || middle >= high) {
            if (step >= BY_VALUE)
                return high;
            continue;
        }
        size_t n = count_slopes(d, low, middle, NULL);
        if (n > k)
            high = middle, upto = n;
        else
            low = middle, below = n;
    }
    double *few = hs_malloc((upto - below + 1) * sizeof *few);
    count_slopes(d, low, high, few);
    hs_sort(few, upto - below);
    double found = few[k - below];
    hs_free(few);
    return found;
}

struct hs_estimate hs_theil_sen(const double *x, const double *y, size_t n, double confidence)
{
    struct hs_estimate e = {NAN, {NAN, NAN}};
    struct dates d = dates_new(x, y, n);
    size_t m = 0;
    for (size_t k = 0; k < d.n; k++) /* against all that is earlier */
        m += d.start[k] * (d.start[k + 1] - d.start[k]);
    if (m)
        e.value = m % 2 ? slope_at(&d, m, m / 2)
                        : (slope_at(&d, m, m / 2 - 1) + slope_at(&d, m, m / 2)) / 2;
    double spread = hs_normal_quantile(0.5 + confidence / 2) * sqrt(kendall_variance(x, y, n));
    double low = round(((double)m - spread) / 2) - 1, high = round(((double)m + spread) / 2);
    if (m && low >= 0 && high < (double)m)
        e.interval =
            (struct hs_interval){slope_at(&d, m, (size_t)low), slope_at(&d, m, (size_t)high)};
    dates_free(&d);
    return e;
}
