/* SPDX-License-Identifier: Apache-2.0 */
#include "pair/models.h"

#include "core/alloc.h"
#include "core/num.h"
#include "pair/band_gains.h"
#include "pair/gain.h"
#include "pair/slow_gain.h"

#include <math.h>
#include <string.h>

/* Share of the samples that pass the ceiling: a maximum is an overshoot after any codec. */
static const double over_ceiling = 0.0005, over_peak_top = 0.001;
/* A sample is small below this share of the ceiling: a clipper leaves it alone. */
static const double small_share = 0.5;
/* Peaks that pass this share of the ceiling are where a curve shows. */
static const double at_top = 0.97;
static const double floor_db = -60;
/* Untouched, encoded, equalised: at most 0.1 and 0.6 dB; with a device or a ride 1.5 and more. */
static const double least_drop_db = 0.5, least_drop_top_db = 3, nothing_clipped_db = -0.2;
/* Behind an encoder, whose noise stays: encoded alone 0.3 dB and less, and no top at all; clipped
 * or softened by 6 dB before Opus 64 1.2 dB and more, with tops of -1.5 and less. */
static const double noisy_drop_top_db = 0.8, noisy_top_db = -1;
/* So little is left by the filter (a dither, the end of a long response) that only more counts. */
static const double little_left_db = -35, clear_drop_db = 2;
/* So little that no gain moves by 0.3 dB in one moment of a hundred: only a curve shows. */
static const double no_gain_db = -45;
/* Where the first curve alone promises less, it is not refined; nor is a filter behind the
 * curve looked for where some model explains this much. */
static const double nothing_left_db = -40, nothing_behind_db = -30, least_band_drop_db = 4;
/* Multiband processors leave more than this of every other model and 0.85 to 7 dB less with a gain
 * per fine band (docs/pairs.md); encoders up to 1 dB, but their bands follow nothing. */
static const double unexplained_db = -16.5, fine_drop_db = 0.8;
static const double curve_promises_db = 0.3, curve_promises_top_db = 2, explained_db = 8;
/* Of the first filter: 5 ms. A longer one learns the notes that sound at loud moments. */
static const double short_reach_s = 0.005;
/* Rounds converge by 0.8 each in sparse music: one step is doubled, by at most half a neper. */
static const double most_step = 0.5;
/* A frame counts less where its gain is below this share of the usual one: 12 dB down. */
static const float faded_share = 0.25f;
/* See find_foreign. */
static const double least_coherence = 0.2;
static const float clear_pulse = 1.2f;
/* A gain that moves over a quarter of a second explains as much as one that moves at once: a
 * fade, a ride. Less than this is promised by no first one. */
static const double fast_enough_db = 6, slow_promises_db = 1, slow_enough_db = 1,
                    slow_exact_db = -50;
/* So much explained by it, the rounds begin with the filter that knows of it. */
static const double slow_teaches_db = 3;
enum { ROUNDS = 4, DOUBLED = 2, SLOW_ROUNDS = 3, SLOW_AROUND = 86, BINS = 1 << 14 };

struct work {
    const struct hs_stretches *s;
    struct hs_transfer *transfer;
    struct hs_filter *filter;
    struct hs_transfer first, start; /* fitted to the master as it is; that the rounds begin with */
    float *y[2];                     /* master, left and right */
    float *x1[2];                    /* the mix through the filter */
    float *u[2];                     /* at its gain; then what the next filter is fitted to */
    float *per_frame;                /* gain of each frame */
    struct hs_knot *knot;
    float *gain, *last; /* per knot; logarithms of the round before */
    size_t n, n_knots;
    bool *foreign; /* frames in which the master is something else, or nothing */
    double small;
};

static void work_init(struct work *w, const struct hs_stretches *s, struct hs_transfer *t,
                      struct hs_filter *f)
{
    *w = (struct work){
        .s = s, .transfer = t, .filter = f, .n = s->n, .n_knots = s->n / HS_GAIN_KNOT};
    for (int c = 0; c < 2; c++) {
        w->y[c] = hs_aligned(s->n, sizeof(float));
        w->x1[c] = hs_aligned(s->n, sizeof(float));
        w->u[c] = hs_aligned(s->n, sizeof(float));
        for (size_t i = 0; i < s->n_items; i++)
            memcpy(w->y[c] + s->item[i].at, s->master[c] + s->item[i].in + s->lead,
                   s->item[i].n * sizeof(float));
    }
    hs_transfer_init(&w->first, s->filter_n, s->rate_hz);
    hs_transfer_init(&w->start, s->filter_n, s->rate_hz);
    w->per_frame = hs_aligned(s->n, sizeof(float));
    w->knot = HS_NEW_ARRAY(struct hs_knot, w->n_knots + 1);
    w->gain = HS_NEW_ARRAY(float, w->n_knots + 1);
    w->last = HS_NEW_ARRAY(float, w->n_knots + 1);
    w->foreign = HS_NEW_ARRAY(bool, s->n_frames + 1);
}

