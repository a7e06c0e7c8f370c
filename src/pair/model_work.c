/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Buffers and steps that all models share:
 * 1. Filter: each frame of the stretches adds the mix's spectrum and the target's samples to a
 *    transfer (pair/transfer.h). Where a frame reaches beyond the stretch the master itself is
 *    the target. Frames of a faded passage count less, foreign frames not at all.
 * 2. Foreign frames: coherence of the knots below 0.2, and their neighbours; unless that is
 *    more than half of all.
 * 3. Heights by share of samples are read from a histogram of 2^14 steps.
 */
#include "pair/model_work.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <string.h>

static const double floor_db = -60;
/* A frame counts less where its gain is below this share of the usual one: 12 dB down. */
static const float faded_share = 0.25f;
/* See find_foreign. */
static const double least_coherence = 0.2;
enum { BINS = 1 << 14, LANES = 4 };
typedef float lanes __attribute__((vector_size(LANES * sizeof(float))));

static lanes load(const float *x)
{
    lanes v;
    memcpy(&v, x, sizeof v);
    return v;
}

void hs_work_init(struct hs_work *w, const struct hs_stretches *s, struct hs_transfer *t,
                  struct hs_filter *f)
{
    *w = (struct hs_work){
        .s = s, .transfer = t, .filter = f, .n = s->n, .n_knots = s->n / HS_GAIN_KNOT, .only = -1};
    for (int c = 0; c < 2; c++) {
        w->y[c] = s->master[c];
        w->x1[c] = hs_aligned_unset(s->n, sizeof(float));
        w->u[c] = hs_aligned_unset(s->n, sizeof(float));
    }
    hs_transfer_init(&w->first, s->filter_n, s->rate_hz);
    hs_transfer_init(&w->start, s->filter_n, s->rate_hz);
    w->knot = HS_NEW_ARRAY(struct hs_knot, w->n_knots + 1);
    w->gain = HS_NEW_ARRAY(float, w->n_knots + 1);
    w->last = HS_NEW_ARRAY(float, w->n_knots + 1);
    w->foreign = HS_NEW_ARRAY(bool, s->n_frames + 1);
}

void hs_work_free(struct hs_work *w)
{
    hs_transfer_free(&w->first);
    hs_transfer_free(&w->start);
    for (int c = 0; c < 2; c++) {
        hs_free(w->x1[c]);
        hs_free(w->u[c]);
    }
    hs_free(w->knot);
    hs_free(w->gain);
    hs_free(w->last);
    hs_free(w->foreign);
}

static float highest(const float *const y[2], size_t n)
{
    const struct hs_kernels *kernels = hs_kernels_choose();
    return hs_larger(kernels->peak(y[0], n), kernels->peak(y[1], n));
}

/* How many samples lie at or above each step from `lowest` on. Most knots have none. */
static void count_heights(const float *const y[2], size_t n, float scale, float lowest,
                          size_t count[BINS + 1])
{
    const struct hs_kernels *kernels = hs_kernels_choose();
    for (int c = 0; c < 2; c++)
        for (size_t at = 0, m; at < n; at += m) {
            m = n - at < HS_GAIN_KNOT ? n - at : HS_GAIN_KNOT;
            const float *x = y[c] + at;
            if (kernels->peak(x, m) * scale < lowest)
                continue;
            for (size_t i = 0; i < m; i++)
                if (fabsf(x[i]) * scale >= lowest)
                    count[(size_t)(fabsf(x[i]) * scale)]++;
        }
}

/* The height that this share of the samples exceeds. Few samples are in the upper half of heights,
 * which is looked at first. */
double hs_work_height_of(const float *const y[2], size_t n, double share)
{
    const float most = highest(y, n), scale = (float)BINS / most;
    if (!(most > 0))
        return 0;
    double left;
    int k, lowest = BINS / 2;
    do {
        size_t *count = HS_NEW_ARRAY(size_t, BINS + 1);
        count_heights(y, n, scale, (float)lowest, count);
        left = share * 2 * (double)n;
        for (k = BINS; k > lowest && (left -= (double)count[k]) > 0; k--)
            ;
        hs_free(count);
        lowest /= 8;
    } while (left > 0 && k > 0);
    return (k + 1) / (double)scale;
}

static double sum_of(lanes a, lanes b)
{
    return ((double)a[0] + (double)a[1] + (double)a[2] + (double)a[3]) +
           ((double)b[0] + (double)b[1] + (double)b[2] + (double)b[3]);
}

/* Of x, and of x - y; knots are added up in lanes. n: whole knots. */
static void add_powers(const float *x, const float *y, size_t n, double *all, double *left)
{
    for (size_t at = 0; at < n; at += HS_GAIN_KNOT) {
        lanes power[2] = {{0}}, of_rest[2] = {{0}};
        for (size_t i = at; i < at + HS_GAIN_KNOT; i += 2 * LANES)
            for (size_t k = 0; k < 2; k++) {
                const lanes in = load(x + i + k * LANES), away = in - load(y + i + k * LANES);
                power[k] += in * in;
                of_rest[k] += away * away;
            }
        *all += sum_of(power[0], power[1]);
        *left += sum_of(of_rest[0], of_rest[1]);
    }
}

