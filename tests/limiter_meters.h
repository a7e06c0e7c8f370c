/* SPDX-License-Identifier: Apache-2.0 */
/* True-peak meters of the tests, apart from those of the program: every interpolated value of
 * the whole signal by plain convolution. */
#ifndef HS_TESTS_LIMITER_METERS_H
#define HS_TESTS_LIMITER_METERS_H

#include "core/num.h"

#include <math.h>
#include <stddef.h>

/* BS.1770-5 annex 2, as printed: phases 0 and 1; 3 and 2 are those backwards. */
static const double meter_phase[2][12] = {
    {0.0017089843750, 0.0109863281250, -0.0196533203125, 0.0332031250000, -0.0594482421875,
     0.1373291015625, 0.9721679687500, -0.1022949218750, 0.0476074218750, -0.0266113281250,
     0.0148925781250, -0.0083007812500},
    {-0.0291748046875, 0.0292968750000, -0.0517578125000, 0.0891113281250, -0.1665039062500,
     0.4650878906250, 0.7797851562500, -0.2003173828125, 0.1015625000000, -0.0582275390625,
     0.0330810546875, -0.0189208984375},
};

static inline double meter_at(const float *x, size_t n, long at, int phase)
{
    double sum = 0;
    if (at >= 11 && at < (long)n) { /* nothing but samples: the same sum without questions */
        for (int k = 0; k < 12; k++)
            sum += (phase < 2 ? meter_phase[phase][k] : meter_phase[3 - phase][11 - k]) *
                   (double)x[at - k];
        return fabs(sum);
    }
    for (int k = 0; k < 12; k++) {
        long i = at - k;
        double h = phase < 2 ? meter_phase[phase][k] : meter_phase[3 - phase][11 - k];
        sum += i >= 0 && i < (long)n ? h * (double)x[i] : 0;
    }
    return fabs(sum);
}

/* dBTP of the meter of four phases. */
static inline double meter_4x(const float *x, size_t n)
{
    double peak = 0;
    for (long i = 0; i < (long)n + 11; i++)
        for (int p = 0; p < 4; p++)
            peak = fmax(peak, meter_at(x, n, i, p));
    return hs_db_from_amplitude(peak);
}

/* The same of eight phases and 48 taps of a windowed sinc (Blackman), between samples of which
 * one is `least` or more. */
static inline double meter_8x_near(const float *x, size_t n, float least)
{
    enum { HALF = 24, PHASES = 8 };
    static double h[PHASES][2 * HALF];
    double peak = 0;
    for (int p = 0; p < PHASES; p++)
        for (int k = 0; k < 2 * HALF; k++) {
            double t = k - HALF + 1 - (double)p / PHASES, u = HS_PI * t / HALF;
            double sinc = t == 0 ? 1 : sin(HS_PI * t) / (HS_PI * t);
            h[p][k] = fabs(t) < HALF ? sinc * (0.42 + 0.5 * cos(u) + 0.08 * cos(2 * u)) : 0;
        }
    for (long i = 0; i < (long)n; i++) {
        double around[2 * HALF];
        if (fabsf(x[i]) < least && (i + 1 == (long)n || fabsf(x[i + 1]) < least))
            continue;
        for (long k = 0, at = i - HALF + 1; k < 2 * HALF; k++, at++)
            around[k] = at >= 0 && at < (long)n ? (double)x[at] : 0;
        for (int p = 0; p < PHASES; p++) {
            double sum = 0;
            for (int k = 0; k < 2 * HALF; k++)
                sum += h[p][k] * around[k];
            peak = fmax(peak, fabs(sum));
        }
    }
    return hs_db_from_amplitude(peak);
}

static inline double meter_8x(const float *x, size_t n)
{
    return meter_8x_near(x, n, 0);
}

#endif
