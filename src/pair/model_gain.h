/* SPDX-License-Identifier: Apache-2.0 */
/* A gain per knot on the filtered mix, a curve behind it, and what both leave of the master. */
#ifndef HS_PAIR_MODEL_GAIN_H
#define HS_PAIR_MODEL_GAIN_H

#include "pair/model_work.h"

/* What is left with the curve, in all and where peaks pass the ceiling. */
struct hs_left {
    double curve, top_gain, top_curve;
};

void hs_work_count_knots(struct hs_work *w, const float *const x[2], const float *const y[2]);
void hs_work_find_gain(struct hs_work *w, enum hs_samples which);
void hs_work_find_slow_gain(struct hs_work *w);
void hs_work_spread_gain(struct hs_work *w);
void hs_work_hold_gain(struct hs_work *w, double gain);
/* u = gain * x; returned is what it leaves of y. */
double hs_work_apply_gain(struct hs_work *w, const float *const x[2], const float *const y[2]);
/* Bends u; what remains in it is the master without the curve. */
struct hs_left hs_work_apply_curve(struct hs_work *w, const float *const y[2],
                                   const struct hs_static_curve *curve);
void hs_work_divide_by_gain(struct hs_work *w);
/* One gain for all small samples. */
double hs_work_steady_gain(const struct hs_work *w);
double hs_work_drop_db(const struct hs_left *l);

#endif
