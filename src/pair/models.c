/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. R0: one filter, by least squares over all frames of the stretches (pair/transfer.h).
 * 2. One gain and one curve on the output of that filter show whether anything follows it.
 *    Where neither removes enough, or the gain hardly moves, gains by band and a curve in front of
 * the filter are looked at. If those remove nothing either, the pair is settled: one filter
 * explains it.
 * 3. Otherwise a slow gain is tried. The filter is fitted to the master with that gain taken
 *    off, three rounds. If nothing faster explains more, the pair is settled as well.
 * 4. R2: rounds of filter, constant gain and curve. R3: rounds of filter, gain of small samples
 *    and curve; in the third round the step of the gain is doubled. Rounds end when the
 *    residual moves by less than 0.15 dB. R1: the gain of all samples with the last filter. Where
 *    both end above R0 the first filter is taken instead.
 * 5. Gains by band, and models with the filter behind gain and curve (pair/model_behind.h)
 *    where nothing else explains much.
 * Each model has a residual relative to the master; differences of residuals are what devices
 * are told by.
 */
#include "pair/models.h"

#include "core/alloc.h"
#include "core/num.h"
#include "pair/band_gains.h"
#include "pair/gain.h"
#include "pair/model_behind.h"
#include "pair/model_gain.h"
#include "pair/model_parts.h"
#include "pair/model_pulse.h"
#include "pair/model_residual.h"
#include "pair/model_slow.h"
#include "pair/model_start.h"
#include "pair/pan_gains.h"
#include "pair/part_gains.h"

#include <math.h>

/* Share of the knots whose peak is higher than the top. */
static const double over_peak_top = 0.001;
/* Untouched, encoded, equalised: at most 0.1 dB; with a device or a ride 1.5 and more. */
static const double least_drop_db = 0.5, nothing_clipped_db = -0.2;
/* Behind an encoder, whose noise stays: encoded alone 0.3 dB and less, and no top at all; clipped
 * or softened by 6 dB before Opus 64 1.2 dB and more, with tops of -1.5 and less. */
static const double noisy_drop_top_db = 0.8, noisy_top_db = -1;
/* Where the filter leaves so little (a dither, the end of a long response), a model must remove
 * more than that to count. */
static const double little_left_db = -35, clear_drop_db = 2;
/* So little that no gain moves by 0.3 dB in one moment of a hundred: only a curve shows. */
static const double no_gain_db = -45;
/* A gain that moves by less is none that is named: named ones move by 0.3 dB and more, those of
 * untouched, equalised and recombined mixes by 0.1 at most (54 pairs of 14 songs). */
static const double least_moved_db = 0.15;
/* Where the first curve alone promises less, it is not refined; nor is a filter behind the
 * curve looked for where some model explains this much. */
static const double nothing_left_db = -40, nothing_behind_db = -30, least_band_drop_db = 4;
static const double curve_promises_db = 0.3, curve_promises_top_db = 2, explained_db = 8;
/* By so much more does the first gain explain than the first curve. */
static const double clearly_gain_db = 3;
/* Rounds converge by 0.8 each in sparse music: one step is doubled, by at most half a neper. */
static const double most_step = 0.5;
/* Of less than this it is not asked whether it is a part of the mix at another gain. */
static const double no_part_db = -30;
enum { ROUNDS = 4, DOUBLED = 2 };
/* A round that explains so little more than the last one is the last: those that followed moved
 * residuals by at most 0.1 dB (limiters, compressors, soft and hard clippers, each on a song). */
static const double still_moving_db = 0.15;

/* The curve alone, at a constant gain: R2. */
static double curve_round(struct hs_work *w, double yy, struct hs_static_curve *curve, double *drop)
{
    hs_work_hold_gain(w, hs_work_steady_gain(w));
    hs_work_apply_gain(w, HS_CONST2(w->x1), HS_CONST2(w->y));
    hs_curve_find(HS_CONST2(w->u), HS_CONST2(w->y), w->n, w->only, curve->ceiling, curve);
    struct hs_left left = hs_work_apply_curve(w, HS_CONST2(w->y), w->only, curve);
    *drop = hs_work_drop_db(&left);
    return hs_work_share_db(left.curve, yy);
}

/* Of the curve that was found last: x1 and the gain of each frame are those of it. u is lost. */
static void find_distortion(struct hs_work *w, struct hs_static_curve *curve)
{
    hs_work_apply_gain(w, HS_CONST2(w->x1), HS_CONST2(w->y));
    hs_curve_find_distortion(curve, HS_CONST2(w->u), HS_CONST2(w->y), w->n);
}

