/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Thin steps over pair/gain.h, run stretch by stretch so that no gain crosses from one to the
 * next.
 */
#include "pair/model_gain.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <string.h>

/* Peaks that pass this share of the ceiling are where a curve shows. */
static const double at_top = 0.97;
/* Below the loud knots: music that sounds. */
static const double sounding_db = -40;
/* Knots either side that a slow gain is taken over: a quarter of a second. */
enum { SLOW_AROUND = 86 };
/* Sums within a knot are taken in lanes, so that they become vectors. */
enum { LANES = 8 };

/* Where a condition would keep the compiler from making a vector of them. */
enum { QUAD = 4 };
typedef float quad __attribute__((vector_size(QUAD * sizeof(float))));
typedef int bits __attribute__((vector_size(QUAD * sizeof(int))));

static quad load(const float *x)
{
    quad v;
    memcpy(&v, x, sizeof v);
    return v;
}

static double sum_of(const float lane[LANES])
{
    double sum = 0;
    for (int j = 0; j < LANES; j++)
        sum += (double)lane[j];
    return sum;
}

void hs_work_count_knots(struct hs_work *w, const float *const x[2], const float *const y[2])
{
    for (size_t i = 0; i < w->s->n_items; i++) {
        const struct hs_stretch *t = &w->s->item[i];
        const float *a[2] = {x[0] + t->at, x[1] + t->at}, *b[2] = {y[0] + t->at, y[1] + t->at};
        hs_gain_knots(a, b, t->n, true, (float)w->small, w->knot + t->at / HS_GAIN_KNOT);
    }
}

void hs_work_find_gain(struct hs_work *w, enum hs_samples which)
{
    for (size_t i = 0; i < w->s->n_items; i++) {
        size_t at = w->s->item[i].at / HS_GAIN_KNOT, n = w->s->item[i].n / HS_GAIN_KNOT;
        hs_gain_series(w->knot + at, n, 0, n, which, w->gain + at);
    }
}

double hs_work_moved_db(const struct hs_work *w)
{
    double *x = HS_NEW_ARRAY(double, w->n_knots + 1);
    size_t n = 0;
    for (size_t k = 0; k < w->n_knots; k++)
        x[k] = (double)w->knot[k].xx;
    const double least = hs_power_from_db(sounding_db) * hs_quantile(x, w->n_knots, 0.95);
    for (size_t k = 0; k < w->n_knots; k++)
        if ((double)w->knot[k].xx > least)
            x[n++] = hs_db_from_amplitude((double)w->gain[k]);
    const double usual = hs_quantile(x, n, 0.5);
    const double most = fmax(usual - hs_quantile(x, n, 0.01), hs_quantile(x, n, 0.99) - usual);
    hs_free(x);
    return most;
}

void hs_work_find_slow_gain(struct hs_work *w)
{
    for (size_t i = 0; i < w->s->n_items; i++) {
        size_t at = w->s->item[i].at / HS_GAIN_KNOT, n = w->s->item[i].n / HS_GAIN_KNOT;
        hs_gain_slow(w->knot + at, n, SLOW_AROUND, w->gain + at);
    }
}

void hs_work_hold_gain(struct hs_work *w, double gain)
{
    for (size_t i = 0; i < w->n_knots; i++)
        w->gain[i] = (float)gain;
}

/* The gain of each frame of knot k, which lies between knots `first` and `end` of its stretch. */
static void frame_gains(const float *gain, size_t k, size_t first, size_t end, float *out)
{
    const float at = gain[k], before = gain[k > first ? k - 1 : k],
                after = gain[k + 1 < end ? k + 1 : k];
    const float rise = (at - before) / HS_GAIN_KNOT, on = (after - at) / HS_GAIN_KNOT;
    enum { HALF = HS_GAIN_KNOT / 2 };
    for (int i = 0; i < HALF; i++)
        out[i] = before + rise * ((float)(i + HALF) + 0.5f);
    for (int i = 0; i < HALF; i++)
        out[HALF + i] = at + on * ((float)i + 0.5f);
}

/* u = gain * in; returned is what it leaves of `out`. */
static double apply_to_knot(const float *gain, const float *in, const float *out, float *u)
{
    quad sum[LANES / QUAD] = {{0}};
    for (size_t i = 0; i < HS_GAIN_KNOT; i += QUAD) {
        const quad at = load(gain + i) * load(in + i), away = load(out + i) - at;
        memcpy(u + i, &at, sizeof at);
        sum[i / QUAD % (LANES / QUAD)] += away * away;
    }
    return sum_of((const float *)sum);
}

/* One channel of a stretch; returned is what it leaves, added to `left`. */
static double apply_to_stretch(const struct hs_work *w, const struct hs_stretch *t, const float *x,
                               const float *y, float *u, double left)
{
    const size_t first = t->at / HS_GAIN_KNOT, end = first + t->n / HS_GAIN_KNOT;
    for (size_t k = first; k < end; k++) {
        const size_t at = k * HS_GAIN_KNOT;
        float gain[HS_GAIN_KNOT];
        frame_gains(w->gain, k, first, end, gain);
        left += apply_to_knot(gain, x + at, y + at, u + at);
    }
    return left;
}

