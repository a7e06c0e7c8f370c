/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Cholesky's factorisation of the matrix scaled to ones on the diagonal. The diagonal of the
 * inverse comes from the columns of the inverted factor.
 */
#include "stems/solve.h"

#include "core/alloc.h"
#include "dsp/cholesky.h"

#include <math.h>
#include <string.h>

static const double rounding = 1e-6, least_pivot = 1e-12;

void hs_solver_init(struct hs_solver *s)
{
    s->l = HS_NEW_ARRAY(double complex, HS_STEMS_MOST *HS_STEMS_MOST);
    s->x = HS_NEW_ARRAY(double complex, HS_STEMS_MOST);
}

void hs_solver_free(struct hs_solver *s)
{
    hs_free(s->l);
    hs_free(s->x);
}

/* The lower half of the scaled matrix, whose diagonal is 1 plus rounding and ridge. */
static void scale(struct hs_solver *s, const double complex *a, const double *ridge, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const double complex *row = a + i * (i + 1) / 2;
        for (size_t k = 0; k < i; k++)
            s->l[i * n + k] = row[k] * s->scale[i] * s->scale[k];
        s->l[i * n + i] = s->scale[i] > 0 ? 1 + rounding + ridge[i] * s->scale[i] * s->scale[i] : 1;
    }
}

/* Scaled to equal power first, so that soft stems count alike; `variance` may be NULL. */
void hs_solver_run(struct hs_solver *s, const double complex *a, const double complex *r,
                   const double *ridge, const double *floor, size_t n, double complex *f,
                   double *variance)
{
    for (size_t i = 0; i < n; i++) {
        double power = creal(a[i * (i + 1) / 2 + i]);
        s->scale[i] = power > floor[i] ? 1 / sqrt(power) : 0;
    }
    scale(s, a, ridge, n);
    hs_cholesky_factor(s->l, n, least_pivot);
    for (size_t i = 0; i < n; i++)
        f[i] = r[i] * s->scale[i];
    hs_cholesky_forward(s->l, n, 0, f);
    hs_cholesky_backward(s->l, n, f);
    for (size_t i = 0; i < n; i++)
        f[i] *= s->scale[i];
    /* The inverse is that of the factor times itself: columns of its sums of squares. */
    for (size_t k = 0; variance && k < n; k++) {
        memset(s->x, 0, n * sizeof *s->x);
        s->x[k] = 1;
        hs_cholesky_forward(s->l, n, k, s->x);
        double sum = 0;
        for (size_t i = k; i < n; i++)
            sum += pow(cabs(s->x[i]), 2);
        variance[k] = sum * s->scale[k] * s->scale[k];
    }
}
