/* SPDX-License-Identifier: Apache-2.0 */
/* The one low-pass prototype that decimation, resampling and the true-peak meter are built from. */
#include "dsp/windowed_sinc.h"

#include "core/num.h"

#include <math.h>

/* By its series, up to terms that are lost in the sum. */
double hs_bessel_i0(double x)
{
    double sum = 1, term = 1;
    for (int k = 1; term > 1e-18 * sum; k++) {
        term *= (x / (2 * k)) * (x / (2 * k));
        sum += term;
    }
    return sum;
}

/* Kaiser's window over `half` to either side; the cutoff is a share of Nyquist. */
double hs_windowed_sinc(double t, double half, double cutoff, double beta)
{
    double share = t / half, x = HS_PI * cutoff * t;
    if (fabs(share) >= 1)
        return 0;
    double window = hs_bessel_i0(beta * sqrt(1 - share * share)) / hs_bessel_i0(beta);
    return cutoff * window * (fabs(x) < 1e-12 ? 1 : sin(x) / x);
}
