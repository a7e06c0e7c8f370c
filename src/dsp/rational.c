/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. With out/in = up/down, output k lies at input k * down/up. There are `up` places between
 *    inputs, each with a filter of its own: a sinc whose edge lies below half the lower rate, under
 *    Kaiser's window, 48 periods of the lower rate to either side.
 * 2. Outputs k, k + up, k + 2 up .. have one filter and lie `down` inputs apart, so that one call
 *    of the filter kernel makes all of them.
 * 3. Outputs are made by slices whose inputs stay in the nearest cache while all filters pass.
 * 4. Input that no later output needs is forgotten.
 */
#include "dsp/rational.h"

#include "core/alloc.h"
#include "dsp/kernels.h"
#include "dsp/windowed_sinc.h"

#include <math.h>
#include <string.h>

static const double half_periods = 48, cutoff = 0.97, beta = 9; /* 90 dB */
enum { MOST_TAPS = 1 << 17, SPAN = 16 };

/* The filter for an output `late` inputs behind the one in the middle; they add up to 1. */
static void make_filter(const struct hs_rational *r, double late, float *taps)
{
    const double lower = fmin((double)r->up / (double)r->down, 1);
    double *tap = HS_NEW_ARRAY(double, 2 * r->half), sum = 0;
    for (size_t i = 0; i < 2 * r->half; i++) {
        const double away = late + (double)r->half - 1 - (double)i;
        tap[i] = hs_windowed_sinc(away * lower, half_periods, cutoff, beta);
        sum += tap[i];
    }
    for (size_t i = 0; i < 2 * r->half; i++)
        taps[i] = (float)(tap[i] / sum);
    hs_free(tap);
}

static size_t divisor(size_t a, size_t b)
{
    while (b) {
        const size_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

bool hs_rational_init(struct hs_rational *r, double in_hz, double out_hz)
{
    const size_t in = (size_t)llround(in_hz), out = (size_t)llround(out_hz);
    *r = (struct hs_rational){.kernels = hs_kernels_choose(), .length = -1};
    if (!in || !out || fabs(in_hz - (double)in) > 1e-9 || fabs(out_hz - (double)out) > 1e-9)
        return false;
    const size_t common = divisor(in, out), up = out / common, down = in / common;
    const double wider = fmax((double)down / (double)up, 1);
    r->half = (size_t)ceil(half_periods * wider);
    r->n_taps = (2 * r->half + HS_FIR_LANES - 1) / HS_FIR_LANES * HS_FIR_LANES;
    if (up * r->n_taps > MOST_TAPS)
        return false;
    r->up = up;
    r->down = down;
    r->taps = hs_aligned(up * r->n_taps, sizeof *r->taps);
    for (size_t k = 0; k < up; k++)
        make_filter(r, (double)(k * down % up) / (double)up, r->taps + k * r->n_taps);
    hs_rational_reset(r);
    return true;
}

void hs_rational_reset(struct hs_rational *r)
{
    r->first = -(int64_t)r->half;
    r->n_in = 0;
    r->made = 0;
    r->length = -1;
}

/* Room for so many frames more. */
static void reserve(struct hs_rational *r, size_t n)
{
    const size_t all = r->n_in + n + r->n_taps;
    if (all <= r->cap)
        return;
    r->cap = all + all / 2;
    for (int c = 0; c < 2; c++)
        r->in[c] = hs_realloc(r->in[c], r->cap, sizeof(float));
}

static void put(struct hs_rational *r, const float *const in[2], size_t n)
{
    reserve(r, n);
    for (int c = 0; c < 2; c++) {
        if (in)
            memcpy(r->in[c] + r->n_in, in[c], n * sizeof(float));
        else
            memset(r->in[c] + r->n_in, 0, n * sizeof(float));
    }
    r->n_in += n;
}

/* First input of the filter of an output. */
static int64_t begin_of(const struct hs_rational *r, int64_t output)
{
    return output * (int64_t)r->down / (int64_t)r->up - (int64_t)r->half + 1;
}

/* Outputs that the input at hand allows, at most so many. */
static size_t ready(const struct hs_rational *r, size_t most)
{
    const int64_t up = (int64_t)r->up, down = (int64_t)r->down;
    const int64_t end = r->first + (int64_t)r->n_in - (int64_t)(r->n_taps - r->half);
    int64_t all = end > 0 ? (end * up + down - 1) / down : 0;
    if (r->length >= 0 && all > (r->length * up + down - 1) / down)
        all = (r->length * up + down - 1) / down;
    const int64_t n = all > r->made ? all - r->made : 0;
    return (size_t)n < most ? (size_t)n : most;
}

/* Outputs of one filter: every `up`-th from `from` on. */
static void run_filter(const struct hs_rational *r, size_t from, size_t n, float *const out[2])
{
    const int64_t output = r->made + (int64_t)from;
    const float *taps = r->taps + (size_t)(output % (int64_t)r->up) * r->n_taps;
    const size_t at = (size_t)(begin_of(r, output) - r->first);
    float span[SPAN];
    for (int c = 0; c < 2; c++)
        for (size_t i = 0, done = 0; from + done * r->up < n; done += i) {
            const size_t left = (n - from - 1) / r->up + 1 - done;
            const size_t m = left < SPAN ? left : SPAN;
            r->kernels->fir(r->in[c] + at + done * r->down, r->down, taps, r->n_taps, span, m);
            for (i = 0; i < m; i++)
                out[c][from + (done + i) * r->up] = span[i];
        }
}

static void forget(struct hs_rational *r)
{
    const int64_t from = begin_of(r, r->made);
    if (from <= r->first)
        return;
    const size_t gone = (size_t)(from - r->first);
    for (int c = 0; c < 2; c++)
        memmove(r->in[c], r->in[c] + gone, (r->n_in - gone) * sizeof(float));
    r->n_in -= gone;
    r->first = from;
}

size_t hs_rational_run(struct hs_rational *r, const float *const in[2], size_t n_in,
                       float *const out[2], size_t n_out)
{
    if (!r->n_in) /* silence before the first frame */
        put(r, NULL, r->half);
    if (in)
        put(r, in, n_in);
    else if (r->length < 0) {
        r->length = r->first + (int64_t)r->n_in;
        put(r, NULL, r->n_taps);
    }
    const size_t n = ready(r, n_out);
    for (size_t from = 0; from < n; from += SPAN * r->up)
        for (size_t k = from; k < n && k < from + r->up; k++)
            run_filter(r, k, n < from + SPAN * r->up ? n : from + SPAN * r->up, out);
    r->made += (int64_t)n;
    forget(r);
    return n;
}

void hs_rational_free(struct hs_rational *r)
{
    hs_free(r->taps);
    hs_free(r->in[0]);
    hs_free(r->in[1]);
    *r = (struct hs_rational){0};
}
