/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Analysis of variance: sums of squares between and within releases give the correlation within
 * a release (Fleiss 1981, ch. 13).
 * 2. Error of the mean: from five releases on, and where releases are single tracks, the spread of
 * their means, with releases - 1 degrees of freedom. With fewer, the variance of all values times
 * the design effect for a given correlation.
 * 3. Student's t comes from the incomplete beta function by its continued fraction; quantiles by
 *    halving.
 */
#include "catalogue/clustered.h"

#include "core/num.h"

#include <math.h>

enum { BY_MEANS_FROM = 5, LEAST_DF = 3, HALVINGS = 60 };
static const double upper_tail = .975;

/* Continued fraction of the incomplete beta function by Lentz's method (Press et al.,
 * Numerical Recipes, 6.4). */
static double beta_fraction(double a, double b, double x)
{
    const double tiny = 1e-300;
    double c = 1, d = 1 - (a + b) * x / (a + 1), h;
    d = 1 / (fabs(d) < tiny ? tiny : d);
    h = d;
    double before = 0;
    for (int m = 1; m <= 300 && h != before; m++) {
        before = h;
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        for (int k = 0; k < 2; k++) {
            double step = k ? odd : even;
            d = 1 + step * d;
            c = 1 + step / c;
            d = 1 / (fabs(d) < tiny ? tiny : d);
            h *= d * (fabs(c) < tiny ? tiny : c);
        }
    }
    return h;
}

static double incomplete_beta(double a, double b, double x)
{
    int sign;
    double beta = lgamma_r(a, &sign) + lgamma_r(b, &sign) - lgamma_r(a + b, &sign);
    double front = exp(a * log(x) + b * log1p(-x) - beta);
    if (x < (a + 1) / (a + b + 2))
        return front * beta_fraction(a, b, x) / a;
    return 1 - front * beta_fraction(b, a, 1 - x) / b;
}

static double student_cdf(double t, double df)
{
    double tail = t == 0 ? .5 : .5 * incomplete_beta(df / 2, .5, df / (df + t * t));
    return t > 0 ? 1 - tail : tail;
}

double hs_student_quantile(double p, double df)
{
    double low = -1e3, high = 1e3;
    for (int i = 0; i < HALVINGS; i++) {
        double mid = (low + high) / 2;
        *(student_cdf(mid, df) < p ? &low : &high) = mid;
    }
    return (low + high) / 2;
}

struct sums {
    double n, squares, mean, between, within; /* sums of squares of sizes and of values */
};

/* Sums of squares between and within releases. */
static struct sums sums_of(const struct hs_clusters *c)
{
    struct sums s = {.n = (double)c->start[c->n_releases]};
    s.mean = hs_mean(c->value, (size_t)s.n);
    for (size_t r = 0; r < c->n_releases; r++) {
        size_t from = c->start[r], n = c->start[r + 1] - from;
        double mean = hs_mean(c->value + from, n);
        s.squares += (double)n * (double)n;
        s.between += (double)n * (mean - s.mean) * (mean - s.mean);
        for (size_t i = from; i < from + n; i++)
            s.within += (c->value[i] - mean) * (c->value[i] - mean);
    }
    return s;
}

struct hs_correlation hs_clusters_correlation(const struct hs_clusters *c)
{
    double releases = (double)c->n_releases;
    if (releases < 2 || (double)c->start[c->n_releases] <= releases)
        return (struct hs_correlation){0, 0};
    struct sums s = sums_of(c);
    double between = s.between / (releases - 1), within = s.within / (s.n - releases);
    double typical = (s.n - s.squares / s.n) / (releases - 1);
    double numerator = (between - within) / typical;
    return (struct hs_correlation){numerator, numerator + within};
}

static struct hs_clustered by_means(const struct hs_clusters *c, double mean_of_all)
{
    double k = (double)c->n_releases, mean = 0, square = 0;
    for (size_t r = 0; r < c->n_releases; r++)
        mean += hs_mean(c->value + c->start[r], c->start[r + 1] - c->start[r]) / k;
    for (size_t r = 0; r < c->n_releases; r++) {
        double m = hs_mean(c->value + c->start[r], c->start[r + 1] - c->start[r]);
        square += (m - mean) * (m - mean) / (k - 1);
    }
    return (struct hs_clustered){mean_of_all, sqrt(square / k), k - 1};
}

static struct hs_clustered by_model(const struct hs_clusters *c, const struct sums *s, double rho)
{
    double k = (double)c->n_releases, total = s->within / (s->n - k) / (1 - rho);
    double variance = total * (rho * s->squares / (s->n * s->n) + (1 - rho) / s->n);
    return (struct hs_clustered){s->mean, sqrt(variance), fmax(LEAST_DF, k + 2)};
}

struct hs_clustered hs_clusters_estimate(const struct hs_clusters *c, double rho)
{
    bool within = c->n_releases && c->start[c->n_releases] >= c->n_releases + 2;
    if (!within && c->n_releases < 2)
        return (struct hs_clustered){NAN, NAN, NAN};
    struct sums s = sums_of(c);
    /* of single tracks the spread of the releases is all that there is */
    return !within || c->n_releases >= BY_MEANS_FROM ? by_means(c, s.mean) : by_model(c, &s, rho);
}

struct hs_interval hs_clusters_mean(const struct hs_clusters *c, double rho)
{
    struct hs_clustered e = hs_clusters_estimate(c, rho);
    if (isnan(e.se))
        return (struct hs_interval){NAN, NAN};
    double half = hs_student_quantile(upper_tail, e.df) * e.se;
    return (struct hs_interval){e.mean - half, e.mean + half};
}

double hs_student_p(double t, double df)
{
    return isnan(t) ? NAN : 2 * (1 - student_cdf(fabs(t), df));
}
