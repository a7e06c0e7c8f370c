/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The variance between engineers is estimated from Cochran's Q (DerSimonian and Laird), and drawn
 * with the weight of two engineers to the median error variance. Each value then moves towards the
 * weighted mean, the further the larger its own error is against that variance.
 */
#include "catalogue/pool.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>

/* Mean of the values, weighted by what they vary with `between` added. */
static double weighted_mean(const double *value, const double *se, size_t n, double between,
                            double *weights)
{
    double sum = 0, w_sum = 0;
    for (size_t i = 0; i < n; i++) {
        double w = 1 / (se[i] * se[i] + between);
        sum += w * value[i];
        w_sum += w;
    }
    *weights = w_sum;
    return sum / w_sum;
}

/* The variance between engineers (DerSimonian and Laird), with a prior worth two engineers. */
static double between_of(const double *value, const double *se, size_t n)
{
    double w, squares = 0, q = 0, engineers = (double)n;
    double mean = weighted_mean(value, se, n, 0, &w);
    double *variance = HS_NEW_ARRAY(double, n + 1);
    for (size_t i = 0; i < n; i++) {
        variance[i] = se[i] * se[i];
        squares += 1 / (variance[i] * variance[i]);
        q += (value[i] - mean) * (value[i] - mean) / variance[i];
    }
    double found = n > 1 ? fmax(0, (q - (engineers - 1)) / (w - squares / w)) : 0;
    double median = hs_median(variance, n);
    hs_free(variance);
    return ((engineers - 1) * found + 2 * median) / (engineers + 1);
}

/* Values shrink towards their mean by how uncertain they are; returns the variance between. */
double hs_pool(double *value, double *se, size_t n)
{
    if (!n)
        return 0;
    double w, between = between_of(value, se, n);
    double mean = weighted_mean(value, se, n, between, &w);
    for (size_t i = 0; i < n; i++) {
        double variance = se[i] * se[i], kept = between / (between + variance);
        value[i] = mean + kept * (value[i] - mean);
        se[i] = sqrt(kept * variance + (1 - kept) * (1 - kept) / w);
    }
    return between;
}
