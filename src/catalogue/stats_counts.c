/* SPDX-License-Identifier: Apache-2.0 */
/* Counts of faulty tracks: intervals, exact tests, correction over many tests. */
#include "catalogue/stats_counts.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <stdlib.h>

struct hs_interval hs_wilson(int k, int n, double confidence)
{
    if (n <= 0)
        return (struct hs_interval){0, 1};
    double z = hs_normal_quantile(0.5 + confidence / 2), m = n, p = k / m;
    double centre = (p + z * z / (2 * m)) / (1 + z * z / m);
    double half = z * sqrt(p * (1 - p) / m + z * z / (4 * m * m)) / (1 + z * z / m);
    return (struct hs_interval){k == 0 ? 0 : fmax(0, centre - half),
                                k == n ? 1 : fmin(1, centre + half)};
}

static double log_choose(int n, int k)
{
    int sign;
    return lgamma_r(n + 1.0, &sign) - lgamma_r(k + 1.0, &sign) - lgamma_r(n - k + 1.0, &sign);
}

static double binomial_point(int k, int n, double p)
{
    return exp(log_choose(n, k) + k * log(p) + (n - k) * log1p(-p));
}

double hs_binomial_tail(int k, int n, double p)
{
    if (k <= 0)
        return 1;
    if (k > n || p <= 0)
        return 0;
    if (p >= 1)
        return 1;
    double upper = 0, lower = 0;
    if (k > n * p) { /* sum the smaller tail, so that small p keep their digits */
        for (int i = n; i >= k; i--)
            upper += binomial_point(i, n, p);
        return fmin(1, upper);
    }
    for (int i = 0; i < k; i++)
        lower += binomial_point(i, n, p);
    return fmax(0, 1 - lower);
}

static double log_beta(double a, double b)
{
    int sign;
    return lgamma_r(a, &sign) + lgamma_r(b, &sign) - lgamma_r(a + b, &sign);
}

double hs_beta_binomial_tail(int k, int n, double p, double rho)
{
    if (!(rho > 1e-9) || p <= 0 || p >= 1)
        return hs_binomial_tail(k, n, p);
    double strength = (1 - fmin(rho, .999)) / fmin(rho, .999);
    double a = p * strength, b = (1 - p) * strength, sum = 0;
    for (int i = n; i >= k && i >= 0; i--)
        sum += exp(log_choose(n, i) + log_beta(i + a, n - i + b) - log_beta(a, b));
    return fmin(1, sum);
}

/* The rate at which P(K >= k) is `tail`: it rises with the rate. */
static double rate_of_tail(int k, int n, double tail)
{
    double lo = 0, hi = 1;
    for (int i = 0; i < 60; i++) {
        double mid = (lo + hi) / 2;
        if (hs_binomial_tail(k, n, mid) < tail)
            lo = mid;
        else
            hi = mid;
    }
    return (lo + hi) / 2;
}

struct hs_interval hs_clopper_pearson(int k, int n, double confidence)
{
    double tail = (1 - confidence) / 2;
    struct hs_interval i = {0, 1};
    if (n > 0 && k > 0)
        i.low = rate_of_tail(k, n, tail);
    if (n > 0 && k < n)
        i.high = rate_of_tail(k + 1, n, 1 - tail);
    return i;
}

/* Hypergeometric: x of the first row's `row` when `col` of `n` are drawn. */
static double table_point(int x, int row, int col, int n)
{
    return exp(log_choose(row, x) + log_choose(n - row, col - x) - log_choose(n, col));
}

double hs_fisher_two_sided(int a, int b, int c, int d)
{
    int row = a + b, col = a + c, n = a + b + c + d, least = col - (n - row);
    double seen = table_point(a, row, col, n), p = 0;
    for (int x = least > 0 ? least : 0; x <= row && x <= col; x++) {
        double q = table_point(x, row, col, n);
        if (q <= seen * (1 + 1e-7))
            p += q;
    }
    return fmin(1, p);
}

double hs_fisher_greater(int a, int b, int c, int d)
{
    int row = a + b, col = a + c, n = a + b + c + d;
    double p = 0;
    for (int x = a; x <= row && x <= col; x++)
        p += table_point(x, row, col, n);
    return fmin(1, p);
}

double hs_odds_ratio(int a, int b, int c, int d)
{
    return (a + 0.5) * (d + 0.5) / ((b + 0.5) * (c + 0.5));
}

struct hs_interval hs_odds_ratio_interval(int a, int b, int c, int d, double confidence)
{
    double z = hs_normal_quantile(0.5 + confidence / 2), log_ratio = log(hs_odds_ratio(a, b, c, d));
    double se = sqrt(1 / (a + 0.5) + 1 / (b + 0.5) + 1 / (c + 0.5) + 1 / (d + 0.5));
    return (struct hs_interval){exp(log_ratio - z * se), exp(log_ratio + z * se)};
}

struct ranked {
    double p;
    size_t at;
};

static int by_p(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->p != y->p)
        return x->p < y->p ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

void hs_benjamini_hochberg(const double *p, size_t n, double *q)
{
    struct ranked *r = HS_NEW_ARRAY(struct ranked, n ? n : 1);
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        q[i] = NAN;
        if (!isnan(p[i]))
            r[m++] = (struct ranked){p[i], i};
    }
    if (m)
        qsort(r, m, sizeof *r, by_p);
    double least = 1;
    for (size_t i = m; i-- > 0;) {
        least = fmin(least, r[i].p * (double)m / (double)(i + 1));
        q[r[i].at] = least;
    }
    hs_free(r);
}

double hs_two_sided_p(double z)
{
    return isnan(z) ? NAN : fmin(1, erfc(fabs(z) / sqrt(2)));
}

double hs_cochran_armitage_z(const int *x, const int *n, const double *t, size_t groups)
{
    double all = 0, hits = 0, nt = 0, ntt = 0, score = 0;
    for (size_t i = 0; i < groups; i++) {
        all += n[i];
        hits += x[i];
        nt += n[i] * t[i];
    }
    double p = hits / all, mean = nt / all;
    for (size_t i = 0; i < groups; i++) { /* about the mean date: no cancellation */
        score += (t[i] - mean) * (x[i] - n[i] * p);
        ntt += n[i] * (t[i] - mean) * (t[i] - mean);
    }
    double variance = p * (1 - p) * ntt;
    return variance > 0 ? score / sqrt(variance) : NAN;
}