static void work_free(struct work *w)
{
    hs_transfer_free(&w->first);
    hs_transfer_free(&w->start);
    for (int c = 0; c < 2; c++) {
        hs_free(w->y[c]);
        hs_free(w->x1[c]);
        hs_free(w->u[c]);
    }
    hs_free(w->per_frame);
    hs_free(w->knot);
    hs_free(w->gain);
    hs_free(w->last);
    hs_free(w->foreign);
}

/* Height that this share of the samples passes. */
static double height_of(const float *const y[2], size_t n, double share)
{
    float most = 0;
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < n; i++)
            most = hs_larger(most, fabsf(y[c][i]));
    if (!(most > 0))
        return 0;
    size_t *count = HS_NEW_ARRAY(size_t, BINS + 1);
    const float scale = (float)BINS / most;
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < n; i++)
            count[(size_t)(fabsf(y[c][i]) * scale)]++;
    double left = share * 2 * (double)n;
    int k = BINS;
    while (k > 0 && (left -= (double)count[k]) > 0)
        k--;
    hs_free(count);
    return (k + 1) / (double)scale;
}

static double share_db(double left, double all)
{
    if (!(all > 0))
        return floor_db;
    return isfinite(left) ? fmax(hs_db_from_power(left / all), floor_db) : 0;
}

static double power_of(const float *const x[2], size_t n)
{
    double sum = 0;
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < n; i++)
            sum += (double)(x[c][i] * x[c][i]);
    return sum;
}

/* A frame of what the filter is fitted to; where it reaches beyond what is known, the master as
 * it is. */
static void target_frame(const struct work *w, const struct hs_stretch *item, size_t k,
                         const float *const target[2], float *const out[2])
{
    const struct hs_stretches *s = w->s;
    for (int c = 0; c < 2; c++) {
        memcpy(out[c], s->master[c] + item->in + k * s->hop, s->filter_n * sizeof(float));
        size_t from = k ? 0 : s->lead;
        size_t to = k + 1 < item->n_frames ? s->filter_n : s->lead + s->hop;
        memcpy(out[c] + from, target[c] + item->at + k * s->hop + from - s->lead,
               (to - from) * sizeof(float));
    }
    hs_to_mid_side(out[0], out[1], s->filter_n);
}

/* The end of a fade, made as loud as the rest, is mostly dither. */
static float frame_weight(const struct work *w, size_t frame, float usual)
{
    const size_t n = w->s->hop / HS_GAIN_KNOT;
    float sum = 0;
    for (size_t k = frame * n; k < (frame + 1) * n; k++)
        sum += w->gain[k];
    return fminf(1, sum / ((float)n * usual * faded_share));
}

static float usual_gain(const struct work *w)
{
    double *sorted = HS_NEW_ARRAY(double, w->n_knots + 1);
    for (size_t k = 0; k < w->n_knots; k++)
        sorted[k] = (double)w->gain[k];
    hs_sort(sorted, w->n_knots);
    float usual = (float)hs_quantile_sorted(sorted, w->n_knots, 0.75);
    hs_free(sorted);
    return fmaxf(usual, 1e-6f);
}

/* Least squares of the mix against `target`, which the gain was taken off where `even`. Frames at
 * the ends are left out where there are enough: what lies beyond them is not known. */
static void fit_filter(struct work *w, const float *const target[2], bool even)
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
    hs_free(frame[0]);
    hs_free(frame[1]);
}

static void run_filter(struct work *w)
{
    const struct hs_stretches *s = w->s;
    for (size_t k = 0; k < s->n_frames; k++) {
        const float complex *x[2] = {hs_stretches_mix(s, 0, k), hs_stretches_mix(s, 1, k)};
        float *out[2] = {w->x1[0] + k * s->hop, w->x1[1] + k * s->hop};
        hs_filter_run(w->filter, x, out);
        hs_to_left_right(out[0], out[1], s->hop);
    }
}

