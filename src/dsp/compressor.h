/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The gain of a bus compressor from the level of its detector: feed-forward, soft knee of 6 dB,
 * ratio 1.5, attack 30 ms, release 150 ms, in decibels, one value a step of time. Pure functions.
 */
#ifndef HS_DSP_COMPRESSOR_H
#define HS_DSP_COMPRESSOR_H

#include <stdbool.h>
#include <stddef.h>

/* dB of gain reduction of a steady level, 0 or above. */
double hs_compressor_static(double level_db, double threshold_db);
/* Gain reduction over time; `level_db` and `out_db` may be the same. */
void hs_compressor_run(const float *level_db, size_t n, double step_s, double threshold_db,
                       float *out_db);
/* The threshold at which 95 % of the steps with `active` have at most `p95_db` of gain reduction
 * and 5 % more, by bisection; *found_db gets what they have. NaN where no step is active. */
double hs_compressor_fit(const float *level_db, const bool *active, size_t n, double step_s,
                         double p95_db, double *found_db);

#endif
