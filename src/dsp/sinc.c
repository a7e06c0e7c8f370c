/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A table of windowed-sinc kernels by phase. The kernel of a position is drawn between the two
 * phases beside it; with a step of 1 it is the same for all samples.
 */
#include "dsp/sinc.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/windowed_sinc.h"

#include <math.h>
#include <string.h>

/* A kernel for very large steps stays within MAX_TAPS: its slope is then less steep. */
enum { TAPS = 64, MAX_TAPS = 32 * TAPS, PHASES = 256, LANES = 4 };

/* 90 dB of stop-band attenuation. */
static const double kaiser_beta = 8.96;

typedef float lanes __attribute__((vector_size(LANES * sizeof(float))));

void hs_sinc_init_rate(struct hs_sinc *s, double step)
{
    double cutoff = step > 1 ? 0.95 / step : 1; /* room for the slope */
    size_t half = (size_t)ceil(TAPS / 2 * fmin(fmax(step, 1), MAX_TAPS / TAPS) / LANES) * LANES;
    s->n_taps = 2 * half;
    s->table = hs_aligned((PHASES + 1) * s->n_taps, sizeof(float));
    for (size_t p = 0; p <= PHASES / 2; p++) /* the kernel is even: the other half mirrors it */
        for (size_t t = 0; t < s->n_taps; t++) {
            double x = (double)t - ((double)half - 1) - (double)p / PHASES;
            s->table[p * s->n_taps + t] = s->table[(PHASES - p + 1) * s->n_taps - 1 - t] =
                (float)hs_windowed_sinc(x, (double)half, cutoff, kaiser_beta);
        }
}

void hs_sinc_init(struct hs_sinc *s)
{
    hs_sinc_init_rate(s, 1);
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

/* In one order, so that all processors give the same bits. */
static float sum_lanes(lanes v)
{
    return (v[0] + v[2]) + (v[1] + v[3]);
}

/* The kernel for a position between two phases. */
static void kernel_at(const struct hs_sinc *s, double share_of_sample, float *kernel)
{
    double phase = share_of_sample * PHASES;
    size_t p = (size_t)phase;
    float share = (float)(phase - (double)p);
    const float *a = s->table + p * s->n_taps, *b = a + s->n_taps;
    for (size_t t = 0; t < s->n_taps; t++)
        kernel[t] = a[t] + share * (b[t] - a[t]);
}

/* Two sums side by side. */
static float convolve(const float *kernel, size_t n_taps, const float *x)
{
    lanes sum = {0}, more = {0};
    for (size_t t = 0; t < n_taps; t += 2 * LANES) {
        sum += load(kernel + t) * load(x + t);
        more += load(kernel + t + LANES) * load(x + t + LANES);
    }
    return sum_lanes(sum + more);
}

/* With a step of 1 all samples share one kernel. */
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
        kernel_at(s, at - whole, kernel);
    for (size_t i = 0; i < n; i++) {
        double p = at + (double)i * step, first = floor(p);
        if (step != 1)
            kernel_at(s, p - first, kernel);
        else
            first = whole + (double)i;
        out_left[i] = convolve(kernel, TAPS, left + (ptrdiff_t)first - HS_SINC_BEFORE);
        out_right[i] = convolve(kernel, TAPS, right + (ptrdiff_t)first - HS_SINC_BEFORE);
    }
}

/* Any step; what lies beyond the ends is silence. */
void hs_sinc_read_all(const struct hs_sinc *s, const float *const in[2], size_t n_in, double at,
                      double step, float *const out[2], size_t n_out)
{
    /* Silence on both sides, as wide as the kernel. */
    float *padded[2], kernel[MAX_TAPS];
    for (int c = 0; c < 2; c++) {
        padded[c] = hs_calloc(n_in + 2 * s->n_taps, sizeof **padded);
        memcpy(padded[c] + s->n_taps, in[c], n_in * sizeof **in);
    }
    for (size_t i = 0; i < n_out; i++) {
        double place = at + (double)i * step, whole = floor(place);
        double from = whole + (double)s->n_taps / 2 + 1; /* of the kernel, in padded[] */
        out[0][i] = out[1][i] = 0;
        if (from < 0 || from > (double)(n_in + s->n_taps))
            continue;
        kernel_at(s, place - whole, kernel);
        for (int c = 0; c < 2; c++)
            out[c][i] = convolve(kernel, s->n_taps, padded[c] + (size_t)from);
    }
    for (int c = 0; c < 2; c++)
        hs_free(padded[c]);
}
