/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Gain and level in dB, as means over a fifth of a second, less what is slower than 3 s: rides
 * and fades are slower, and what a limiter does is faster.
 * 2. An expander is at rest above its threshold. So the level is cut off at some of its quantiles
 * in turn, and a straight line is laid through gain and level; the cut that explains most is taken.
 */
#include "pair/level_slope.h"

#include "core/alloc.h"
#include "pair/level_model.h"
#include "pair/pass.h"

#include <math.h>

static const double quantile[] = {0.1, 0.2, 0.35, 0.5, 0.7, 1};
static const double near_s = 0.2, far_s = 3;
/* dB squared: below this there is nothing to explain. */
static const double least_variance = 1e-3;

static void between(const struct hs_reduction *r, const double *x, double *out)
{
    hs_ticks_slow(x, r->weight, r->n, (size_t)(near_s * HS_PASS_HZ), out);
    hs_ticks_fast(out, r->weight, r->n, (size_t)(far_s * HS_PASS_HZ));
}

static double product(const struct hs_reduction *r, const double *x, const double *y)
{
    double sum = 0, n = 0;
    for (size_t i = 0; i < r->n; i++)
        if (r->weight[i] > 0)
            sum += x[i] * y[i], n++;
    return n > 0 ? sum / n : 0;
}

double hs_level_slope(const struct hs_reduction *r, double *r2)
{
    double *gain = HS_NEW_ARRAY(double, r->n + 1), *cut = HS_NEW_ARRAY(double, r->n + 1);
    double *level = HS_NEW_ARRAY(double, r->n + 1), slope = 0;
    *r2 = 0;
    between(r, r->gain_db, gain);
    const double gg = product(r, gain, gain);
    for (size_t k = 0; k < sizeof quantile / sizeof *quantile; k++) {
        double most = hs_ticks_quantile(r->level_db, r->weight, r->n, quantile[k], level);
        for (size_t i = 0; i < r->n; i++)
            cut[i] = fmin(r->level_db[i], most);
        between(r, cut, level);
        double ll = product(r, level, level), gl = product(r, gain, level);
        if (gg < least_variance || ll < least_variance || gl * gl / (gg * ll) <= *r2)
            continue;
        *r2 = gl * gl / (gg * ll);
        slope = gl / ll;
    }
    hs_free(gain);
    hs_free(cut);
    hs_free(level);
    return slope;
}
