/* SPDX-License-Identifier: Apache-2.0 */
/* Row by row: each entry less the products of what stands left of it, over the diagonal. */
#include "dsp/cholesky.h"

#include <math.h>

void hs_cholesky_factor(double complex *m, size_t n, double least)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k <= i; k++) {
            double complex sum = m[i * n + k];
            for (size_t j = 0; j < k; j++)
                sum -= m[i * n + j] * conj(m[k * n + j]);
            m[i * n + k] = i == k ? sqrt(fmax(creal(sum), least)) : sum / m[k * n + k];
        }
}

void hs_cholesky_forward(const double complex *l, size_t n, size_t from, double complex *x)
{
    for (size_t i = from; i < n; i++) {
        for (size_t k = from; k < i; k++)
            x[i] -= l[i * n + k] * x[k];
        x[i] /= l[i * n + i];
    }
}

void hs_cholesky_backward(const double complex *l, size_t n, double complex *x)
{
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++)
            x[i] -= conj(l[k * n + i]) * x[k];
        x[i] /= l[i * n + i];
    }
}
