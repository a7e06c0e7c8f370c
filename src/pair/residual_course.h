/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is left of each second of a master, so that two mixes can be told apart as surely as their
 * residuals differ from second to second. Pure functions of the ticks, and of two results.
 */
#ifndef HS_PAIR_RESIDUAL_COURSE_H
#define HS_PAIR_RESIDUAL_COURSE_H

#include "model/values.h"
#include "pair/pass.h"

/* By whole seconds of the master, in dB of its mean power; absent seconds are NaN. */
void hs_residual_course_put(const struct hs_pass *p, struct hs_values *v);
/* By how much what is left moves from second to second: dB between the quantile `low` of the
 * seconds that are whole in the shared part and its opposite; infinite where there are less than
 * `fewest`. */
double hs_residual_moves_db(const struct hs_pass *p, double low, size_t fewest);
/* Two standard errors, in dB, of how much more one of two candidates for the same master leaves,
 * from the seconds that both have; NaN where those are too few. */
double hs_residual_course_bound(const struct hs_values *a, const struct hs_values *b);

#endif
