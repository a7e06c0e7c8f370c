/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Least squares by Cholesky's factorisation of a Hermitian matrix m = l l^H, n x n, row by row. In
 * place and pure; never fails. Of the matrix the lower triangle alone is read and written.
 */
#ifndef HS_DSP_CHOLESKY_H
#define HS_DSP_CHOLESKY_H

#include <complex.h>
#include <stddef.h>

/* m becomes l. Squares of the diagonal are held at `least` (above 0) at the least: what has no
 * power of its own gives no infinities. */
void hs_cholesky_factor(double complex *m, size_t n, double least);
/* x becomes the solution of l y = x; x is 0 before `from`. */
void hs_cholesky_forward(const double complex *l, size_t n, size_t from, double complex *x);
/* x becomes the solution of l^H y = x. */
void hs_cholesky_backward(const double complex *l, size_t n, double complex *x);

#endif
