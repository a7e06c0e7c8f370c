/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rounds of filter and slow gain (pair/slow_gain.h): the filter is fitted to the master with that
 * gain taken off. They end as soon as a gain that moves at once explains clearly more.
 */
#include "pair/model_slow.h"

#include "pair/model_gain.h"
#include "pair/slow_gain.h"

#include <string.h>

/* Of the first filter: 5 ms. A longer one learns the notes that sound at loud moments. */
static const double short_reach_s = 0.005;
/* A gain that moves over a quarter of a second explains as much as one that moves at once: a
 * fade, a ride. Less than this is promised by no first one. */
static const double fast_enough_db = 6, slow_promises_db = 1, slow_enough_db = 1,
                    slow_exact_db = -50;
/* Devices leave 4 dB and more to a quick gain while a better filter brings 2.6 dB at the most;
 * fades and rides leave it 2.8 at the most while the filter still brings 5 (38 pairs of six songs).
 */
static const double clearly_quicker_db = 3, filter_brings_db = 3;
/* Where it explains so much, the rounds begin with the filter that was fitted with it. */
static const double slow_teaches_db = 3;
enum { SLOW_ROUNDS = 3 };

/* What a slow gain leaves of the filter that stands in x1; u is the mix at that gain. */
static double slow_round(struct hs_work *w, double yy)
{
    hs_work_count_knots(w, HS_CONST2(w->x1), HS_CONST2(w->y));
    hs_work_find_slow_gain(w);
    return hs_work_share_db(hs_work_apply_gain(w, HS_CONST2(w->x1), HS_CONST2(w->y)), yy);
}

/* Fades and rides: their loud moments have other notes than their soft ones, which a filter
 * that is fitted to the master as it is takes for tone. Returns whether a slow gain, and a filter
 * fitted with it, explain the master. */
bool hs_model_explained_by_slow_gain(struct hs_work *w, double yy, struct hs_models *out)
{
    double *r = out->residual_db, before = 0;
    for (int round = 0; round < SLOW_ROUNDS; round++) {
        hs_filter_set(w->filter, w->transfer, round ? 0 : short_reach_s);
        hs_work_run_filter(w);
        hs_work_count_knots(w, HS_CONST2(w->x1), HS_CONST2(w->y));
        hs_work_find_gain(w, HS_SAMPLES_ALL);
        /* a slow gain must explain nearly as much as a fast one */
        double fast =
            hs_work_share_db(hs_work_apply_gain(w, HS_CONST2(w->x1), HS_CONST2(w->y)), yy);
        if (r[HS_MODEL_FILTER] < fast)
            return false;
        hs_slow_gain_find(w->s, HS_CONST2(w->x1), HS_CONST2(w->y), w->gain);
        double left =
            hs_work_share_db(hs_work_apply_gain(w, HS_CONST2(w->x1), HS_CONST2(w->y)), yy);
        if (r[HS_MODEL_FILTER] - left < slow_promises_db || left > fast + fast_enough_db)
            return false;
        if (round && left > fast + clearly_quicker_db && before - left < filter_brings_db) {
            if (r[HS_MODEL_FILTER] - left >= slow_teaches_db)
                hs_transfer_copy(&w->start, w->transfer);
            return false;
        }
        before = left;
        for (int c = 0; c < 2; c++)
            memcpy(w->u[c], w->y[c], w->n * sizeof(float));
        hs_work_divide_by_gain(w);
        hs_work_fit_filter(w, HS_CONST2(w->u), true);
    }
    hs_filter_set(w->filter, w->transfer, 0);
    hs_work_run_filter(w);
    double slow = slow_round(w, yy);
    hs_work_find_gain(w, HS_SAMPLES_SMALL);
    hs_work_apply_gain(w, HS_CONST2(w->x1), HS_CONST2(w->y));
    hs_curve_find(HS_CONST2(w->u), HS_CONST2(w->y), w->n, -1, out->ceiling, &out->with_gain);
    struct hs_left left = hs_work_apply_curve(w, HS_CONST2(w->y), -1, &out->with_gain);
    r[HS_MODEL_GAIN_CURVE] = hs_work_share_db(left.curve, yy);
    hs_work_find_gain(w, HS_SAMPLES_ALL);
    r[HS_MODEL_GAIN] =
        hs_work_share_db(hs_work_apply_gain(w, HS_CONST2(w->x1), HS_CONST2(w->y)), yy);
    if (r[HS_MODEL_FILTER] - slow >= slow_teaches_db)
        hs_transfer_copy(&w->start, w->transfer);
    return (slow < slow_exact_db || slow < r[HS_MODEL_GAIN] + slow_enough_db) &&
           hs_work_drop_db(&left) < HS_LEAST_DROP_TOP_DB;
}
