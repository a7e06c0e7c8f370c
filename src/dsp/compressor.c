/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The static curve in dB, smoothed by one pole with attack and release. The threshold for a
 * given 95th percentile is found by up to 16 bisections over histograms of the reduction.
 */
#include "dsp/compressor.h"

#include "core/num.h"

#include <math.h>
#include <string.h>

static const double ratio = 1.5, knee_db = 6, attack_s = 30e-3, release_s = 150e-3;

/* Of gain reduction, for percentiles. */
enum { BINS = 8000 };
static const double bin_db = 0.005;

double hs_compressor_static(double level_db, double threshold_db)
{
    const double slope = 1 - 1 / ratio;
    double over = level_db - threshold_db, half = knee_db / 2;
    if (over <= -half)
        return 0;
    if (over >= half)
        return slope * over;
    return slope * (over + half) * (over + half) / (2 * knee_db);
}

struct ballistics {
    double attack, release, gr_db;
};

/* What is kept of the reduction per step. */
static struct ballistics ballistics(double step_s)
{
    return (struct ballistics){exp(-step_s / attack_s), exp(-step_s / release_s), 0};
}

/* The reduction rises with the attack and falls with the release. */
static double follow(struct ballistics *b, double level_db, double threshold_db)
{
    double aim = hs_compressor_static(level_db, threshold_db);
    double keep = aim > b->gr_db ? b->attack : b->release;
    b->gr_db = aim + (b->gr_db - aim) * keep;
    return b->gr_db;
}

void hs_compressor_run(const float *level_db, size_t n, double step_s, double threshold_db,
                       float *out_db)
{
    struct ballistics b = ballistics(step_s);
    for (size_t i = 0; i < n; i++)
        out_db[i] = (float)follow(&b, (double)level_db[i], threshold_db);
}

/* Of the reduction over active steps, to the width of a bin. */
static double percentile_95(const float *level_db, const bool *active, size_t n, double step_s,
                            double threshold_db, size_t n_active)
{
    unsigned count[BINS] = {0};
    struct ballistics b = ballistics(step_s);
    for (size_t i = 0; i < n; i++) {
        double gr_db = follow(&b, (double)level_db[i], threshold_db);
        if (active[i])
            count[(size_t)fmin(gr_db / bin_db, BINS - 1)]++;
    }
    size_t above = 0, at = BINS;
    while (at > 0 && (double)(above + count[at - 1]) <= 0.05 * (double)n_active)
        above += count[--at];
    return ((double)at - 0.5) * bin_db;
}

/* Bisection: a lower threshold reduces more. */
double hs_compressor_fit(const float *level_db, const bool *active, size_t n, double step_s,
                         double p95_db, double *found_db)
{
    double low = -120, high = 20;
    size_t n_active = 0;
    for (size_t i = 0; i < n; i++)
        n_active += active[i];
    *found_db = NAN;
    if (!n_active)
        return NAN;
    for (int i = 0; i < 16 && !(fabs(*found_db - p95_db) < 0.02); i++) {
        double middle = (low + high) / 2;
        *found_db = percentile_95(level_db, active, n, step_s, middle, n_active);
        if (*found_db > p95_db)
            low = middle;
        else
            high = middle;
        if (fabs(*found_db - p95_db) < 0.02)
            return middle;
    }
    return (low + high) / 2;
}
