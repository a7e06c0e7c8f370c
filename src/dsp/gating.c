/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Gates and gated means of BS.1770-5 annex 1, and the loudness range of EBU Tech 3342, over
 * rows of block powers.
 */
#include "dsp/gating.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>

static const double absolute_gate_lufs = -70; /* BS.1770-5 annex 1, Tech 3342 section 3 */

double hs_lufs(double power)
{
    return -0.691 + hs_db_from_power(power);
}

/* The inverse of hs_lufs. */
static double power_of_lufs(double lufs)
{
    return hs_power_from_db(lufs + 0.691);
}

double hs_gated_mean(const float *power, size_t n, double gate)
{
    double sum = 0;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if ((double)power[i] > gate) {
            sum += (double)power[i];
            kept++;
        }
    return kept ? sum / (double)kept : 0;
}

/* The gate as a power; 0 where all is below the absolute one. */
double hs_gate(const float *power, size_t n, double relative_lu)
{
    double floor = power_of_lufs(absolute_gate_lufs);
    double mean = hs_gated_mean(power, n, floor);
    if (mean <= 0)
        return 0;
    double relative = mean * hs_power_from_db(relative_lu);
    return relative > floor ? relative : floor;
}

/* NAN where nothing is above the gate. */
double hs_loudness_range(const float *short_term_power, size_t n)
{
    double gate = hs_gate(short_term_power, n, -20);
    if (gate <= 0)
        return NAN;
    double *kept = HS_NEW_ARRAY(double, n);
    size_t n_kept = 0;
    for (size_t i = 0; i < n; i++)
        if ((double)short_term_power[i] >= gate)
            kept[n_kept++] = (double)short_term_power[i];
    double range = NAN;
    if (n_kept) {
        hs_sort(kept, n_kept);
        /* The nearest order statistics (the document's script: round((n-1)p + 1)). */
        double last = (double)(n_kept - 1);
        double low = kept[(size_t)floor(last * 0.10 + 0.5)];
        double high = kept[(size_t)floor(last * 0.95 + 0.5)];
        range = hs_db_from_power(high / low);
    }
    hs_free(kept);
    return range;
}
