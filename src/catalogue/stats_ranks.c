/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ranks: the shift of a measure from its expected centre.
 * Hodges-Lehmann: the median of the Walsh averages, found by halving with a count in linear time;
 * its interval by quantiles of the signed-rank statistic. Wilcoxon: the sum of the positive ranks.
 * Both are exact up to 50 values (the test without ties and zeros), else by a normal distribution.
 */
#include "catalogue/stats_ranks.h"

#include "catalogue/stats_counts.h"
#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { EXACT_SIGNED_RANK = 50 };

static double *sorted_copy(const double *x, size_t n)
{
    double *c = hs_malloc((n ? n : 1) * sizeof *c);
    if (n)
        memcpy(c, x, n * sizeof *c);
    hs_sort(c, n);
    return c;
}

static double sign_of(double x)
{
    return (x > 0) - (x < 0);
}

/* How many averages (x[i] + x[j]) / 2, i <= j, of the sorted x are at most `limit`. */
static double walsh_count(const double *x, size_t n, double limit)
{
    double count = 0;
    size_t j = n;
    for (size_t i = 0; i < n; i++) {
        while (j > 0 && (x[i] + x[j - 1]) / 2 > limit)
            j--;
        if (j <= i)
            break;
        count += (double)(j - i);
    }
    return count;
}

/* The k-th smallest Walsh average (k from 1), by halving: no n^2 of memory. */
static double walsh_at(const double *x, size_t n, double k)
{
    double lo = x[0], hi = x[n - 1];
    if (walsh_count(x, n, lo) >= k)
        return lo;
    for (;;) {
        double mid = lo + (hi - lo) / 2;
        if (mid <= lo || mid >= hi)
            return hi;
        if (walsh_count(x, n, mid) >= k)
            hi = mid;
        else
            lo = mid;
    }
}

/* point[w] = P(W = w) of the signed-rank statistic of n values, w = 0 ... n(n+1)/2. */
static double *signed_rank_points(size_t n)
{
    size_t most = n * (n + 1) / 2;
    double *point = HS_NEW_ARRAY(double, most + 1);
    point[0] = 1;
    for (size_t rank = 1; rank <= n; rank++)
        for (size_t w = rank * (rank + 1) / 2 + 1; w-- > 0;) /* as far as these ranks reach */
            point[w] = (point[w] + (w >= rank ? point[w - rank] : 0)) / 2;
    return point;
}

/* The smallest w with P(W <= w) >= tail: how many Walsh averages lie outside. */
static double signed_rank_quantile(size_t n, double tail)
{
    double m = (double)n, w = 0;
    if (n > EXACT_SIGNED_RANK)
        return floor(m * (m + 1) / 4 +
                     hs_normal_quantile(tail) * sqrt(m * (m + 1) * (2 * m + 1) / 24) + 0.5);
    double *point = signed_rank_points(n), sum = point[0];
    while (sum < tail)
        sum += point[(size_t)++w];
    hs_free(point);
    return w;
}

struct hs_estimate hs_hodges_lehmann(const double *x, size_t n, double confidence)
{
    struct hs_estimate e = {NAN, {NAN, NAN}};
    if (!n)
        return e;
    double *s = sorted_copy(x, n), most = (double)n * (double)(n + 1) / 2;
    e.value = (walsh_at(s, n, floor((most + 1) / 2)) + walsh_at(s, n, ceil((most + 1) / 2))) / 2;
    double k = signed_rank_quantile(n, (1 - confidence) / 2);
    if (k >= 1)
        e.interval = (struct hs_interval){walsh_at(s, n, k), walsh_at(s, n, most + 1 - k)};
    hs_free(s);
    return e;
}

struct magnitude {
    double size, sign;
};

static int by_size(const void *a, const void *b)
{
    const struct magnitude *x = a, *y = b;
    return (x->size > y->size) - (x->size < y->size);
}

/* Sum of the positive ranks; *ties collects t^3 - t, *n drops zeros. */
static double signed_rank(const double *x, size_t *n, double *ties)
{
    struct magnitude *m = hs_malloc((*n ? *n : 1) * sizeof *m);
    size_t k = 0;
    double w = 0;
    for (size_t i = 0; i < *n; i++)
        if (x[i] != 0)
            m[k++] = (struct magnitude){fabs(x[i]), sign_of(x[i])};
    if (k)
        qsort(m, k, sizeof *m, by_size);
    for (size_t i = 0, j; i < k; i = j) {
        for (j = i + 1; j < k && m[j].size == m[i].size; j++)
            ;
        double t = (double)(j - i), rank = ((double)i + 1 + (double)j) / 2;
        *ties += t * t * t - t;
        for (size_t l = i; l < j; l++)
            w += m[l].sign > 0 ? rank : 0;
    }
    hs_free(m);
    *n = k;
    return w;
}

double hs_wilcoxon_p(const double *x, size_t n)
{
    double ties = 0;
    size_t k = n;
    double w = signed_rank(x, &k, &ties), m = (double)k, mean = m * (m + 1) / 4;
    if (!k)
        return NAN;
    if (k <= EXACT_SIGNED_RANK && k == n && ties == 0) {
        double *point = signed_rank_points(k), p = 0, least = fmin(w, 2 * mean - w);
        for (size_t i = 0; i <= (size_t)least; i++)
            p += point[i];
        hs_free(point);
        return fmin(1, 2 * p);
    }
    double sd = sqrt(m * (m + 1) * (2 * m + 1) / 24 - ties / 48);
    return sd > 0 ? hs_two_sided_p(fmax(0, fabs(w - mean) - 0.5) / sd) : NAN;
}
