/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each channel of the master by one filter of its own channel of the mix, and by one of the other
 * channel (Bendat & Piersol, chapter 6), from 100 Hz to 8 kHz: the way that leaves less than half
 * of what the other one leaves is the right one. Whatever turns phases is in either filter.
 */
#include "pair/crossed.h"

#include <math.h>

static const double low_hz = 100, high_hz = 8000, clearly = 2, silent = 1e-6;

static double complex of(const struct hs_transfer *t, int i, int j, size_t k)
{
    return t->at.xy[i][j][0][k] + t->at.xy[i][j][1][k] * I;
}

static double power_of(double complex x)
{
    return creal(x) * creal(x) + cimag(x) * cimag(x);
}

int hs_crossed(const struct hs_transfer *t)
{
    const double bin_hz = t->rate_hz / (double)t->n;
    double own = 0, crossed = 0, left = 0, right = 0;
    for (size_t k = (size_t)(low_hz / bin_hz); k < (size_t)(high_hz / bin_hz) && k < t->bins; k++) {
        const double both = t->at.xx[0][k] + t->at.xx[1][k], apart = 2 * t->at.x01[0][k];
        const double x[2] = {both + apart, both - apart}; /* left and right of the mix */
        const double all = 2 * (t->at.yy[0][k] + t->at.yy[1][k]);
        const double complex mm = of(t, 0, 0, k), ms = of(t, 0, 1, k);
        const double complex sm = of(t, 1, 0, k), ss = of(t, 1, 1, k);
        left += x[0];
        right += x[1];
        if (!(x[0] > silent * x[1]) || !(x[1] > silent * x[0]))
            continue;
        own += all - power_of(mm + ms + sm + ss) / x[0] - power_of(mm - ms - sm + ss) / x[1];
        crossed += all - power_of(mm - ms + sm - ss) / x[0] - power_of(mm + ms - sm - ss) / x[1];
    }
    if (!(left > silent * right) || !(right > silent * left))
        return 0;
    return clearly * crossed < own ? 1 : clearly * own < crossed ? -1 : 0;
}