/* A frame that agrees little, at any gain, says nothing of the filter; nor do its neighbours,
 * which share samples with it. */
static void find_foreign(struct work *w)
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

static void count_knots(struct work *w, const float *const x[2], const float *const y[2])
{
    for (size_t i = 0; i < w->s->n_items; i++) {
        const struct hs_stretch *t = &w->s->item[i];
        const float *a[2] = {x[0] + t->at, x[1] + t->at}, *b[2] = {y[0] + t->at, y[1] + t->at};
        hs_gain_knots(a, b, t->n, true, (float)w->small, w->knot + t->at / HS_GAIN_KNOT);
    }
}

static void find_gain(struct work *w, enum hs_samples which)
{
    for (size_t i = 0; i < w->s->n_items; i++) {
        size_t at = w->s->item[i].at / HS_GAIN_KNOT, n = w->s->item[i].n / HS_GAIN_KNOT;
        hs_gain_series(w->knot + at, n, 0, n, which, w->gain + at);
    }
}

static void find_slow_gain(struct work *w)
{
    for (size_t i = 0; i < w->s->n_items; i++) {
        size_t at = w->s->item[i].at / HS_GAIN_KNOT, n = w->s->item[i].n / HS_GAIN_KNOT;
        hs_gain_slow(w->knot + at, n, SLOW_AROUND, w->gain + at);
    }
}

static void spread_gain(struct work *w)
{
    for (size_t i = 0; i < w->s->n_items; i++) {
        const struct hs_stretch *t = &w->s->item[i];
        size_t at = t->at / HS_GAIN_KNOT, n = t->n / HS_GAIN_KNOT;
        hs_gain_spread(w->gain + at, n, w->gain[at], w->gain[at + n - 1], w->per_frame + t->at);
    }
}

static void hold_gain(struct work *w, double gain)
{
    for (size_t i = 0; i < w->n; i++)
        w->per_frame[i] = (float)gain;
    for (size_t i = 0; i < w->n_knots; i++)
        w->gain[i] = (float)gain;
}

/* u = gain * x; returned is what it leaves of y. */
static double apply_gain(struct work *w, const float *const x[2], const float *const y[2])
{
    double left = 0;
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < w->n; i++) {
            float u = w->per_frame[i] * x[c][i], away = y[c][i] - u;
            w->u[c][i] = u;
            left += (double)(away * away);
        }
    return left;
}

/* What is left with the curve, in all and where peaks pass the ceiling. */
struct left {
    double curve, top_gain, top_curve;
};

/* Bends u; what remains in it is the master without the curve. */
static struct left apply_curve(struct work *w, const float *const y[2],
                               const struct hs_static_curve *curve)
{
    struct left out = {0};
    for (size_t k = 0; k < w->n_knots; k++) {
        const bool top = (double)(w->gain[k] * w->knot[k].peak_x) > at_top * curve->ceiling;
        double gain = 0, bent = 0;
        for (int c = 0; c < 2; c++)
            for (size_t i = k * HS_GAIN_KNOT; i < (k + 1) * HS_GAIN_KNOT; i++) {
                float u = w->u[c][i], added = hs_curve_added(curve, u), away = y[c][i] - u;
                gain += (double)(away * away);
                bent += (double)((away - added) * (away - added));
                w->u[c][i] = y[c][i] - added;
            }
        out.curve += bent;
        out.top_gain += top ? gain : 0;
        out.top_curve += top ? bent : 0;
    }
    return out;
}

static void divide_by_gain(struct work *w)
{
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < w->n; i++)
            w->u[c][i] /= w->per_frame[i];
}

/* One gain for all small samples. */
static double steady_gain(const struct work *w)
{
    double xx = 1e-12, xy = 0;
    const float small = (float)w->small;
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < w->n; i++) {
            float x = w->x1[c][i], y = w->y[c][i];
            bool use = fabsf(y) < small;
            xx += use ? (double)(x * x) : 0;
            xy += use ? (double)(x * y) : 0;
        }
    return xy / xx;
}

#define CONST2(x) ((const float *const[]){(x)[0], (x)[1]})

static double drop_db(const struct left *l)
{
    return l->top_gain > 0 ? hs_db_from_power(l->top_gain / fmax(l->top_curve, 1e-12)) : 0;
}

