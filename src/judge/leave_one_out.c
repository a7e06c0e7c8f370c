/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Sort the values once. Keep the sums of (x - median) and of its square over the first 0, 32, 64
 *    ... values, so that the sum over any range takes at most 31 additions.
 * 2. Without the value at place `out` the sorted rest is read by index. Its median is the middle
 *    element or the mean of two.
 * 3. The median absolute deviation needs the k-th smallest distance from the median. The k nearest
 *    values lie side by side, so halving finds where that range begins.
 * 4. The spread is the standard deviation of the rest after pulling it in to 2.5 robust spreads
 *    around the median, from the sums: those inside as they are, those outside at the edges. This
 * is hs_robust_spread (judge/shrinkage.h) without the one value.
 */
#include "judge/leave_one_out.h"

#include "core/num.h"

#include <math.h>

enum { EVERY = 32 }; /* sums are kept of every so many values, and made from there */

struct sums {
    double sum, square;
};

/* Of the first i values about the middle, from those of the first `start` on. */
static struct sums from(const struct hs_leave_one_out *o, size_t start, size_t i)
{
    struct sums s = {o->sum[start / EVERY], o->square[start / EVERY]};
    for (size_t k = start; k < i; k++) {
        double d = o->x[k] - o->middle;
        s.sum += d;
        s.square += d * d;
    }
    return s;
}

static struct sums first(const struct hs_leave_one_out *o, size_t i)
{
    return from(o, i / EVERY * EVERY, i);
}

/* Sorted once, with running sums, so that leaving one out costs little. */
struct hs_leave_one_out hs_leave_one_out_new(const double *x, size_t n, struct hs_arena *arena)
{
    struct hs_leave_one_out o = {.n = 0};
    double *sorted = HS_ARENA_ARRAY(arena, double, n + 1);
    double *sum = HS_ARENA_ARRAY(arena, double, n / EVERY + 1);
    double *square = HS_ARENA_ARRAY(arena, double, n / EVERY + 1);
    for (size_t i = 0; i < n; i++)
        if (!isnan(x[i]))
            sorted[o.n++] = x[i];
    o.middle = o.n ? hs_median(sorted, o.n) : 0; /* sorts */
    o.x = sorted, o.sum = sum, o.square = square;
    for (size_t i = EVERY; i <= o.n; i += EVERY) {
        struct sums s = from(&o, i - EVERY, i);
        sum[i / EVERY] = s.sum;
        square[i / EVERY] = s.square;
    }
    return o;
}

/* How many of the first n are below `x`. */
static size_t below(const double *sorted, size_t n, double x)
{
    size_t from = 0;
    while (n > from) {
        size_t half = from + (n - from) / 2;
        if (sorted[half] < x)
            from = half + 1;
        else
            n = half;
    }
    return from;
}

/* The values without the one at place `out`. */
struct rest {
    const struct hs_leave_one_out *o;
    size_t out, n;
};

static double at(const struct rest *r, size_t i)
{
    return r->o->x[i < r->out ? i : i + 1];
}

/* The count-th smallest distance from `centre`: the nearest `count` lie side by side. */
static double distance(const struct rest *r, double centre, size_t count)
{
    size_t low = 0, high = r->n - count;
    while (low < high) {
        size_t i = low + (high - low) / 2;
        if (centre - at(r, i) > at(r, i + count) - centre)
            low = i + 1;
        else
            high = i;
    }
    return fmax(fabs(centre - at(r, low)), fabs(at(r, low + count - 1) - centre));
}

static double median_of(const struct rest *r, double (*value)(const struct rest *, double, size_t),
                        double centre)
{
    double upper = value(r, centre, r->n / 2 + 1);
    return r->n % 2 ? upper : (value(r, centre, r->n / 2) + upper) / 2;
}

static double smallest(const struct rest *r, double centre, size_t count)
{
    (void)centre;
    return at(r, count - 1);
}

/* Standard deviation of the rest with its values pulled in to low .. high. */
static double standard_deviation(const struct rest *r, double low, double high)
{
    const struct hs_leave_one_out *o = r->o;
    size_t inside = below(o->x, o->n, low), behind = below(o->x, o->n, high);
    struct sums lower = first(o, inside), upper = first(o, behind);
    double own = fmin(fmax(o->x[r->out], low), high) - o->middle, n = (double)r->n;
    double a = low - o->middle, b = high - o->middle;
    double n_low = (double)inside, n_high = (double)(o->n - behind);
    double sum = upper.sum - lower.sum - own;
    double square = upper.square - lower.square - own * own;
    sum += n_low > 0 ? n_low * a : 0;
    sum += n_high > 0 ? n_high * b : 0;
    square += n_low > 0 ? n_low * a * a : 0;
    square += n_high > 0 ? n_high * b * b : 0;
    return sqrt(fmax(0, square - sum * sum / n) / (n - 1));
}

double hs_leave_one_out_spread(const struct hs_leave_one_out *o, double own, double *centre)
{
    struct rest r = {.o = o, .out = below(o->x, o->n, own), .n = o->n - 1};
    *centre = NAN;
    if (o->n < 3)
        return NAN;
    *centre = median_of(&r, smallest, 0);
    double reach = 2.5 * 1.4826 * median_of(&r, distance, *centre);
    return reach > 0 ? standard_deviation(&r, *centre - reach, *centre + reach)
                     : standard_deviation(&r, -INFINITY, INFINITY);
}