struct hs_powers hs_work_powers_of(const float *const x[2], const float *const y[2], size_t n)
{
    struct hs_powers out = {{0}, {0}};
    for (int c = 0; c < 2; c++)
        add_powers(x[c], y[c], n, &out.all[c], &out.left[c]);
    return out;
}

double hs_work_share_db(double left, double all)
{
    if (!(all > 0))
        return floor_db;
    return isfinite(left) ? fmax(hs_db_from_power(left / all), floor_db) : 0;
}

/* A frame of what the filter is fitted to; where it reaches beyond what is known, the master as
 * it is. */
static void target_frame(const struct hs_work *w, const struct hs_stretch *item, size_t k,
                         const float *const target[2], float *const out[2])
{
    for (int c = 0; c < 2; c++)
        hs_stretches_frame(w->s, item, k, c, target[c], out[c]);
    hs_to_mid_side(out[0], out[1], w->s->filter_n);
}

/* The end of a fade, made as loud as the rest, is mostly dither. */
static float frame_weight(const struct hs_work *w, size_t frame, float usual)
{
    const size_t n = w->s->hop / HS_GAIN_KNOT;
    float sum = 0;
    for (size_t k = frame * n; k < (frame + 1) * n; k++)
        sum += w->gain[k];
    return fminf(1, sum / ((float)n * usual * faded_share));
}

static float usual_gain(const struct hs_work *w)
{
    double *gain = HS_NEW_ARRAY(double, w->n_knots + 1);
    for (size_t k = 0; k < w->n_knots; k++)
        gain[k] = (double)w->gain[k];
    float usual = (float)hs_quantile(gain, w->n_knots, 0.75);
    hs_free(gain);
    return fmaxf(usual, 1e-6f);
}

/* The filter between mix and target, without frames that hold foreign sound. */
void hs_work_fit_filter(struct hs_work *w, const float *const target[2], bool even)
{
    const float usual = even ? usual_gain(w) : 1;
    const struct hs_stretches *s = w->s;
    float *frame[2] = {hs_aligned(s->filter_n, sizeof(float)),
                       hs_aligned(s->filter_n, sizeof(float))};
    hs_transfer_reset(w->transfer);
    for (size_t i = 0; i < s->n_items; i++) {
        const struct hs_stretch *item = &s->item[i];
        const size_t skip = item->n_frames >= 6 ? 1 : 0;
        for (size_t k = skip; k + skip < item->n_frames; k++) {
            if (w->foreign[item->frame + k])
                continue;
            const float complex *x[2] = {hs_stretches_mix(s, 0, item->frame + k),
                                         hs_stretches_mix(s, 1, item->frame + k)};
            target_frame(w, item, k, target, frame);
            hs_transfer_add(w->transfer, x, (const float *const[]){frame[0], frame[1]},
                            even ? frame_weight(w, item->frame + k, usual) : 1);
        }
    }
    hs_transfer_finish(w->transfer);
    hs_free(frame[0]);
    hs_free(frame[1]);
}

void hs_work_run_filter(struct hs_work *w)
{
    const struct hs_stretches *s = w->s;
    for (size_t k = 0; k < s->n_frames; k++) {
        const float complex *x[2] = {hs_stretches_mix(s, 0, k), hs_stretches_mix(s, 1, k)};
        float *out[2] = {w->x1[0] + k * s->hop, w->x1[1] + k * s->hop};
        hs_filter_run(w->filter, x, out);
        hs_to_left_right(out[0], out[1], s->hop);
    }
}

/* Frames in which the master has what the mix has not, with their neighbours. */
void hs_work_find_foreign(struct hs_work *w)
{
    const size_t per_frame = w->s->hop / HS_GAIN_KNOT;
    size_t n = 0;
    memset(w->foreign, 0, w->s->n_frames * sizeof *w->foreign);
    for (size_t k = 0; k < w->s->n_frames; k++) {
        if (hs_gain_coherence(w->knot + k * per_frame, per_frame) >= least_coherence)
            continue;
        for (size_t i = k ? k - 1 : 0; i <= k + 1 && i < w->s->n_frames; i++)
            w->foreign[i] = true;
    }
    for (size_t k = 0; k < w->s->n_frames; k++)
        n += w->foreign[k];
    if (2 * n > w->s->n_frames) /* then this is what there is */
        memset(w->foreign, 0, w->s->n_frames * sizeof *w->foreign);
}

/* One channel leaves 16 dB more than the other, and at least -30 dB; the other has a thousandth of
 * its power and more. */
static const double alone_ratio = 40, least_changed = 1e-3, least_other = 1e-3;
int hs_work_channel_alone(const struct hs_powers *p)
{
    const double *left = p->left, *all = p->all;
    for (int c = 0; c < 2; c++)
        if (left[c] * all[!c] > alone_ratio * left[!c] * all[c] && all[!c] > least_other * all[c] &&
            left[c] > least_changed * all[c])
            return c;
    return -1;
}