/* The curve alone, at a constant gain: R2. */
static double curve_round(struct work *w, double yy, struct hs_static_curve *curve, double *drop)
{
    hold_gain(w, steady_gain(w));
    apply_gain(w, CONST2(w->x1), CONST2(w->y));
    hs_curve_find(CONST2(w->u), CONST2(w->y), w->n, curve->ceiling, curve);
    struct left left = apply_curve(w, CONST2(w->y), curve);
    *drop = drop_db(&left);
    return share_db(left.curve, yy);
}

/* Whether anything can follow the first filter, from one gain and one curve. x1 is that of the
 * filter; u remains what a filter with the first curve would be fitted to. */
static bool explained_by_filter(struct work *w, double yy, struct hs_models *out)
{
    count_knots(w, CONST2(w->x1), CONST2(w->y));
    find_foreign(w);
    find_gain(w, HS_SAMPLES_ALL);
    spread_gain(w);
    double *r = out->residual_db;
    r[HS_MODEL_GAIN] = share_db(apply_gain(w, CONST2(w->x1), CONST2(w->y)), yy);
    r[HS_MODEL_CURVE] = curve_round(w, yy, &out->alone, &out->drop_top_db);
    const double least = r[HS_MODEL_FILTER] < little_left_db ? clear_drop_db : least_drop_db;
    const double top_db = hs_curve_top_db(&out->alone);
    const bool bends = (out->drop_top_db >= least_drop_top_db && top_db <= nothing_clipped_db) ||
                       (out->drop_top_db >= noisy_drop_top_db && top_db <= noisy_top_db);
    return !bends && (r[HS_MODEL_FILTER] < no_gain_db ||
                      fmin(r[HS_MODEL_GAIN], r[HS_MODEL_CURVE]) > r[HS_MODEL_FILTER] - least);
}

/* What a slow gain leaves of the filter that stands in x1; u is the mix at that gain. */
static double slow_round(struct work *w, double yy)
{
    count_knots(w, CONST2(w->x1), CONST2(w->y));
    find_slow_gain(w);
    spread_gain(w);
    return share_db(apply_gain(w, CONST2(w->x1), CONST2(w->y)), yy);
}

/* Fades and rides: their loud moments have other notes than their soft ones, which a filter
 * that is fitted to the master as it is takes for tone. Whether a slow gain, and a filter that
 * knows of it, is all there is. */
static bool explained_by_slow_gain(struct work *w, double yy, struct hs_models *out)
{
    double *r = out->residual_db;
    for (int round = 0; round < SLOW_ROUNDS; round++) {
        hs_filter_set(w->filter, w->transfer, round ? 0 : short_reach_s);
        run_filter(w);
        count_knots(w, CONST2(w->x1), CONST2(w->y));
        find_gain(w, HS_SAMPLES_ALL);
        spread_gain(w);
        double fast = share_db(apply_gain(w, CONST2(w->x1), CONST2(w->y)), yy);
        hs_slow_gain_find(w->s, CONST2(w->x1), CONST2(w->y), w->gain);
        spread_gain(w);
        double left = share_db(apply_gain(w, CONST2(w->x1), CONST2(w->y)), yy);
        if (r[HS_MODEL_FILTER] - left < slow_promises_db || left > fast + fast_enough_db)
            return false;
        for (int c = 0; c < 2; c++)
            memcpy(w->u[c], w->y[c], w->n * sizeof(float));
        divide_by_gain(w);
        fit_filter(w, CONST2(w->u), true);
    }
    hs_filter_set(w->filter, w->transfer, 0);
    run_filter(w);
    double slow = slow_round(w, yy);
    find_gain(w, HS_SAMPLES_SMALL);
    spread_gain(w);
    apply_gain(w, CONST2(w->x1), CONST2(w->y));
    hs_curve_find(CONST2(w->u), CONST2(w->y), w->n, out->ceiling, &out->with_gain);
    struct left left = apply_curve(w, CONST2(w->y), &out->with_gain);
    r[HS_MODEL_GAIN_CURVE] = share_db(left.curve, yy);
    find_gain(w, HS_SAMPLES_ALL);
    spread_gain(w);
    r[HS_MODEL_GAIN] = share_db(apply_gain(w, CONST2(w->x1), CONST2(w->y)), yy);
    if (r[HS_MODEL_FILTER] - slow >= slow_teaches_db)
        hs_transfer_copy(&w->start, w->transfer);
    return (slow < slow_exact_db || slow < r[HS_MODEL_GAIN] + slow_enough_db) &&
           drop_db(&left) < least_drop_top_db;
}

