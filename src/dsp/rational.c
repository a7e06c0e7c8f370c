/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. With out/in = up/down, `periods` times `down` inputs last as long as `periods` times `up`
 *    outputs. The transform of the former, times the response of a low-pass and cut to what both
 *    rates hold, is that of the latter (overlap-save).
 * 2. The low-pass is a sinc whose edge lies below half the lower rate, under Kaiser's window, 128
 *    periods of the lower rate to either side. What it reaches from outside of a block is dropped:
 *    `lead` periods at either end.
 * 3. Both channels go through one complex transform.
 */
#include "dsp/rational.h"

#include "core/alloc.h"
#include "dsp/windowed_sinc.h"

#include <math.h>
#include <string.h>

static const double half_periods = 128, cutoff = 0.977, beta = 9; /* 90 dB at half the lower rate */
/* Points of a block; periods of it for one of its lead. */
enum { USUAL = 8192, MOST = 1 << 16, LEADS = 8 };

static size_t divisor(size_t a, size_t b)
{
    while (b) {
        const size_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static size_t kept_bins(const struct hs_rational *r)
{
    return (r->up < r->down ? r->up : r->down) * r->periods / 2;
}

/* The filter lies around the first input, so that it has no delay and a real response; its gain is
 * 1. */
static void make_response(struct hs_rational *r, double lower)
{
    const size_t n = r->to.n, half = kept_bins(r);
    memset(r->in, 0, n * sizeof *r->in);
    for (size_t i = 0; (double)i * lower < half_periods; i++) {
        const float tap = (float)hs_windowed_sinc((double)i * lower, half_periods, cutoff, beta);
        r->in[i] = tap;
        r->in[i ? n - i : 0] = tap;
    }
    hs_dft_run(&r->to, r->in, r->bins);
    for (size_t k = 0; k < half; k++)
        r->response[k] = crealf(r->bins[k]) / (crealf(r->bins[0]) * (float)n);
}

bool hs_rational_init(struct hs_rational *r, double in_hz, double out_hz)
{
    const size_t in = (size_t)llround(in_hz), out = (size_t)llround(out_hz);
    *r = (struct hs_rational){0};
    if (!in || !out || fabs(in_hz - (double)in) > 1e-9 || fabs(out_hz - (double)out) > 1e-9)
        return false;
    const size_t common = divisor(in, out), up = out / common, down = in / common;
    const size_t longer = up > down ? up : down;
    const double lower = fmin((double)up / (double)down, 1);
    r->lead = (size_t)ceil(half_periods / lower / (double)down);
    r->periods = 2;
    while (r->periods < LEADS * r->lead || 2 * r->periods * longer <= USUAL)
        r->periods *= 2;
    if (r->periods * longer > MOST)
        return false;
    r->up = up;
    r->down = down;
    r->block = (r->periods - 2 * r->lead) * up;
    hs_dft_init(&r->to, r->periods * down, false);
    hs_dft_init(&r->fro, r->periods * up, true);
    r->cap = 2 * r->to.n;
    r->in = hs_aligned(r->cap, sizeof *r->in);
    r->bins = hs_aligned(r->to.n, sizeof *r->bins);
    r->kept = hs_aligned(r->fro.n, sizeof *r->kept);
    r->out = hs_aligned(r->fro.n, sizeof *r->out);
    r->response = HS_NEW_ARRAY(float, kept_bins(r));
    make_response(r, lower);
    hs_rational_reset(r, false);
    return true;
}

void hs_rational_reset(struct hs_rational *r, bool led)
{
    const size_t before = r->lead * r->down;
    r->n_in = led ? 0 : before;
    r->n_seen = led ? -(int64_t)before : 0;
    memset(r->in, 0, before * sizeof *r->in);
    r->at = r->block;
    r->made = 0;
    r->ended = false;
}

static void reserve(struct hs_rational *r, size_t n)
{
    if (n <= r->cap)
        return;
    float complex *more = hs_aligned_unset(n + n / 2, sizeof *more);
    memcpy(more, r->in, r->n_in * sizeof *more);
    hs_free(r->in);
    r->in = more;
    r->cap = n + n / 2;
}

static void put(struct hs_rational *r, const float *const in[2], size_t n)
{
    reserve(r, r->n_in + n);
    float *to = (float *)(r->in + r->n_in);
    for (size_t i = 0; i < n; i++) {
        to[2 * i] = in[0][i];
        to[2 * i + 1] = in[1][i];
    }
    r->n_in += n;
    r->n_seen += (int64_t)n;
}

/* One block from `in` to `out`. */
static void convert(struct hs_rational *r)
{
    const size_t n = r->to.n, m = r->fro.n, half = kept_bins(r);
    hs_dft_run(&r->to, r->in, r->bins);
    r->kept[0] = r->bins[0] * r->response[0];
    for (size_t k = 1; k < half; k++)
        r->kept[k] = r->bins[k] * r->response[k];
    memset(r->kept + half, 0, (m - 2 * half + 1) * sizeof *r->kept);
    for (size_t k = 1; k < half; k++)
        r->kept[m - k] = r->bins[n - k] * r->response[k];
    hs_dft_run(&r->fro, r->kept, r->out);
    const size_t gone = (r->periods - 2 * r->lead) * r->down;
    r->n_in -= gone;
    memmove(r->in, r->in + gone, r->n_in * sizeof *r->in);
    r->at = 0;
}

/* Outputs that all the input makes. */
static int64_t all_of(const struct hs_rational *r)
{
    const int64_t down = (int64_t)r->down;
    return (r->n_seen * (int64_t)r->up + down - 1) / down;
}

/* What is left of the last block, at most so many. */
static size_t take(struct hs_rational *r, size_t n, float *const out[2], size_t to)
{
    const float *from = (const float *)(r->out + r->lead * r->up + r->at);
    n = n < r->block - r->at ? n : r->block - r->at;
    for (size_t i = 0; i < n; i++) {
        out[0][to + i] = from[2 * i];
        out[1][to + i] = from[2 * i + 1];
    }
    r->at += n;
    r->made += (int64_t)n;
    return n;
}

size_t hs_rational_run(struct hs_rational *r, const float *const in[2], size_t n_in,
                       float *const out[2], size_t n_out)
{
    size_t n = 0;
    if (in)
        put(r, in, n_in);
    else
        r->ended = true;
    while (n < n_out) {
        const int64_t left =
            all_of(r) - r->made; /* below 0 where all ends before the first frame */
        size_t most = n_out - n;
        if (r->ended && left <= 0)
            break;
        if (r->ended && (int64_t)most > left)
            most = (size_t)left;
        if (r->at == r->block && r->n_in < r->to.n) {
            if (!r->ended)
                break;
            reserve(r, r->to.n);
            memset(r->in + r->n_in, 0, (r->to.n - r->n_in) * sizeof *r->in);
            r->n_in = r->to.n;
        }
        if (r->at == r->block)
            convert(r);
        n += take(r, most, out, n);
    }
    return n;
}

void hs_rational_free(struct hs_rational *r)
{
    hs_dft_free(&r->to);
    hs_dft_free(&r->fro);
    hs_free(r->response);
    hs_free(r->in);
    hs_free(r->bins);
    hs_free(r->kept);
    hs_free(r->out);
    *r = (struct hs_rational){0};
}
