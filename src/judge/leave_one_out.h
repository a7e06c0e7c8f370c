/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Centre and spread of all values but one, for every one in turn: what hs_robust_spread
 * gives without it, in the time of a few look-ups, so that a catalogue of any size can be
 * held against itself.
 */
#ifndef HS_JUDGE_LEAVE_ONE_OUT_H
#define HS_JUDGE_LEAVE_ONE_OUT_H

#include "core/arena.h"

#include <stddef.h>

struct hs_leave_one_out {
    const double *x;            /* ascending */
    const double *sum, *square; /* of the first 0, 32, 64 ... values, less the middle */
    double middle;
    size_t n;
};

/* Takes the numbers of `x` (NaN are left out). */
struct hs_leave_one_out hs_leave_one_out_new(const double *x, size_t n, struct hs_arena *arena);
/* Spread and centre without one occurrence of `own`, which must be among them. NaN where
 * fewer than two are left. */
double hs_leave_one_out_spread(const struct hs_leave_one_out *o, double own, double *centre);

#endif
