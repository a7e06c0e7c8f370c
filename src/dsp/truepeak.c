/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A bound from the survey tells which blocks can exceed the highest value so far. Only those
 * are scanned with the filter of the standard, and only what comes within 0.7 dB of the maximum
 * is read with 64 taps.
 */
#include "dsp/truepeak.h"

#include "core/num.h"
#include "dsp/itu_filter.h"
#include "dsp/windowed_sinc.h"

#include <math.h>

/* 0.7 dB: more than the scan can lie below the long interpolator (0.3 dB seen; the grid of
 * four alone loses 0.69 dB at half the sample rate). */
static const float scan_margin = 0.9226f;

void hs_true_peak_filter_init(struct hs_true_peak_filter *f)
{
    const double beta = 8; /* side lobes below -80 dB */
    enum { HALF = HS_TP_TAPS / 2 };
    for (int p = 0; p < HS_TP_PHASES; p++)
        for (int k = 0; k < HS_TP_TAPS; k++) {
            double t = k - (HALF - 1 + (double)p / HS_TP_PHASES);
            f->taps[p][k] = (float)hs_windowed_sinc(t, HALF, 1, beta);
        }
}

/* The value p/8 behind x[0]. */
static float between(const struct hs_true_peak *t, const float *x, int p)
{
    const float *from = x - (HS_TP_TAPS / 2 - 1), *h = t->filter->taps[p];
    float sum[4] = {0};
    for (int k = 0; k < HS_TP_TAPS; k += 4)
        for (int j = 0; j < 4; j++)
            sum[j] += from[k + j] * h[k + j];
    return fabsf((sum[0] + sum[1]) + (sum[2] + sum[3]));
}

/* Reads the peak that the scan saw between x[0] and x[1], one sample to either side. */
static void refine(struct hs_true_peak *t, const float *x)
{
    for (int i = -1; i <= 1; i++)
        for (int p = 0; p < HS_TP_PHASES; p++)
            t->best = hs_larger(t->best, between(t, x + i, p));
}

/* What no interpolated value of the block can exceed. */
static float bound(const float *x, const struct hs_survey *s)
{
    float peak = hs_larger(s->peak, fabsf(x[HS_SCAN]));
    float bend = hs_larger(s->bend, hs_larger(s[-1].bend, s[1].bend));
    return hs_itu_level * peak + hs_itu_bend * bend;
}

void hs_true_peak_scan(struct hs_true_peak *t, const float *x, const struct hs_survey *survey)
{
    if (bound(x, survey) <= t->segment)
        return;
    float top[HS_SCAN];
    float scanned = t->kernels->scan_peaks(x, top);
    t->segment = fmaxf(t->segment, fmaxf(scanned, survey->peak));
    t->best = fmaxf(t->best, survey->peak);
    if (t->segment < t->best * scan_margin)
        return;
    for (int i = 0; i < HS_SCAN; i++) {
        float before = i ? top[i - 1] : 0, after = i + 1 < HS_SCAN ? top[i + 1] : 0;
        if (top[i] >= t->best * scan_margin && top[i] >= before && top[i] > after)
            refine(t, x + i);
    }
}