/* Rounds of the curve alone; nothing to gain where the first shows none. Returned is what it
 * removes at the top. */
static double refine_curve(struct work *w, double yy, struct hs_models *out)
{
    double *r = out->residual_db, drop = out->drop_top_db;
    if (r[HS_MODEL_FILTER] - r[HS_MODEL_CURVE] < curve_promises_db && drop < curve_promises_top_db)
        return drop;
    hs_transfer_copy(w->transfer, &w->first);
    for (int round = 0; round < ROUNDS; round++) {
        if (round)
            fit_filter(w, CONST2(w->u), false);
        hs_filter_set(w->filter, w->transfer, 0);
        run_filter(w);
        count_knots(w, CONST2(w->x1), CONST2(w->y));
        r[HS_MODEL_CURVE] = curve_round(w, yy, &out->alone, &drop);
    }
    return drop;
}

/* Doubles what this round moved the gain on from the last one, its mean taken off. */
static void double_step(struct work *w)
{
    double sum = 0, weight = 1e-12;
    for (size_t k = 0; k < w->n_knots; k++) {
        sum += (double)w->knot[k].xx * (double)(logf(w->gain[k]) - w->last[k]);
        weight += (double)w->knot[k].xx;
    }
    const double mean = sum / weight;
    for (size_t k = 0; k < w->n_knots; k++) {
        double step = (double)(logf(w->gain[k]) - w->last[k]) - mean;
        w->gain[k] *= (float)exp(fmin(fmax(step, -most_step), most_step));
    }
}

/* Gain of small samples and curve, with a better filter each round: R3. */
static void refine_gain(struct work *w, double yy, struct hs_models *out)
{
    double *r = out->residual_db;
    struct hs_static_curve *curve = &out->with_gain;
    for (int round = 0; round < ROUNDS; round++) {
        if (round)
            fit_filter(w, CONST2(w->u), true);
        hs_filter_set(w->filter, w->transfer, round ? 0 : short_reach_s);
        run_filter(w);
        count_knots(w, CONST2(w->x1), CONST2(w->y));
        find_gain(w, HS_SAMPLES_SMALL);
        if (round == DOUBLED)
            double_step(w);
        for (size_t k = 0; k < w->n_knots; k++)
            w->last[k] = logf(w->gain[k]);
        spread_gain(w);
        apply_gain(w, CONST2(w->x1), CONST2(w->y));
        hs_curve_find(CONST2(w->u), CONST2(w->y), w->n, curve->ceiling, curve);
        struct left left = apply_curve(w, CONST2(w->y), curve);
        r[HS_MODEL_GAIN_CURVE] = share_db(left.curve, yy);
        out->drop_top_db = drop_db(&left);
        if (round + 1 < ROUNDS)
            divide_by_gain(w);
    }
    find_gain(w, HS_SAMPLES_ALL);
    spread_gain(w);
    r[HS_MODEL_GAIN] = share_db(apply_gain(w, CONST2(w->x1), CONST2(w->y)), yy);
}

/* The filter of `first` taken off the master: by its phase, and its size where that is not
 * almost nothing. */
static void take_filter_off(struct hs_filter *f, const struct hs_transfer *first)
{
    const size_t bins = f->n / 2 + 1;
    double *size = HS_NEW_ARRAY(double, bins), *sorted = HS_NEW_ARRAY(double, bins);
    for (size_t k = 0; k < bins; k++) {
        double complex h[2][2];
        hs_transfer_solve(first, k, h);
        double complex both = (h[0][0] + h[1][1]) / 2;
        sorted[k] = size[k] = cabs(both);
        double complex back = conj(both) / fmax(size[k], 1e-9);
        f->h[0][0][k] = f->h[1][1][k] = (float complex)back;
        f->h[0][1][k] = f->h[1][0][k] = 0;
    }
    const double least = 0.1 * hs_median(sorted, bins) + 1e-12;
    for (size_t k = 0; k < bins; k++) {
        f->h[0][0][k] /= (float)fmax(size[k], least);
        f->h[1][1][k] = f->h[0][0][k];
    }
    hs_filter_limit(f, 0);
    hs_free(size);
    hs_free(sorted);
}

