/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The short-term loudness of two releases of one recording rises and falls together, whatever
 * mastering did to level and spectrum. They are the same where the best correlation over lags of up
 * to 15 s is .75 or more. Without the two time series the lengths decide.
 */
#include "catalogue/same_recording.h"

#include <math.h>

#define FLOOR_LUFS (-60.0) /* below: silence, whatever the number */
#define ALIKE 0.75         /* correlation of the time series, at the best lag */
#define LEAST_OVERLAP_S 20.0
#define MOST_LAG_S 15.0   /* a longer lead-in is another edit */
#define LENGTH_RATIO 1.02 /* without the time series: 2 % or 2 s */

/* Pearson's correlation of a[lag + i] with b[i]; NaN when too little overlaps. */
static double correlation(const struct hs_value *a, const struct hs_value *b, long lag)
{
    double n = 0, sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
    for (long i = lag < 0 ? -lag : 0; i < (long)b->n && i + lag < (long)a->n; i++) {
        double x = a->series[i + lag], y = b->series[i];
        x = x > FLOOR_LUFS ? x : FLOOR_LUFS; /* also where it is NaN */
        y = y > FLOOR_LUFS ? y : FLOOR_LUFS;
        n++, sx += x, sy += y, sxx += x * x, syy += y * y, sxy += x * y;
    }
    double vx = n * sxx - sx * sx, vy = n * syy - sy * sy;
    if (n * a->step_s < LEAST_OVERLAP_S || vx <= 0 || vy <= 0)
        return NAN;
    return (n * sxy - sx * sy) / sqrt(vx * vy);
}

static double best_correlation(const struct hs_value *a, const struct hs_value *b)
{
    double best = NAN;
    long most = lround(MOST_LAG_S / a->step_s);
    for (long lag = -most; lag <= most; lag++)
        best = fmax(best, correlation(a, b, lag));
    return best;
}

static bool is_course(const struct hs_value *v)
{
    return v && v->kind == HS_SERIES && v->n && v->step_s > 0;
}

/* By the course of loudness, else by length; true where nothing speaks against it. */
bool hs_same_recording(const struct hs_file *a, const struct hs_file *b)
{
    if (a->state != HS_FILE_OK || b->state != HS_FILE_OK)
        return true;
    const struct hs_value *x = hs_values_get(&a->values, "short_term_lufs");
    const struct hs_value *y = hs_values_get(&b->values, "short_term_lufs");
    double likeness = NAN;
    if (is_course(x) && is_course(y) && x->step_s == y->step_s)
        likeness = best_correlation(x, y);
    if (!isnan(likeness))
        return likeness >= ALIKE;
    double s = hs_values_or_nan(&a->values, "duration_s");
    double t = hs_values_or_nan(&b->values, "duration_s");
    if (isnan(s) || isnan(t))
        return true;
    return fabs(s - t) <= 2 || fmax(s, t) <= LENGTH_RATIO * fmin(s, t);
}