/* Whether anything can follow the first filter, from one gain and one curve. x1 is that of the
 * filter. */
static bool explained_by_filter(struct hs_work *w, double yy, struct hs_models *out)
{
    hs_work_count_knots(w, HS_CONST2(w->x1), HS_CONST2(w->y));
    hs_work_find_foreign(w);
    hs_work_find_gain(w, HS_SAMPLES_ALL);
    double *r = out->residual_db;
    const bool still = hs_work_moved_db(w) < least_moved_db;
    r[HS_MODEL_GAIN] =
        hs_work_share_db(hs_work_apply_gain(w, HS_CONST2(w->x1), HS_CONST2(w->y)), yy);
    r[HS_MODEL_CURVE] = curve_round(w, yy, &out->alone, &out->drop_top_db);
    const double least = r[HS_MODEL_FILTER] < little_left_db ? clear_drop_db : least_drop_db;
    const double top_db = hs_curve_top_db(&out->alone);
    const bool bends = (out->drop_top_db >= HS_LEAST_DROP_TOP_DB && top_db <= nothing_clipped_db) ||
                       (out->drop_top_db >= noisy_drop_top_db && top_db <= noisy_top_db);
    const bool by_gain = r[HS_MODEL_GAIN] <= r[HS_MODEL_FILTER] - least;
    const bool by_curve = r[HS_MODEL_CURVE] <= r[HS_MODEL_FILTER] - least;
    const bool follows = bends || (r[HS_MODEL_FILTER] >= no_gain_db && (by_gain || by_curve));
    if (follows)
        out->part = hs_model_moved_part(w);
    if (follows && (bends || by_curve || !still || out->part >= 0)) {
        find_distortion(w, &out->alone);
        return false;
    }
    if (by_gain) /* bands are held against it */
        hs_work_find_gain(w, HS_SAMPLES_ALL);
    return true;
}

/* Rounds of the curve alone; nothing to gain where the first shows none, or where a gain explains
 * the master so much better that it is no curve alone. Returned is what it removes at the top. */
static double refine_curve(struct hs_work *w, double yy, struct hs_models *out)
{
    double *r = out->residual_db, drop = out->drop_top_db;
    const bool shows = r[HS_MODEL_FILTER] - r[HS_MODEL_CURVE] >= curve_promises_db ||
                       drop >= curve_promises_top_db;
    if (!shows || r[HS_MODEL_GAIN] < r[HS_MODEL_CURVE] - clearly_gain_db) {
        if (isnan(out->alone.distortion.db)) {
            hs_filter_set(w->filter, &w->first, 0);
            hs_work_run_filter(w);
            hs_work_hold_gain(w, hs_work_steady_gain(w));
            find_distortion(w, &out->alone);
        }
        return drop;
    }
    /* as with a gain: the mix as it is, where that explains more than the first filter */
    hs_model_start_plain(w);
    hs_work_count_knots(w, HS_CONST2(w->x1), HS_CONST2(w->y));
    const double plain = curve_round(w, yy, &out->alone, &drop);
    const bool begun = plain < r[HS_MODEL_CURVE];
    r[HS_MODEL_CURVE] = fmin(plain, r[HS_MODEL_CURVE]);
    hs_transfer_copy(w->transfer, &w->first);
    for (int round = begun; round < ROUNDS; round++) {
        if (round)
            hs_work_fit_filter(w, HS_CONST2(w->u), false);
        hs_filter_set(w->filter, w->transfer, 0);
        hs_work_run_filter(w);
        hs_work_count_knots(w, HS_CONST2(w->x1), HS_CONST2(w->y));
        const double before = r[HS_MODEL_CURVE];
        r[HS_MODEL_CURVE] = curve_round(w, yy, &out->alone, &drop);
        if (round && fabs(before - r[HS_MODEL_CURVE]) < still_moving_db)
            break;
    }
    find_distortion(w, &out->alone);
    return drop;
}

