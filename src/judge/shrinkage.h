/* SPDX-License-Identifier: Apache-2.0 */
/* Few references lean on the built-in distribution: blending by sample size. */
#ifndef HS_JUDGE_SHRINKAGE_H
#define HS_JUDGE_SHRINKAGE_H

#include "core/arena.h"

#include <stddef.h>

struct hs_shrinkage {
    double centre, spread, n;
    double within; /* usual spread within the works of one artist or label */
    /* How far values reach on the side of the fault, see judge/builtin.h. `tail_scale` becomes that
     * of the blend; it is 1 without references, because the built-in spread includes the tail. */
    double edge_scale, tail_scale;
    double weight; /* of the references in the centre, 0-1 */
};

/* Moves a built-in distribution towards the n values. In the centre they weigh
 * n / (n + 10) where they spread as all music does, and more the tighter they are (the
 * built-in one then says little about where they lie): n / (n + k), k falling to 1 with
 * the square of their spread. The spread, being a scale, is blended by its logarithm
 * with that within the works of one artist, n / (n + 2), and then scaled by
 * `edge_scale`, as what is skewed by nature (loudness range, treble) has a short tail on one side
 * and a long one on the other. */
void hs_shrinkage(struct hs_shrinkage *b, const double *x, size_t n);
/* Moves what hs_shrinkage has made of all references further, towards those `alike` the track. */
void hs_shrinkage_alike(struct hs_shrinkage *b, const double *alike, size_t n);
/* "references (12 tracks) 55 %, built-in popular 45 %" or "built-in popular"; with a subset
 * "references (12 tracks, 5 of rock) ...". */
const char *hs_shrinkage_target(const char *profile, size_t n, double weight, const char *subset,
                                struct hs_arena *arena);
/* Standard deviation that lone outliers cannot blow up, and the median. */
double hs_robust_spread(const double *x, size_t n, double *centre);
/* The numbers among x[0 .. n) but for index leave_out (SIZE_MAX: none); `out` has room. */
size_t hs_compact(const double *x, size_t n, size_t leave_out, double *out);

enum { HS_ENOUGH_TO_SPREAD = 3 }; /* values from which on their own spread is looked at */

#endif
