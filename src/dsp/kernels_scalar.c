/* SPDX-License-Identifier: Apache-2.0 */
/* The kernels in plain C, double precision throughout: the oracle of the fast ones. */
#include "dsp/itu_filter.h"
#include "dsp/kernels.h"
#include "dsp/kweight.h"

#include <math.h>

static void moments(const float *left, const float *right, size_t n, struct hs_moments *out)
{
    *out = (struct hs_moments){0};
    if (!n)
        return;
    out->high[0] = out->low[0] = left[0];
    out->high[1] = out->low[1] = right[0];
    for (size_t i = 0; i < n; i++) {
        double l = (double)left[i], r = (double)right[i];
        out->sum[0] += l, out->sum[1] += r;
        out->square[0] += l * l, out->square[1] += r * r;
        out->mid += 0.25 * (l + r) * (l + r);
        out->side += 0.25 * (l - r) * (l - r);
        out->high[0] = fmaxf(out->high[0], left[i]);
        out->high[1] = fmaxf(out->high[1], right[i]);
        out->low[0] = fminf(out->low[0], left[i]);
        out->low[1] = fminf(out->low[1], right[i]);
        out->apart = fmaxf(out->apart, fabsf(left[i] - right[i]));
    }
}

static float peak(const float *x, size_t n)
{
    float top = 0;
    for (size_t i = 0; i < n; i++)
        top = fmaxf(top, fabsf(x[i]));
    return top;
}

static double phase(const float *newest, const float *h, int step)
{
    double y = 0;
    for (int k = 0; k < 12; k++)
        y += (double)h[step > 0 ? k : 11 - k] * (double)newest[-k];
    return fabs(y);
}

static float scan_peaks(const float *x, float top[HS_SCAN])
{
    double most = 0;
    for (int i = 0; i < HS_SCAN; i++) {
        const float *newest = x + i + 6;
        double a = fmax(phase(newest, hs_itu_phase[0], 1), phase(newest, hs_itu_phase[0], -1));
        double b = fmax(phase(newest, hs_itu_phase[1], 1), phase(newest, hs_itu_phase[1], -1));
        top[i] = (float)fmax(a, b);
        most = fmax(most, fmax(a, b));
    }
    return (float)most;
}

/* Second-order section, transposed direct form 2. */
static inline double section(const double b[3], const double a[2], double s[2], double x)
{
    double y = b[0] * x + s[0];
    s[0] = b[1] * x - a[0] * y + s[1];
    s[1] = b[2] * x - a[1] * y;
    return y;
}

static void kweight(const struct hs_kweight *k, struct hs_kweight_state *s,
                    const float *left, const float *right, size_t n, double energy[2])
{
    const float *x[2] = {left, right};
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < n; i++) {
            double y = section(k->shelf_b, k->shelf_a, s->shelf[c], (double)x[c][i]);
            y = section(k->high_b, k->high_a, s->high[c], y);
            energy[c] += y * y;
        }
}

const struct hs_kernels hs_kernels_scalar = {
    .name = "scalar",
    .moments = moments,
    .peak = peak,
    .scan_peaks = scan_peaks,
    .kweight = kweight,
};
