/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The cross-spectrum with its magnitudes raised to 1/4 goes back to time; the peak is refined
 * by a parabola. Scaled so that a signal correlates with itself to 1.
 */
#include "dsp/gcc.h"

#include "core/alloc.h"
#include "dsp/kernels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The range of frequencies that counts. */
void hs_gcc_init(struct hs_gcc *g, size_t n, double rate_hz, double low_hz, double high_hz)
{
    *g = (struct hs_gcc){0};
    hs_fft_init(&g->fft, n);
    g->cross = hs_aligned(n / 2 + 1, sizeof *g->cross);
    double bins_per_hz = (double)n / rate_hz;
    g->low_bin = (size_t)ceil(low_hz * bins_per_hz);
    g->high_bin = (size_t)floor(fmin(high_hz * bins_per_hz, (double)(n / 2)));
}

void hs_gcc_free(struct hs_gcc *g)
{
    hs_fft_free(&g->fft);
    hs_free(g->cross);
    *g = (struct hs_gcc){0};
}

/* Silence behind the signal. */
void hs_gcc_spectrum(struct hs_gcc *g, const float *x, size_t n_x, float complex *out)
{
    memcpy(g->fft.time, x, n_x * sizeof *x);
    memset(g->fft.time + n_x, 0, (g->fft.n - n_x) * sizeof *x);
    hs_fft_forward_of(&g->fft, g->fft.time, out);
}

enum { LANES = 8 };

/* Cross spectrum of n bins with its magnitude raised to 1/4 (beta 0.75), by roots alone. Returned
 * is the sum of the magnitudes. Plain loops over lanes: the compiler makes vectors of them. */
static inline double weigh_bins(const float *x, const float *y, size_t n, float *out)
{
    float sum[LANES] = {0};
    for (size_t j = 0; j < n; j++) {
        const float a = x[2 * j], b = x[2 * j + 1], c = y[2 * j], d = y[2 * j + 1];
        const float re = a * c + b * d, im = a * d - b * c, power = re * re + im * im;
        const float fourth = sqrtf(sqrtf(power > 1e-30f ? power : 1e-30f)), eighth = sqrtf(fourth);
        const float weight = 1 / (fourth * eighth);
        out[2 * j] = re * weight;
        out[2 * j + 1] = im * weight;
        sum[j] = eighth;
    }
    double total = 0;
    for (size_t j = 0; j < LANES; j++)
        total += (double)sum[j];
    return total;
}

/* The weighed cross spectrum, scaled so that identical sounds correlate to 1. */
static void weigh(struct hs_gcc *g, const float complex *x, const float complex *y)
{
    const size_t bins = g->fft.n / 2 + 1, low = g->low_bin, high = g->high_bin;
    float complex *out = g->fft.freq;
    double total = 0;
    size_t k = low;
    memset(out, 0, low * sizeof *out);
    memset(out + high, 0, (bins - high) * sizeof *out);
    for (; k + LANES <= high; k += LANES)
        total +=
            weigh_bins((const float *)(x + k), (const float *)(y + k), LANES, (float *)(out + k));
    if (k < high)
        total += weigh_bins((const float *)(x + k), (const float *)(y + k), high - k,
                            (float *)(out + k));
    const float scale = (float)(0.5 / total);
    float *part = (float *)out;
    for (k = 2 * low; k < 2 * high && total > 0; k++)
        part[k] *= scale;
}

static float at_lag(const struct hs_gcc *g, long lag)
{
    long n = (long)g->fft.n;
    return g->fft.time[((lag % n) + n) % n];
}

/* The largest magnitude at lags from .. to, 0 where there are none. Negative lags stand at the end
 * of the transform. */
static float highest(const struct hs_gcc *g, long from, long to)
{
    float most = 0;
    while (from <= to) {
        const long n = (long)g->fft.n, at = ((from % n) + n) % n;
        const long run = to - from + 1 < n - at ? to - from + 1 : n - at;
        most = fmaxf(most, g->fft.kernels->peak(g->fft.time + at, (size_t)run));
        from += run;
    }
    return most;
}

enum { RUN = 4096 };

/* The first lag at which the magnitude is the largest. */
static long highest_lag(const struct hs_gcc *g, long from, long to)
{
    const float most = highest(g, from, to);
    long lag = from;
    while (lag + RUN <= to && highest(g, lag, lag + RUN - 1) != most)
        lag += RUN;
    while (lag < to && fabsf(at_lag(g, lag)) != most)
        lag++;
    return lag;
}

/* Sums of at most RUN samples are single. */
static double power_of(const struct hs_fft *fft)
{
    double power = 0;
    size_t at = 0, n;
    for (; fft->n - at >= HS_ROW; at += n) {
        float sum[HS_ROW];
        n = fft->n - at < RUN ? (fft->n - at) / HS_ROW * HS_ROW : RUN;
        fft->kernels->rows(fft->time + at, fft->time + at, n / HS_ROW, sum);
        for (size_t i = 0; i < HS_ROW; i++)
            power += (double)sum[i];
    }
    for (; at < fft->n; at++)
        power += (double)(fft->time[at] * fft->time[at]);
    return power;
}

/* The lag of y against x between min_lag and max_lag, refined between the samples. `second` is the
 * highest value more than min_distance away, `z` the peak over the rms of all lags. */
struct hs_gcc_peak hs_gcc_find(struct hs_gcc *g, const float complex *x, const float complex *y,
                               long min_lag, long max_lag, long min_distance)
{
    struct hs_gcc_peak peak = {0};
    weigh(g, x, y);
    hs_fft_inverse_by_pairs(&g->fft);
    const long best = highest_lag(g, min_lag, max_lag);
    const double power = power_of(&g->fft);
    peak.second = (double)fmaxf(highest(g, min_lag, best - min_distance - 1),
                                highest(g, best + min_distance + 1, max_lag));
    double b = (double)at_lag(g, best), a = (double)at_lag(g, best - 1);
    double c = (double)at_lag(g, best + 1), bend = a - 2 * b + c;
    double shift = fabs(bend) > 0 ? 0.5 * (a - c) / bend : 0;
    peak.lag = (double)best + (fabs(shift) <= 1 ? shift : 0);
    peak.value = b - 0.25 * (a - c) * shift;
    double rms = sqrt(power / (double)g->fft.n);
    peak.z = rms > 0 ? fabs(b) / rms : 0;
    return peak;
}
