/* SPDX-License-Identifier: Apache-2.0 */
/* A quantile out of counts, linear within its step. */
#include "dsp/histogram.h"

#include <math.h>

double hs_histogram_quantile(const struct hs_histogram *h, double p)
{
    double wanted = p * h->n, below = 0, step = (h->high - h->low) / HS_HISTOGRAM_STEPS;
    for (size_t i = 0; i < HS_HISTOGRAM_STEPS; i++) {
        if (h->count[i] && below + h->count[i] >= wanted)
            return h->low + step * ((double)i + (wanted - below) / h->count[i]);
        below += h->count[i];
    }
    return NAN;
}
