/* SPDX-License-Identifier: Apache-2.0 */
/* Ranks: trend of a measure over time, and its shift from the expected centre. */
#include "catalogue/stats.h"
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

/* Sums over the groups of equal values: t(t-1)(2t+5), t(t-1)(t-2), t(t-1). */
static void tie_sums(const double *x, size_t n, double sums[3])
{
    double *s = sorted_copy(x, n);
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

static double sign_of(double x)
{
    return (x > 0) - (x < 0);
}

/* Variance of S with ties in both variables: Kendall, Rank Correlation Methods, ch. 4.
 */
struct hs_kendall hs_mann_kendall(const double *x, const double *y, size_t n)
{
    struct hs_kendall k = {0, 0, NAN, NAN};
    double tx[3], ty[3], m = (double)n;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            k.s += sign_of(x[j] - x[i]) * sign_of(y[j] - y[i]);
    if (n < 3)
        return k;
    tie_sums(x, n, tx);
    tie_sums(y, n, ty);
    k.variance = (m * (m - 1) * (2 * m + 5) - tx[0] - ty[0]) / 18 +
                 tx[1] * ty[1] / (9 * m * (m - 1) * (m - 2)) +
                 tx[2] * ty[2] / (2 * m * (m - 1));
    if (k.variance > 0) {
        k.z = (k.s - sign_of(k.s)) / sqrt(k.variance);
        k.p = hs_two_sided_p(k.z);
    }
    return k;
}

struct hs_estimate hs_theil_sen(const double *x, const double *y, size_t n,
                                double confidence)
{
    struct hs_estimate e = {NAN, {NAN, NAN}};
    double *slope = hs_malloc((n * n / 2 + 1) * sizeof *slope);
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            if (x[i] != x[j])
                slope[m++] = (y[j] - y[i]) / (x[j] - x[i]);
    e.value = hs_median(slope, m); /* sorts */
    double spread = hs_normal_quantile(0.5 + confidence / 2) *
                    sqrt(hs_mann_kendall(x, y, n).variance);
    double low = round(((double)m - spread) / 2) - 1,
           high = round(((double)m + spread) / 2);
    if (m && low >= 0 && high < (double)m)
        e.interval = (struct hs_interval){slope[(size_t)low], slope[(size_t)high]};
    hs_free(slope);
    return e;
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
        for (size_t w = most + 1; w-- > 0;)
            point[w] = (point[w] + (w >= rank ? point[w - rank] : 0)) / 2;
    return point;
}

/* The smallest w with P(W <= w) >= tail: how many Walsh averages lie outside. */
static double signed_rank_quantile(size_t n, double tail)
{
    double m = (double)n, w = 0;
    if (n > EXACT_SIGNED_RANK)
        return floor(m * (m + 1) / 4 +
                     hs_normal_quantile(tail) * sqrt(m * (m + 1) * (2 * m + 1) / 24) +
                     0.5);
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
    e.value =
        (walsh_at(s, n, floor((most + 1) / 2)) + walsh_at(s, n, ceil((most + 1) / 2))) /
        2;
    double k = signed_rank_quantile(n, (1 - confidence) / 2);
    if (k >= 1)
        e.interval =
            (struct hs_interval){walsh_at(s, n, k), walsh_at(s, n, most + 1 - k)};
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