/* The master through w->filter into `out`, left and right; x1 becomes the mix as it is. */
static void run_backwards(struct work *w, float *const out[2])
{
    const struct hs_stretches *s = w->s;
    float *frame[2] = {hs_aligned(s->filter_n, sizeof(float)),
                       hs_aligned(s->filter_n, sizeof(float))};
    float complex *spectrum[2] = {hs_aligned(s->stride, sizeof(float complex)),
                                  hs_aligned(s->stride, sizeof(float complex))};
    for (size_t i = 0; i < s->n_items; i++)
        for (size_t k = 0; k < s->item[i].n_frames; k++) {
            const size_t at = s->item[i].at + k * s->hop, frame_no = s->item[i].frame + k;
            for (int c = 0; c < 2; c++)
                memcpy(frame[c], s->master[c] + s->item[i].in + k * s->hop,
                       s->filter_n * sizeof(float));
            for (int c = 0; c < 2; c++) {
                hs_filter_spectrum(w->filter, frame[c], spectrum[c]);
                hs_filter_samples(w->filter, hs_stretches_mix(s, c, frame_no), w->x1[c] + at);
            }
            hs_filter_run(w->filter, (const float complex *const[]){spectrum[0], spectrum[1]},
                          (float *const[]){out[0] + at, out[1] + at});
            hs_to_left_right(w->x1[0] + at, w->x1[1] + at, s->hop);
        }
    for (int c = 0; c < 2; c++) {
        hs_free(frame[c]);
        hs_free(spectrum[c]);
    }
}

/* Gain and curve of the mix as it is, then the filter: Rz1, Rz3. */
static void look_behind(struct work *w, struct hs_models *out)
{
    float *z[2] = {hs_aligned(w->n, sizeof(float)), hs_aligned(w->n, sizeof(float))};
    struct hs_filter *kept = w->filter, back;
    struct hs_static_curve *curve = &out->behind;
    const double small = w->small;
    hs_filter_init(&back, w->s->filter_n);
    take_filter_off(&back, &w->first);
    w->filter = &back;
    run_backwards(w, z);
    const double zz = power_of(CONST2(z), w->n);
    curve->ceiling = height_of(CONST2(z), w->n, over_ceiling);
    w->small = small_share * curve->ceiling;
    count_knots(w, CONST2(w->x1), CONST2(z));
    find_gain(w, HS_SAMPLES_SMALL);
    spread_gain(w);
    out->residual_db[HS_MODEL_BEHIND_GAIN] = share_db(apply_gain(w, CONST2(w->x1), CONST2(z)), zz);
    hs_curve_find(CONST2(w->u), CONST2(z), w->n, curve->ceiling, curve);
    struct left left = apply_curve(w, CONST2(z), curve);
    out->residual_db[HS_MODEL_BEHIND_CURVE] = share_db(left.curve, zz);
    w->small = small;
    w->filter = kept;
    hs_filter_free(&back);
    hs_free(z[0]);
    hs_free(z[1]);
}

/* The pulse that the filter makes of a pulse, where both files agree: its height tells the
 * polarity and its place the delay, whatever all-passes and crossovers did to the phase below.
 * Taken where it stands out clearly from what is at the place that the alignment found. */
static void find_pulse(struct hs_filter *f, const struct hs_transfer *t, struct hs_models *out)
{
    enum { REACH = 64 };
    const size_t bins = f->n / 2 + 1;
    const double bin_hz = t->rate_hz / (double)t->n;
    int part = hs_transfer_power(t, 1) > hs_transfer_power(t, 0);
    for (size_t k = 0; k < bins; k++) {
        double all = 0, both = hs_transfer_coherent(t, ((double)k - 0.25) * bin_hz,
                                                    ((double)k + 0.25) * bin_hz, &all);
        f->fft.freq[k] = f->h[part][part][k] * (float)(all > 0 ? both / all : 0);
    }
    hs_fft_inverse(&f->fft);
    const float *pulse = f->fft.time;
    float here = fmaxf(fmaxf(fabsf(pulse[0]), fabsf(pulse[1])), fabsf(pulse[f->n - 1]));
    long at = 0;
    for (long i = -REACH; i <= REACH; i++) {
        float now = fabsf(pulse[i < 0 ? f->n - (size_t)-i : (size_t)i]);
        if (now > fabsf(pulse[at < 0 ? f->n - (size_t)-at : (size_t)at]))
            at = i;
    }
    float peak = pulse[at < 0 ? f->n - (size_t)-at : (size_t)at];
    bool clear = fabsf(peak) > clear_pulse * here;
    out->pulse_frames = clear ? at : 0;
    out->pulse_sign = clear && peak < 0 ? -1 : 1;
}

