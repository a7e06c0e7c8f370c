/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The slope is the median of the slopes of all pairs of points, the offset the median of what
 * is left (Theil and Sen). Points within four robust deviations of that line, or within
 * `floor`, are fitted once more by least squares, which gives the standard errors.
 */
#include "pair/time_map.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>

/* Robust deviations within which a point counts. */
static const double keep = 4;

static double median_slope(const double *x, const double *y, size_t n, double *work)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            if (fabs(x[j] - x[i]) > 0)
                work[k++] = (y[j] - y[i]) / (x[j] - x[i]);
    return k ? hs_median(work, k) : 0;
}

/* With standard errors. */
static void least_squares(const double *x, const double *y, size_t n, const bool *used,
                          struct hs_fit *fit)
{
    double sx = 0, sy = 0, sxx = 0, sxy = 0, see = 0;
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        if (used[i])
            sx += x[i], sy += y[i], m++;
    double mx = sx / (double)m, my = sy / (double)m;
    for (size_t i = 0; i < n; i++)
        if (used[i])
            sxx += (x[i] - mx) * (x[i] - mx), sxy += (x[i] - mx) * (y[i] - my);
    fit->n_used = m;
    fit->slope = sxx > 0 ? sxy / sxx : 0;
    fit->offset = my - fit->slope * mx;
    for (size_t i = 0; i < n; i++)
        if (used[i])
            see += pow(y[i] - fit->offset - fit->slope * x[i], 2);
    double error = m > 2 ? sqrt(see / (double)(m - 2)) : 0;
    fit->slope_error = sxx > 0 ? error / sqrt(sxx) : 0;
    fit->offset_error = sqrt(pow(error, 2) / (double)m + pow(mx * fit->slope_error, 2));
}

/* Median slope first, so that outliers do not count; least squares over those that lie near it. */
struct hs_fit hs_fit_time_map(const double *x, const double *y, size_t n, double floor, bool *used)
{
    struct hs_fit fit = {0};
    double *work = HS_NEW_ARRAY(double, n *(n + 1) / 2 + 1);
    double slope = median_slope(x, y, n, work);
    for (size_t i = 0; i < n; i++)
        work[i] = y[i] - slope * x[i];
    double offset = hs_median(work, n);
    for (size_t i = 0; i < n; i++)
        work[i] = y[i] - slope * x[i];
    fit.spread = hs_mad(work, n, offset);
    double reach = fmax(keep * fit.spread, floor);
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        m += used[i] = fabs(y[i] - offset - slope * x[i]) <= reach;
    if (m > 0)
        least_squares(x, y, n, used, &fit);
    hs_free(work);
    return fit;
}

struct hs_time_map hs_time_map_on_frames(struct hs_time_map map, double mix_hz, double master_hz)
{
    if (fabs(mix_hz - master_hz) < 1e-6 && fabs(map.ratio - 1) < 1e-12)
        map.delay_s = round(map.delay_s * master_hz) / master_hz;
    return map;
}