double hs_work_apply_gain(struct hs_work *w, const float *const x[2], const float *const y[2])
{
    double left = 0;
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < w->s->n_items; i++)
            left = apply_to_stretch(w, &w->s->item[i], x[c], y[c], w->u[c], left);
    return left;
}

/* Of one knot: what the gain leaves of y, and what the curve leaves; u becomes y less what the
 * curve adds. */
static void bend_knot(const struct hs_static_curve *curve, float *u, const float *y, double *gain,
                      double *bent)
{
    float added[HS_GAIN_KNOT] = {0};
    quad by_gain[LANES / QUAD] = {{0}}, by_curve[LANES / QUAD] = {{0}};
    if (curve)
        hs_curve_added(curve, u, HS_GAIN_KNOT, added);
    for (size_t i = 0; i < HS_GAIN_KNOT; i += QUAD) {
        const quad more = load(added + i), out = load(y + i), away = out - load(u + i);
        const quad left = away - more, to = out - more;
        by_gain[i / QUAD % (LANES / QUAD)] += away * away;
        by_curve[i / QUAD % (LANES / QUAD)] += left * left;
        memcpy(u + i, &to, sizeof to);
    }
    *gain += sum_of((const float *)by_gain);
    *bent += sum_of((const float *)by_curve);
}

/* What one gain for all samples of a knot leaves. */
static double left_by_own_gain(const struct hs_knot *k)
{
    const double xx = (double)k->xx + 1e-12, xy = (double)k->xy;
    return fmax((double)k->yy - xy * xy / xx, 0);
}

/* What gain and curve leave of y; u becomes y less what the curve adds to u. */
struct hs_left hs_work_apply_curve(struct hs_work *w, const float *const y[2], int only,
                                   const struct hs_static_curve *curve)
{
    struct hs_left out = {0};
    for (size_t k = 0; k < w->n_knots; k++) {
        const bool top = (double)(w->gain[k] * w->knot[k].peak_x) > at_top * curve->ceiling;
        double gain = 0, bent = 0;
        for (int c = 0; c < 2; c++)
            bend_knot(only < 0 || only == c ? curve : NULL, w->u[c] + k * HS_GAIN_KNOT,
                      y[c] + k * HS_GAIN_KNOT, &gain, &bent);
        out.curve += bent;
        out.top_gain += top ? gain : 0;
        out.top_curve += top ? bent : 0;
        out.top_own += top ? left_by_own_gain(&w->knot[k]) : 0;
    }
    return out;
}

void hs_work_divide_by_gain(struct hs_work *w)
{
    for (size_t i = 0; i < w->s->n_items; i++) {
        const size_t first = w->s->item[i].at / HS_GAIN_KNOT;
        const size_t end = first + w->s->item[i].n / HS_GAIN_KNOT;
        for (size_t k = first; k < end; k++) {
            float gain[HS_GAIN_KNOT];
            frame_gains(w->gain, k, first, end, gain);
            for (int c = 0; c < 2; c++)
                for (size_t j = 0; j < HS_GAIN_KNOT; j++)
                    w->u[c][k * HS_GAIN_KNOT + j] /= gain[j];
        }
    }
}

/* One gain for all small samples. */
double hs_work_steady_gain(const struct hs_work *w)
{
    double xx = 1e-12, xy = 0;
    const quad small = {(float)w->small, (float)w->small, (float)w->small, (float)w->small};
    for (int c = 0; c < 2; c++)
        for (size_t at = 0; at < w->n; at += HS_GAIN_KNOT) {
            const float *x = w->x1[c] + at, *y = w->y[c] + at;
            quad sum_xx[2] = {{0}}, sum_xy[2] = {{0}};
            for (size_t i = 0; i < HS_GAIN_KNOT; i += QUAD) {
                const quad out = load(y + i);
                const bits counts = (quad)((bits)out & 0x7fffffff) < small;
                const quad used = (quad)((bits)load(x + i) & counts);
                sum_xx[i / QUAD % 2] += used * used;
                sum_xy[i / QUAD % 2] += used * out;
            }
            xx += sum_of((const float *)sum_xx);
            xy += sum_of((const float *)sum_xy);
        }
    return xy / xx;
}

double hs_work_drop_db(const struct hs_left *l)
{
    return l->top_gain > 0 ? hs_db_from_power(l->top_gain / fmax(l->top_curve, 1e-12)) : 0;
}

double hs_work_beyond_gain_db(const struct hs_left *l)
{
    return l->top_own > 0 ? hs_db_from_power(l->top_own / fmax(l->top_curve, 1e-12)) : 0;
}