/* Doubles what this round moved the gain on from the last one, its mean taken off. */
static void double_step(struct hs_work *w)
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
static void refine_gain(struct hs_work *w, double yy, struct hs_models *out)
{
    double *r = out->residual_db;
    struct hs_static_curve *curve = &out->with_gain;
    for (int round = 0; round < ROUNDS; round++) {
        if (round)
            hs_work_fit_filter(w, HS_CONST2(w->u), true);
        if (round) {
            hs_filter_set(w->filter, w->transfer, 0);
            hs_work_run_filter(w);
        } else {
            hs_model_start_gain(w);
        }
        hs_work_count_knots(w, HS_CONST2(w->x1), HS_CONST2(w->y));
        /* small samples: a curve does not touch them */
        hs_work_find_gain(w, HS_SAMPLES_SMALL);
        if (round == DOUBLED)
            double_step(w);
        for (size_t k = 0; k < w->n_knots; k++)
            w->last[k] = logf(w->gain[k]);
        hs_work_apply_gain(w, HS_CONST2(w->x1), HS_CONST2(w->y));
        hs_curve_find(HS_CONST2(w->u), HS_CONST2(w->y), w->n, -1, curve->ceiling, curve);
        struct hs_left left = hs_work_apply_curve(w, HS_CONST2(w->y), -1, curve);
        const double before = r[HS_MODEL_GAIN_CURVE];
        r[HS_MODEL_GAIN_CURVE] = hs_work_share_db(left.curve, yy);
        out->drop_top_db = hs_work_drop_db(&left);
        out->beyond_gain_db = hs_work_beyond_gain_db(&left);
        if (round + 1 == ROUNDS ||
            (round && fabs(before - r[HS_MODEL_GAIN_CURVE]) < still_moving_db))
            break;
        hs_work_divide_by_gain(w);
    }
    find_distortion(w, curve);
    hs_work_find_gain(w, HS_SAMPLES_ALL);
    r[HS_MODEL_GAIN] =
        hs_work_share_db(hs_work_apply_gain(w, HS_CONST2(w->x1), HS_CONST2(w->y)), yy);
}

/* Rounds whose gains swing out (bands that move apart have no gain in common) end far above the
 * first filter. Then one gain and one curve stand behind that. */
static void take_first_filter(struct hs_work *w, double yy, struct hs_models *out)
{
    double *r = out->residual_db;
    hs_transfer_copy(w->transfer, &w->first);
    hs_filter_set(w->filter, w->transfer, 0);
    hs_work_run_filter(w);
    hs_work_count_knots(w, HS_CONST2(w->x1), HS_CONST2(w->y));
    hs_work_find_gain(w, HS_SAMPLES_SMALL);
    hs_work_apply_gain(w, HS_CONST2(w->x1), HS_CONST2(w->y));
    hs_curve_find(HS_CONST2(w->u), HS_CONST2(w->y), w->n, -1, out->ceiling, &out->with_gain);
    hs_curve_find_distortion(&out->with_gain, HS_CONST2(w->u), HS_CONST2(w->y), w->n);
    struct hs_left left = hs_work_apply_curve(w, HS_CONST2(w->y), -1, &out->with_gain);
    r[HS_MODEL_GAIN_CURVE] = hs_work_share_db(left.curve, yy);
    out->drop_top_db = hs_work_drop_db(&left);
    out->beyond_gain_db = hs_work_beyond_gain_db(&left);
    hs_work_find_gain(w, HS_SAMPLES_ALL);
    r[HS_MODEL_GAIN] =
        hs_work_share_db(hs_work_apply_gain(w, HS_CONST2(w->x1), HS_CONST2(w->y)), yy);
}

static void find_peak_top(const struct hs_work *w, struct hs_models *out)
{
    double *peak = HS_NEW_ARRAY(double, w->n_knots + 1);
    for (size_t k = 0; k < w->n_knots; k++)
        peak[k] = (double)w->knot[k].peak_y;
    out->peak_top = hs_quantile(peak, w->n_knots, 1 - over_peak_top);
    hs_free(peak);
}

/* Everything behind the first filter. */
static void tell_devices(struct hs_work *w, double yy, struct hs_models *out)
{
    double *r = out->residual_db;
    out->drop_alone_db = refine_curve(w, yy, out);
    hs_transfer_copy(w->transfer, &w->start);
    refine_gain(w, yy, out);
    if (fmin(r[HS_MODEL_GAIN], r[HS_MODEL_GAIN_CURVE]) > r[HS_MODEL_FILTER])
        take_first_filter(w, yy, out);
    hs_band_gains(w->s, HS_CONST2(w->x1), HS_CONST2(w->y), w->gain, out);
    double best = fmin(r[HS_MODEL_GAIN], fmin(r[HS_MODEL_CURVE], r[HS_MODEL_GAIN_CURVE]));
    if (best > no_part_db) {
        hs_part_gains(w->s, HS_CONST2(w->x1), HS_CONST2(w->y), w->gain, out);
        hs_pan_gains(w->s, HS_CONST2(w->x1), HS_CONST2(w->y), w->gain, out);
    }
    if (r[HS_MODEL_FILTER] - best < explained_db && isnan(r[HS_MODEL_BEHIND_CURVE]))
        hs_model_look_behind(w, out);
}

/* What neither a gain nor a curve behind the filter shows: gains that move by band, and a curve
 * in front of the filter. u and x1 are lost. */
