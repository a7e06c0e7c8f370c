/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two rounds of the same limiter, one behind the other (the header names the papers):
 * 1. The gain needed at a sample is the ceiling over the largest of its magnitude and the
 *    interpolated values on both sides. The second round reads those near the ceiling by the
 *    longer interpolator as well.
 * 2. The smallest need within the reach to either side is kept by a queue of rising values.
 * 3. It falls at once and returns to 0 dB by a one-pole release, in decibels.
 * 4. The moving average over half the reach to either side, again in decibels, is the gain of
 *    the sample. Each averaged value covers the sample, so the average never exceeds the need.
 * The input begins with as much silence as the latency, which is dropped at the output. Peaks
 * are read in blocks of HS_SCAN counted from the start, so the division into calls changes
 * nothing.
 */
#include "dsp/limiter.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/kernels.h"
#include "dsp/truepeak.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

const double hs_limiter_reach_s = 1.5e-3, hs_limiter_release_s = 80e-3;
/* What the interpolator of the standard may be short of, 0.7 dB: from there on the longer one
 * reads. */
static const float short_of = 0.9226f;
static const double second_reach_s = 0.5e-3, second_release_s = 5e-3;

enum {
    ROUNDS = 2,
    AHEAD = HS_TP_CONTEXT, /* samples that the interpolators need on either side of a block */
    ROOM = HS_LIMITER_MOST + HS_SCAN,
};

/* The smallest of the last values: those that no later one undercuts, oldest first. */
struct minimum {
    int64_t *index;
    float *value;
    size_t mask;
    size_t head, tail;
};

/* One round: frames are counted from `before` frames of silence on, so that a peak in the first
 * sample is seen coming. */
struct round {
    int n_channels;
    int64_t reach, half, before;
    float ceiling_power, near_ceiling;
    double keep;                            /* of the release, per sample */
    const struct hs_true_peak_filter *fine; /* NULL: the interpolator of the standard will do */
    const struct hs_kernels *kernels;
    float *x[HS_MAX_CHANNELS]; /* frames from `base` on; AHEAD more before them */
    size_t cap;
    float last_top[HS_MAX_CHANNELS]; /* between the last two samples seen */
    int64_t base, n_in, n_seen, n_out, n_real;
    struct minimum least;
    double held, sum;
    double *recent; /* `held` of the last frames, for the average */
    size_t recent_mask;
    float *out[HS_MAX_CHANNELS], *gain_db;
    size_t n_ready;
};

struct hs_limiter {
    struct round rounds[ROUNDS];
    struct hs_true_peak_filter fine;
    float *gain_db; /* of both */
    float *waiting; /* of the first round, until the second one is so far */
    size_t n_waiting, waiting_cap;
};

static size_t power_of_two(int64_t least)
{
    size_t n = 1;
    while ((int64_t)n < least)
        n *= 2;
    return n;
}

/* 10^(db/20) for db <= 0 by arithmetic alone, to 1e-9: the same bits with every C library. */
static double gain_of(double db)
{
    static const double factor[] = {1,        1,         1. / 2,    1. / 6,     1. / 24,
                                    1. / 120, 1. / 720., 1. / 5040, 1. / 40320, 1. / 362880};
    double y = fmax(db, -600) * 0.16609640474436813; /* log2(10) / 20 */
    double whole = floor(y), z = (y - whole - 0.5) * 0.6931471805599453, sum = 0;
    for (int i = 9; i >= 0; i--)
        sum = sum * z + factor[i];
    uint64_t bits = (uint64_t)(1023 + (int64_t)whole) << 52;
    double scale;
    memcpy(&scale, &bits, sizeof scale);
    return scale * sum * 1.4142135623730951;
}

static void round_init(struct round *r, int rate, int n_channels, double ceiling_db, double reach_s,
                       double release_s)
{
    r->n_channels = n_channels;
    r->reach = llround(reach_s * rate) > 1 ? llround(reach_s * rate) : 1;
    r->half = r->reach / 2;
    r->before = r->reach + r->half + AHEAD;
    r->ceiling_power = (float)hs_power_from_db(ceiling_db);
    r->near_ceiling = short_of * (float)hs_amplitude_from_db(ceiling_db);
    r->keep = exp(-1 / (release_s * rate));
    r->kernels = hs_kernels_choose();
    r->cap = (size_t)(2 * r->before) + 4 * HS_SCAN + ROOM;
    for (int c = 0; c < n_channels; c++) {
        r->x[c] = HS_NEW_ARRAY(float, r->cap + 2 * AHEAD);
        r->out[c] = HS_NEW_ARRAY(float, r->cap);
    }
    r->gain_db = HS_NEW_ARRAY(float, r->cap);
    r->least.mask = power_of_two(2 * r->reach + 2) - 1;
    r->least.index = HS_NEW_ARRAY(int64_t, r->least.mask + 1);
    r->least.value = HS_NEW_ARRAY(float, r->least.mask + 1);
    r->recent_mask = power_of_two(2 * r->half + 2) - 1;
    r->recent = HS_NEW_ARRAY(double, r->recent_mask + 1);
    r->n_in = r->before;
}

