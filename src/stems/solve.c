/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Cholesky's factorisation of the matrix scaled to ones on the diagonal. The diagonal of the
 * inverse comes from the columns of the inverted factor.
 */
#include "stems/solve.h"

#include "core/alloc.h"

#include <math.h>
#include <string.h>

static const double rounding = 1e-6;

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

/* The lower Cholesky factor of the scaled matrix, whose diagonal is 1 plus rounding and ridge. */
static void factor(struct hs_solver *s, const float *a, const double *ridge, size_t n)
{
    double complex *l = s->l;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k <= i; k++) {
            const float *at = a + 2 * (i * n + k);
            double complex sum = ((double)at[0] + (double)at[1] * I) * s->scale[i] * s->scale[k];
            if (i == k)
                sum = s->scale[i] > 0 ? 1 + rounding + ridge[i] * s->scale[i] * s->scale[i] : 1;
            for (size_t j = 0; j < k; j++)
                sum -= l[i * n + j] * conj(l[k * n + j]);
            l[i * n + k] = i == k ? sqrt(fmax(creal(sum), 1e-12)) : sum / l[k * n + k];
        }
}

static void forward(const double complex *l, size_t from, size_t n, double complex *x)
{
    for (size_t i = from; i < n; i++) {
        for (size_t k = from; k < i; k++)
            x[i] -= l[i * n + k] * x[k];
        x[i] /= l[i * n + i];
    }
}

static void backward(const double complex *l, size_t n, double complex *x)
{
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++)
            x[i] -= conj(l[k * n + i]) * x[k];
        x[i] /= l[i * n + i];
    }
}

void hs_solver_run(struct hs_solver *s, const float *a, const double complex *r,
                   const double *ridge, size_t n, double complex *f, double *variance)
{
    for (size_t i = 0; i < n; i++) {
        double power = (double)a[2 * (i * n + i)];
        s->scale[i] = power > 0 ? 1 / sqrt(power) : 0;
    }
    factor(s, a, ridge, n);
    for (size_t i = 0; i < n; i++)
        f[i] = r[i] * s->scale[i];
    forward(s->l, 0, n, f);
    backward(s->l, n, f);
    for (size_t i = 0; i < n; i++)
        f[i] *= s->scale[i];
    /* The inverse is that of the factor times itself: columns of its sums of squares. */
    for (size_t k = 0; variance && k < n; k++) {
        memset(s->x, 0, n * sizeof *s->x);
        s->x[k] = 1;
        forward(s->l, k, n, s->x);
        double sum = 0;
        for (size_t i = k; i < n; i++)
            sum += pow(cabs(s->x[i]), 2);
        variance[k] = sum * s->scale[k] * s->scale[k];
    }
}
