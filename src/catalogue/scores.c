/* SPDX-License-Identifier: Apache-2.0 */
/* CRPS of a normal distribution in closed form; Brier score; calibration in five equal bins of the
 * predicted chance. */
#include "catalogue/scores.h"

#include "catalogue/stats_counts.h"
#include "core/num.h"

#include <math.h>

double hs_crps_normal(double x, double mean, double spread)
{
    double z = (x - mean) / spread, density = exp(-z * z / 2) / sqrt(2 * HS_PI);
    if (!(spread > 0))
        return fabs(x - mean);
    return spread * (z * (2 * hs_normal_cdf(z) - 1) + 2 * density - 1 / sqrt(HS_PI));
}

double hs_brier(const double *chance, const bool *came, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double off = chance[i] - (came[i] ? 1 : 0);
        sum += off * off;
    }
    return n ? sum / (double)n : NAN;
}

/* Chances in equal bins, with how often they came true. */
void hs_calibrate(const double *chance, const bool *came, size_t n,
                  struct hs_calibration_bin bins[HS_CALIBRATION_BINS])
{
    int true_in[HS_CALIBRATION_BINS] = {0};
    for (size_t b = 0; b < HS_CALIBRATION_BINS; b++)
        bins[b] = (struct hs_calibration_bin){0, 0, NAN, {NAN, NAN}};
    for (size_t i = 0; i < n; i++) {
        double at = fmax(0, fmin(chance[i] * HS_CALIBRATION_BINS, HS_CALIBRATION_BINS - 1));
        struct hs_calibration_bin *bin = &bins[(size_t)at];
        bin->n++;
        bin->predicted += chance[i];
        true_in[(size_t)at] += came[i];
    }
    for (size_t b = 0; b < HS_CALIBRATION_BINS; b++) {
        struct hs_calibration_bin *bin = &bins[b];
        struct hs_interval i = hs_wilson(true_in[b], bin->n, 0.95);
        bin->predicted = bin->n ? bin->predicted / bin->n : NAN;
        if (!bin->n)
            continue;
        bin->observed = (double)true_in[b] / bin->n;
        bin->interval[0] = i.low;
        bin->interval[1] = i.high;
    }
}