static void find_peak_top(const struct work *w, struct hs_models *out)
{
    double *peak = HS_NEW_ARRAY(double, w->n_knots + 1);
    for (size_t k = 0; k < w->n_knots; k++)
        peak[k] = (double)w->knot[k].peak_y;
    hs_sort(peak, w->n_knots);
    out->peak_top = hs_quantile_sorted(peak, w->n_knots, 1 - over_peak_top);
    hs_free(peak);
}

/* Everything behind the first filter. */
static void tell_devices(struct work *w, double yy, struct hs_models *out)
{
    double *r = out->residual_db;
    out->drop_alone_db = refine_curve(w, yy, out);
    hs_transfer_copy(w->transfer, &w->start);
    refine_gain(w, yy, out);
    hs_band_gains(w->s, CONST2(w->x1), CONST2(w->y), w->gain, out);
    double best = fmin(r[HS_MODEL_GAIN], fmin(r[HS_MODEL_CURVE], r[HS_MODEL_GAIN_CURVE]));
    if (r[HS_MODEL_FILTER] - best < explained_db && isnan(r[HS_MODEL_BEHIND_CURVE]))
        look_behind(w, out);
}

/* What neither a gain nor a curve behind the filter shows: gains that move by band, and a curve
 * in front of the filter. u and x1 are lost. */
static bool explained_otherwise(struct work *w, struct hs_models *out)
{
    const double *r = out->residual_db;
    if (r[HS_MODEL_FILTER] < nothing_left_db)
        return false;
    hs_band_gains(w->s, CONST2(w->x1), CONST2(w->y), w->gain, out);
    if (out->band_drop_db >= least_band_drop_db || hs_models_bands_explain(out))
        return true;
    if (r[HS_MODEL_FILTER] < nothing_behind_db)
        return false;
    look_behind(w, out);
    return r[HS_MODEL_BEHIND_CURVE] < r[HS_MODEL_BEHIND_GAIN] - least_drop_db;
}

void hs_models_find(const struct hs_stretches *s, struct hs_transfer *transfer,
                    struct hs_filter *filter, struct hs_models *out)
{
    struct work w;
    *out = (struct hs_models){.band_drop_db = NAN, .fine_residual_db = NAN};
    for (int i = 0; i < HS_N_MODELS; i++)
        out->residual_db[i] = NAN;
    work_init(&w, s, transfer, filter);
    const double yy = power_of(CONST2(w.y), w.n);
    out->ceiling = height_of(CONST2(w.y), w.n, over_ceiling);
    out->alone.ceiling = out->with_gain.ceiling = out->ceiling;
    w.small = small_share * out->ceiling;
    fit_filter(&w, CONST2(w.y), false);
    hs_filter_set(filter, transfer, 0);
    run_filter(&w);
    hold_gain(&w, 1);
    out->residual_db[HS_MODEL_FILTER] = share_db(apply_gain(&w, CONST2(w.x1), CONST2(w.y)), yy);
    find_pulse(filter, transfer, out);
    hs_transfer_copy(&w.first, transfer);
    hs_transfer_copy(&w.start, transfer);
    out->settled = explained_by_filter(&w, yy, out);
    find_peak_top(&w, out);
    const bool steady = out->settled && !explained_otherwise(&w, out);
    out->settled = steady || (!out->settled && explained_by_slow_gain(&w, yy, out));
    if (!out->settled)
        tell_devices(&w, yy, out);
    if (!steady && hs_models_best_db(out) > out->residual_db[HS_MODEL_FILTER] - least_drop_db)
        hs_filter_set(filter, &w.first, 0); /* what the gain taught the filter was wrong */
    work_free(&w);
}

bool hs_models_bands_explain(const struct hs_models *m)
{
    const double *db = m->residual_db;
    return hs_models_best_db(m) > unexplained_db &&
           m->fine_residual_db < fmin(db[HS_MODEL_FILTER], db[HS_MODEL_GAIN]) - fine_drop_db;
}

double hs_models_best_db(const struct hs_models *m)
{
    double best = 0;
    for (int i = 0; i < HS_N_MODELS; i++)
        if (i != HS_MODEL_BEHIND_GAIN)
            best = fmin(best, m->residual_db[i]);
    return best;
}