static bool explained_otherwise(struct hs_work *w, struct hs_models *out)
{
    const double *r = out->residual_db;
    if (r[HS_MODEL_FILTER] < nothing_left_db)
        return false;
    if (r[HS_MODEL_FILTER] > no_part_db)
        hs_pan_gains(w->s, HS_CONST2(w->x1), HS_CONST2(w->y), w->gain, out);
    hs_band_gains(w->s, HS_CONST2(w->x1), HS_CONST2(w->y), w->gain, out);
    if (out->band_drop_db >= least_band_drop_db || hs_models_bands_explain(out))
        return true;
    if (r[HS_MODEL_FILTER] > no_part_db)
        hs_part_gains(w->s, HS_CONST2(w->x1), HS_CONST2(w->y), w->gain, out);
    if (r[HS_MODEL_FILTER] < nothing_behind_db)
        return false;
    hs_model_look_behind(w, out);
    return r[HS_MODEL_BEHIND_CURVE] < r[HS_MODEL_BEHIND_GAIN] - least_drop_db;
}

/* Whether a slow gain that all bands share explains the master. Bands that move by themselves have
 * a slow gain in common, too: they are no ride. */
static bool explained_slowly(struct hs_work *w, double yy, struct hs_models *out)
{
    if (!hs_model_explained_by_slow_gain(w, yy, out))
        return false;
    if (hs_models_best_db(out) < nothing_left_db)
        return true;
    hs_band_gains(w->s, HS_CONST2(w->x1), HS_CONST2(w->y), w->gain, out);
    return !(hs_models_by_band_db(out) > HS_BY_BAND_DB);
}

/* From the filter alone to gain and curve; as soon as nothing is left to explain, it is settled. */
void hs_models_find(const struct hs_stretches *s, struct hs_transfer *transfer,
                    struct hs_filter *filter, struct hs_models *out)
{
    struct hs_work w;
    *out = (struct hs_models){.only = -1,
                              .part = -1,
                              .part_share = NAN,
                              .pan_share = NAN,
                              .pan_db = NAN,
                              .range_share = NAN,
                              .band_drop_db = NAN,
                              .fine_residual_db = NAN};
    for (int i = 0; i < HS_N_MODELS; i++)
        out->residual_db[i] = NAN;
    hs_work_init(&w, s, transfer, filter);
    out->ceiling = hs_work_height_of(HS_CONST2(w.y), w.n, HS_OVER_CEILING);
    out->alone.ceiling = out->with_gain.ceiling = out->ceiling;
    w.small = HS_SMALL_SHARE * out->ceiling;
    hs_work_fit_filter(&w, HS_CONST2(w.y), false);
    hs_filter_set(filter, transfer, 0);
    hs_work_run_filter(&w);
    const struct hs_powers p = hs_work_powers_of(HS_CONST2(w.y), HS_CONST2(w.x1), w.n);
    const double yy = p.all[0] + p.all[1];
    out->residual_db[HS_MODEL_FILTER] = hs_work_share_db(p.left[0] + p.left[1], yy);
    for (int c = 0; c < 2; c++)
        out->channel_left[c] = p.all[c] > 0 ? p.left[c] / p.all[c] : 0;
    hs_model_find_pulse(filter, transfer, out);
    w.only = hs_work_channel_alone(&p);
    out->only = w.only;
    if (w.only >= 0)
        out->alone.ceiling = hs_work_height_of((const float *const[]){w.y[w.only], w.y[w.only]},
                                               w.n, HS_OVER_CEILING);
    hs_transfer_copy(&w.first, transfer);
    hs_transfer_copy(&w.start, transfer);
    out->settled = explained_by_filter(&w, yy, out);
    find_peak_top(&w, out);
    const bool steady = out->settled && !explained_otherwise(&w, out);
    out->settled = steady || (!out->settled && explained_slowly(&w, yy, out));
    if (!out->settled)
        tell_devices(&w, yy, out);
    if (!steady && hs_models_best_db(out) > out->residual_db[HS_MODEL_FILTER] - least_drop_db)
        hs_filter_set(filter, &w.first, 0); /* the gain explains nothing: the first filter stays */
    hs_work_free(&w);
}

/* Of a channel: share that is left, and times that of the other one. */
bool hs_models_one_channel_apart(const struct hs_models *m, bool middle)
{
    const double least_left = 0.03, more_than_other = 4;
    const double *x = m->channel_left;
    const double most = fmax(x[0], x[1]), least = fmin(x[0], x[1]);
    return most > least_left && (middle || most > more_than_other * least);
}
