/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Permutation tests in which whole releases change places: the p is the share of orders whose
 * statistic is at least as large as the one seen. Few releases: every order; more: seeded random
 * orders with the one seen among them; very many: the normal limit.
 */
#include "catalogue/stats_resample.h"

#include "catalogue/stats_counts.h"
#include "core/alloc.h"
#include "core/num.h"

#include <math.h>

enum {
    DRAWS = 2000,
    ALL_ORDERS_TO = 7, /* 5040 orders */
    LINEAR_ORDERS = 9999,
    LINEAR_SEEDED_TO = 60,
    KENDALL_ORDERS = 1999,
};

typedef double statistic_fn(const size_t *order, size_t n, const double *a, const double *b);

struct tally {
    statistic_fn *statistic;
    const double *a, *b;
    size_t n;
    double seen;
    double reached, orders;
};

static void count_order(struct tally *t, const size_t *order)
{
    double x = fabs(t->statistic(order, t->n, t->a, t->b));
    t->orders++;
    t->reached += x >= t->seen - 1e-9 * (1 + t->seen);
}

/* Every order of the first m places (Heap 1963). */
static void all_orders(struct tally *t, size_t *order, size_t m)
{
    if (m <= 1) {
        count_order(t, order);
        return;
    }
    for (size_t i = 0; i < m; i++) {
        all_orders(t, order, m - 1);
        size_t j = m % 2 ? 0 : i, keep = order[j];
        order[j] = order[m - 1];
        order[m - 1] = keep;
    }
}

/* The share of orders that reach what was seen: all orders where they are few, else drawn ones
 * with the seen one among them, so that it is never 0. */
static double permute(struct tally *t, int seeded, uint64_t seed)
{
    size_t *order = hs_malloc((t->n ? t->n : 1) * sizeof *order);
    for (size_t i = 0; i < t->n; i++)
        order[i] = i;
    t->seen = fabs(t->statistic(order, t->n, t->a, t->b));
    if (t->n <= ALL_ORDERS_TO) {
        all_orders(t, order, t->n);
    } else {
        struct hs_rng rng = {seed};
        count_order(t, order); /* what was seen is one of the orders */
        for (int i = 0; i < seeded; i++) {
            hs_rng_shuffle(&rng, order, t->n);
            count_order(t, order);
        }
    }
    hs_free(order);
    return t->reached / t->orders;
}

static double linear(const size_t *order, size_t n, const double *a, const double *b)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[order[i]];
    return sum;
}

/* About their means, so that the permutation's expectation of T is 0. */
static double *centred(const double *x, size_t n, double *squares)
{
    double *c = hs_malloc(n * sizeof *c), mean = hs_mean(x, n);
    *squares = 0;
    for (size_t i = 0; i < n; i++) {
        c[i] = x[i] - mean;
        *squares += c[i] * c[i];
    }
    return c;
}

double hs_permute_linear(const double *a, const double *b, size_t n, uint64_t seed)
{
    if (n < 2)
        return NAN;
    double aa, bb, p = NAN;
    double *ca = centred(a, n, &aa), *cb = centred(b, n, &bb);
    struct tally t = {.statistic = linear, .a = ca, .b = cb, .n = n};
    if (aa <= 0 || bb <= 0)
        p = 1;
    else if (n <= LINEAR_SEEDED_TO)
        p = permute(&t, LINEAR_ORDERS, seed);
    else { /* Hoeffding 1951: variance sum a^2 sum b^2 / (n - 1) */
        double sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += ca[i] * cb[i];
        p = hs_two_sided_p(sum / sqrt(aa * bb / (double)(n - 1)));
    }
    hs_free(ca);
    hs_free(cb);
    return p;
}

static double kendall(const size_t *order, size_t n, const double *date, const double *pairs)
{
    double s = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++) {
            double d = date[order[j]] - date[order[i]];
            s += (double)((d > 0) - (d < 0)) * pairs[i * n + j];
        }
    return s;
}

double hs_permute_kendall(const double *date, const double *pairs, size_t n, uint64_t seed)
{
    if (n < 2)
        return NAN;
    struct tally t = {.statistic = kendall, .a = date, .b = pairs, .n = n};
    return permute(&t, KENDALL_ORDERS, seed);
}
