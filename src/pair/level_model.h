/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Gain that follows level: -a * ballistics(max(level - threshold, 0)) and anything slow.
 * 180 models are tried (nine thresholds, four attacks, five releases); what is slow, such as
 * a fade or a ride, is taken off both sides first. Pure functions of series of ticks.
 */
#ifndef HS_PAIR_LEVEL_MODEL_H
#define HS_PAIR_LEVEL_MODEL_H

#include <stddef.h>

struct hs_level_model {
    double slope; /* a: 1 - 1/ratio */
    double r2;    /* share of the fast variance of the gain that is explained, 0-1 */
    double threshold_db, attack_s, release_s;
    size_t step; /* of the thresholds tried, 0 the lowest */
};

/* gain_db, level_db: n ticks, `tick_hz` per second. Ticks of weight 0 do not count.
 * slow_s: means over this time are taken off. */
void hs_level_model_fit(const double *gain_db, const double *level_db, const float *weight,
                        size_t n, double tick_hz, double slow_s, struct hs_level_model *out);
/* What the model reduces at each tick, dB. */
void hs_level_model_run(const struct hs_level_model *m, const double *level_db, size_t n,
                        double tick_hz, double *out_db);

/* x less its weighted moving mean over n_mean ticks, twice: slopes and bends of a fade go. */
void hs_ticks_fast(double *x, const float *weight, size_t n, size_t n_mean);
/* Its weighted moving mean over n_mean ticks. */
void hs_ticks_slow(const double *x, const float *weight, size_t n, size_t n_mean, double *out);
/* Quantile of those with weight (NULL: of all); `work` has room for n. */
double hs_ticks_quantile(const double *x, const float *weight, size_t n, double q, double *work);
/* The highest of x from `before` ticks ago to `after` ticks on. */
double hs_ticks_highest(const double *x, size_t n, size_t i, size_t before, size_t after);

#endif
