/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Centre and spread of the references, robust against outliers.
 * 2. The spread is blended with the usual one by its logarithm, and never below a fifth of it.
 * 3. The centre moves from the built-in one towards that of the references, the further the more
 *    there are and the closer they lie.
 */
#include "judge/shrinkage.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <string.h>

enum {
    SHRINK_CENTRE = 10, /* references, as spread as all music, that weigh as much as the built-in
                           centre */
    SHRINK_SPREAD = 2,  /* references that weigh as much as the usual spread */
};

/* Values are pulled in to 2.5 robust spreads (median absolute deviation) around the median, then
 * the ordinary standard deviation is taken: nearly as exact as that, and robust against outliers.
 */
double hs_robust_spread(const double *x, size_t n, double *centre)
{
    double *copy = HS_NEW_ARRAY(double, n + 1);
    memcpy(copy, x, n * sizeof *x);
    *centre = hs_median(copy, n);
    double reach = 2.5 * hs_mad(copy, n, *centre), mean = 0, sum = 0;
    for (size_t i = 0; i < n; i++) {
        copy[i] = reach > 0 ? fmin(fmax(x[i], *centre - reach), *centre + reach) : x[i];
        mean += copy[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++)
        sum += (copy[i] - mean) * (copy[i] - mean);
    hs_free(copy);
    return n > 1 ? sqrt(sum / (double)(n - 1)) : NAN;
}

size_t hs_compact(const double *x, size_t n, size_t leave_out, double *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (i != leave_out && !isnan(x[i]))
            out[kept++] = x[i];
    return kept;
}

/* Few references move the built-in centre a little, many nearly all of the way. */
void hs_shrinkage(struct hs_shrinkage *b, const double *x, size_t n)
{
    double tail_scale = b->tail_scale;
    b->weight = 0;
    b->tail_scale = 1;
    if (!n)
        return;
    double centre, own = hs_robust_spread(x, n, &centre), k = SHRINK_CENTRE;
    if (n >= HS_ENOUGH_TO_SPREAD) {
        /* No set of different songs is five times tighter than music is; copies of one song are. */
        double share = (double)n / (double)(n + SHRINK_SPREAD);
        own = fmax(own, b->within / 5);
        own = exp((1 - share) * log(b->within) + share * log(own));
        k = fmin(fmax(SHRINK_CENTRE * own * own / (b->spread * b->spread), 1), k);
        /* The centre of few references is uncertain as well. */
        own *= sqrt(1 + 1 / (double)n) * b->edge_scale;
        b->tail_scale = pow(tail_scale, share);
    } else
        own = b->spread;
    b->weight = (double)n / ((double)n + k);
    b->centre += b->weight * (centre - b->centre);
    b->spread = own;
    b->n += (double)n;
}

void hs_shrinkage_alike(struct hs_shrinkage *b, const double *alike, size_t n)
{
    struct hs_shrinkage all = *b;
    b->within = all.spread / all.edge_scale;
    hs_shrinkage(b, alike, n);
    b->tail_scale = all.tail_scale;
    b->n = all.n;
    b->weight = all.weight;
    b->within = all.within;
}

const char *hs_shrinkage_target(const char *profile, size_t n, double weight, const char *subset,
                                struct hs_arena *arena)
{
    if (!n)
        return hs_arena_printf(arena, "built-in %s", profile);
    int percent = (int)lround(100 * weight);
    return hs_arena_printf(arena, "references (%zu track%s%s%s) %d %%, built-in %s %d %%", n,
                           n == 1 ? "" : "s", subset ? ", " : "", subset ? subset : "", percent,
                           profile, 100 - percent);
}
