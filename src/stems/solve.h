/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Least squares for the gains of stems: Hermitian systems of up to HS_STEMS_MOST unknowns. Pure;
 * a solver belongs to one thread. Never fails.
 */
#ifndef HS_STEMS_SOLVE_H
#define HS_STEMS_SOLVE_H

#include <complex.h>
#include <stddef.h>

enum { HS_STEMS_MOST = 64 };

/* Room for one thread's work. */
struct hs_solver {
    double complex *l, *x;
    double scale[HS_STEMS_MOST];
};

void hs_solver_init(struct hs_solver *s);
void hs_solver_free(struct hs_solver *s);

/* Solves (A + diag(ridge)) f = r. A is the lower half of n x n, row by row, where a[i][k] is
 * the sum of conj(s_i) s_k. Each unknown is scaled by its power first, and 1e-6
 * of that added for the rounding of the sums; unknowns whose power is at most their `floor` are 0.
 * `variance` gets the diagonal of the inverse (NULL: not wanted). */
void hs_solver_run(struct hs_solver *s, const double complex *a, const double complex *r,
                   const double *ridge, const double *floor, size_t n, double complex *f,
                   double *variance);

#endif
