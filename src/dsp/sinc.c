/* SPDX-License-Identifier: Apache-2.0 */
#include "dsp/sinc.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <string.h>

enum { TAPS = 64, PHASES = 256, LANES = 4 };

/* Beta of the Kaiser window: 90 dB of stop-band attenuation (Kaiser 1974). */
static const double kaiser_beta = 8.96;

typedef float lanes __attribute__((vector_size(LANES * sizeof(float))));

static double bessel_i0(double x)
{
    double sum = 1, term = 1;
    for (int k = 1; k < 60; k++) {
        term *= x / 2 / k;
        sum += term * term;
    }
    return sum;
}

void hs_sinc_init(struct hs_sinc *s)
{
    s->table = hs_aligned((size_t)(PHASES + 1) * TAPS, sizeof(float));
    for (int p = 0; p <= PHASES; p++)
        for (int t = 0; t < TAPS; t++) {
            double x = t - HS_SINC_BEFORE - (double)p / PHASES, u = x / (TAPS / 2);
            double window =
                fabs(u) < 1 ? bessel_i0(kaiser_beta * sqrt(1 - u * u)) / bessel_i0(kaiser_beta) : 0;
            double sinc = fabs(x) < 1e-12 ? 1 : sin(HS_PI * x) / (HS_PI * x);
            s->table[p * TAPS + t] = (float)(window * sinc);
        }
}

void hs_sinc_free(struct hs_sinc *s)
{
    hs_free(s->table);
    s->table = NULL;
}

static lanes load(const float *x)
{
    lanes v;
    memcpy(&v, x, sizeof v);
    return v;
}

static float sum_lanes(lanes v)
{
    return (v[0] + v[2]) + (v[1] + v[3]);
}

/* The kernel for a position between two phases. */
static void kernel_at(const float *table, double share_of_sample, float *kernel)
{
    double phase = share_of_sample * PHASES;
    int p = (int)phase;
    float share = (float)(phase - p);
    const float *a = table + p * TAPS, *b = a + TAPS;
    for (int t = 0; t < TAPS; t++)
        kernel[t] = a[t] + share * (b[t] - a[t]);
}

static float convolve(const float *kernel, const float *x)
{
    lanes sum = {0}, more = {0};
    for (int t = 0; t < TAPS; t += 2 * LANES) {
        sum += load(kernel + t) * load(x + t);
        more += load(kernel + t + LANES) * load(x + t + LANES);
    }
    return sum_lanes(sum + more);
}

void hs_sinc_read(const struct hs_sinc *s, const float *left, const float *right, double at,
                  double step, size_t n, float *out_left, float *out_right)
{
    /* Closer than this to the samples themselves: copied. */
    static const double on_sample = 1e-7;
    double near = round(at), whole = floor(at);
    float kernel[TAPS];
    if (step == 1 && fabs(at - near) < on_sample) {
        memcpy(out_left, left + (ptrdiff_t)near, n * sizeof *left);
        memcpy(out_right, right + (ptrdiff_t)near, n * sizeof *right);
        return;
    }
    if (step == 1)
        kernel_at(s->table, at - whole, kernel);
    for (size_t i = 0; i < n; i++) {
        double p = at + (double)i * step, first = floor(p);
        if (step != 1)
            kernel_at(s->table, p - first, kernel);
        else
            first = whole + (double)i;
        out_left[i] = convolve(kernel, left + (ptrdiff_t)first - HS_SINC_BEFORE);
        out_right[i] = convolve(kernel, right + (ptrdiff_t)first - HS_SINC_BEFORE);
    }
}