static void round_free(struct round *r)
{
    for (int c = 0; c < r->n_channels; c++) {
        hs_free(r->x[c]);
        hs_free(r->out[c]);
    }
    hs_free(r->gain_db);
    hs_free(r->least.index);
    hs_free(r->least.value);
    hs_free(r->recent);
}

/* The largest magnitude between x[0] and x[1]. */
static float read_finely(const struct hs_true_peak_filter *f, const float *x)
{
    const float *from = x - (HS_TP_TAPS / 2 - 1);
    float most = 0;
    for (int p = 1; p < HS_TP_PHASES; p++) {
        float sum[8] = {0};
        for (int k = 0; k < HS_TP_TAPS; k += 8)
            for (int j = 0; j < 8; j++)
                sum[j] += from[k + j] * f->taps[p][k + j];
        float value =
            ((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7]));
        most = hs_larger(most, fabsf(value));
    }
    return most;
}

/* The gain in dB that HS_SCAN samples from frame `first` on need. */
static void needed(struct round *r, int64_t first, float need_db[HS_SCAN])
{
    float peak[HS_SCAN] = {0};
    float most = 0;
    for (int c = 0; c < r->n_channels; c++) {
        const float *x = r->x[c] + (first - r->base) + AHEAD;
        float top[HS_SCAN + 1];
        top[0] = r->last_top[c];
        float scanned = r->kernels->scan_peaks(x, top + 1);
        for (int i = 1; r->fine && scanned >= r->near_ceiling && i <= HS_SCAN; i++)
            if (top[i] >= r->near_ceiling)
                top[i] = hs_larger(top[i], read_finely(r->fine, x + i - 1));
        r->last_top[c] = top[HS_SCAN];
        for (int i = 0; i < HS_SCAN; i++) {
            float here = hs_larger(fabsf(x[i]), hs_larger(top[i], top[i + 1]));
            peak[i] = hs_larger(peak[i], here);
            most = hs_larger(most, peak[i]);
        }
    }
    memset(need_db, 0, HS_SCAN * sizeof *need_db);
    for (int i = 0; most * most > r->ceiling_power && i < HS_SCAN; i++)
        if (peak[i] * peak[i] > r->ceiling_power)
            need_db[i] = (float)hs_db_fast((double)r->ceiling_power / ((double)peak[i] * peak[i]));
}

/* The smallest need within the reach of frame at - reach. */
static float smallest(struct minimum *m, int64_t at, float need_db, int64_t reach)
{
    while (m->tail > m->head && m->value[(m->tail - 1) & m->mask] >= need_db)
        m->tail--;
    m->index[m->tail & m->mask] = at;
    m->value[m->tail++ & m->mask] = need_db;
    while (m->index[m->head & m->mask] < at - 2 * reach)
        m->head++;
    return m->value[m->head & m->mask];
}

/* One frame behind the gain. Less than a millionth of a decibel is none. */
static void give(struct round *r, int64_t frame, double gain_db)
{
    size_t at = (size_t)(frame - r->base) + AHEAD;
    float gain = gain_db > -1e-6 ? 1 : (float)gain_of(gain_db);
    for (int c = 0; c < r->n_channels; c++)
        r->out[c][r->n_ready] = r->x[c][at] * gain;
    r->gain_db[r->n_ready++] = gain_db > -1e-6 ? 0 : (float)gain_db;
    r->n_out++;
}

/* Takes the need of one frame and gives the frame that is so far back that nothing to come can
 * change its gain. */
