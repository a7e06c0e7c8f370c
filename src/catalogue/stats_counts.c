/* SPDX-License-Identifier: Apache-2.0 */
/* Wilson's score interval, odds ratio, Benjamini-Hochberg (from the largest p down, q never rises),
 * and the Cochran-Armitage score test with dates taken about their mean. */
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

double hs_odds_ratio(int a, int b, int c, int d)
{
    return (a + 0.5) * (d + 0.5) / ((b + 0.5) * (c + 0.5));
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

/* Does the share grow with the date? NAN where nothing varies. */
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
