/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A gain per knot on the filtered mix, a curve behind it, and what both leave of the master. Powers
 * are sums of squares over both channels. All work on the buffers of hs_work; nothing fails.
 */
#ifndef HS_PAIR_MODEL_GAIN_H
#define HS_PAIR_MODEL_GAIN_H

#include "pair/model_work.h"

/* What is left with the curve, in all and where peaks pass the ceiling. */
/* What is left: by the curve; and of that where peaks pass the ceiling by the gain of small
 * samples, by the curve, and by a gain of its own for every knot. */
struct hs_left {
    double curve, top_gain, top_curve, top_own;
};

/* Sums of x and y by knot, for the gains that follow. */
void hs_work_count_knots(struct hs_work *w, const float *const x[2], const float *const y[2]);
/* Gain per knot, from all samples or the small ones; over a quarter of a second. */
void hs_work_find_gain(struct hs_work *w, enum hs_samples which);
void hs_work_find_slow_gain(struct hs_work *w);
/* By how much the gain per knot falls below or rises above its median at one sounding moment of a
 * hundred, dB. */
double hs_work_moved_db(const struct hs_work *w);
/* One gain for all knots. */
void hs_work_hold_gain(struct hs_work *w, double gain);
/* u = gain * x, each frame at a gain straight between the middles of the knots; returned is what it
 * leaves of y. */
double hs_work_apply_gain(struct hs_work *w, const float *const x[2], const float *const y[2]);
/* What gain and curve leave of y; u becomes y less what the curve adds to u. */
struct hs_left hs_work_apply_curve(struct hs_work *w, const float *const y[2], int only,
                                   const struct hs_static_curve *curve);
/* u over the gain of each frame. */
void hs_work_divide_by_gain(struct hs_work *w);
/* One gain for all small samples. */
double hs_work_steady_gain(const struct hs_work *w);
/* By how many dB the curve lowers what is left where peaks pass the ceiling; 0: there are none. */
double hs_work_drop_db(const struct hs_left *l);
/* By how many dB the curve leaves less there than a gain of its own for every knot would. */
double hs_work_beyond_gain_db(const struct hs_left *l);

#endif