static void step(struct round *r, int64_t frame, float need_db)
{
    double least = (double)smallest(&r->least, frame, need_db, r->reach);
    int64_t held_at = frame - r->reach, at = held_at - r->half, left = held_at - 2 * r->half - 1;
    if (held_at < 0)
        return;
    r->held = least < r->held ? least : least + (r->held - least) * r->keep;
    r->held = r->held > -1e-6 ? 0 : r->held;
    r->recent[(size_t)held_at & r->recent_mask] = r->held;
    r->sum += r->held - (left >= 0 ? r->recent[(size_t)left & r->recent_mask] : 0);
    if (at >= r->before && r->n_out < r->n_real)
        give(r, at, r->sum / (double)(2 * r->half + 1));
}

/* Forgets what lies before all that is still needed. */
static void make_room(struct round *r)
{
    int64_t first = r->n_seen - 2 * r->before - HS_SCAN;
    if (first <= r->base)
        return;
    size_t gone = (size_t)(first - r->base), kept = (size_t)(r->n_in - first) + AHEAD;
    for (int c = 0; c < r->n_channels; c++)
        memmove(r->x[c], r->x[c] + gone, kept * sizeof(float));
    r->base = first;
}

/* `in` NULL: silence behind the end. */
static void round_push(struct round *r, const float *const *in, size_t n)
{
    r->n_ready = 0;
    make_room(r);
    for (int c = 0; c < r->n_channels; c++) {
        float *to = r->x[c] + (r->n_in - r->base) + AHEAD;
        if (in)
            memcpy(to, in[c], n * sizeof *to);
        else
            memset(to, 0, n * sizeof *to);
    }
    r->n_in += (int64_t)n;
    r->n_real += in ? (int64_t)n : 0;
    for (; r->n_seen + HS_SCAN + AHEAD <= r->n_in; r->n_seen += HS_SCAN) {
        float need_db[HS_SCAN];
        needed(r, r->n_seen, need_db);
        for (int i = 0; i < HS_SCAN; i++)
            step(r, r->n_seen + i, need_db[i]);
    }
}

struct hs_limiter *hs_limiter_new(int sample_rate_hz, int n_channels, double ceiling_dbtp)
{
    struct hs_limiter *l = HS_NEW(struct hs_limiter);
    round_init(&l->rounds[0], sample_rate_hz, n_channels, ceiling_dbtp, hs_limiter_reach_s,
               hs_limiter_release_s);
    round_init(&l->rounds[1], sample_rate_hz, n_channels, ceiling_dbtp, second_reach_s,
               second_release_s);
    hs_true_peak_filter_init(&l->fine);
    l->rounds[1].fine = &l->fine;
    l->waiting_cap = l->rounds[0].cap + l->rounds[1].cap;
    l->waiting = HS_NEW_ARRAY(float, l->waiting_cap);
    l->gain_db = HS_NEW_ARRAY(float, l->rounds[1].cap);
    return l;
}

/* What the first round has ready goes through the second one. */
static size_t second(struct hs_limiter *l, bool ended, const float *const **out,
                     const float **gain_db)
{
    struct round *a = &l->rounds[0], *b = &l->rounds[1];
    memcpy(l->waiting + l->n_waiting, a->gain_db, a->n_ready * sizeof(float));
    l->n_waiting += a->n_ready;
    if (a->n_ready || !ended)
        round_push(b, (const float *const *)a->out, a->n_ready);
    else
        round_push(b, NULL, HS_SCAN);
    for (size_t i = 0; i < b->n_ready; i++)
        l->gain_db[i] = l->waiting[i] + b->gain_db[i];
    l->n_waiting -= b->n_ready;
    memmove(l->waiting, l->waiting + b->n_ready, l->n_waiting * sizeof(float));
    *out = (const float *const *)b->out;
    *gain_db = l->gain_db;
    return b->n_ready;
}

size_t hs_limiter_push(struct hs_limiter *l, const float *const *in, size_t n,
                       const float *const **out, const float **gain_db)
{
    round_push(&l->rounds[0], in, n);
    return second(l, false, out, gain_db);
}

/* Silence is pushed until all frames are out. */
size_t hs_limiter_drain(struct hs_limiter *l, const float *const **out, const float **gain_db)
{
    size_t n = 0;
    while (!n && l->rounds[1].n_out < l->rounds[0].n_real) {
        round_push(&l->rounds[0], NULL, HS_SCAN);
        n = second(l, true, out, gain_db);
    }
    return n;
}

void hs_limiter_free(struct hs_limiter *l)
{
    if (!l)
        return;
    for (int i = 0; i < ROUNDS; i++)
        round_free(&l->rounds[i]);
    hs_free(l->waiting);
    hs_free(l->gain_db);
    hs_free(l);
}
