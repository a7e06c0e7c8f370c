/* SPDX-License-Identifier: Apache-2.0 */
/* Scaling, flushing and band sums for the analysers and for the comparison of pairs. */
#include "dsp/spectral.h"

#include <math.h>
#include <string.h>

void hs_spectral_scale(float complex *restrict x, const float *restrict gain, size_t n)
{
    float *p = (float *)x;
    for (size_t i = 0; i < n; i++) {
        p[2 * i] *= gain[i];
        p[2 * i + 1] *= gain[i];
    }
}

/* Adds short sums in single precision to long ones. */
void hs_spectral_flush(double *restrict total, float *restrict sum, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        total[i] += (double)sum[i];
        sum[i] = 0;
    }
}

/* Bin i covers half a bin to either side; those at the edges count by their share. */
struct hs_span_bins hs_span_bins(double low_hz, double high_hz, double bin_hz, size_t n_bins)
{
    double from = low_hz / bin_hz + 0.5, to = high_hz / bin_hz + 0.5;
    if (to > (double)n_bins)
        to = (double)n_bins;
    if (!(from < to))
        return (struct hs_span_bins){0};
    size_t first = (size_t)floor(from), end = (size_t)ceil(to);
    struct hs_span_bins s = {.first = first, .n = end - first};
    s.first_share = (float)(fmin((double)first + 1, to) - from);
    s.last_share = (float)(to - ((double)end - 1));
    return s;
}

typedef float lanes __attribute__((vector_size(32)));

/* In one order, so that all processors give the same bits. */
float hs_span_sum(const struct hs_span_bins *span, const float *power)
{
    if (!span->n)
        return 0;
    const float *p = power + span->first;
    float sum = p[0] * span->first_share;
    if (span->n == 1)
        return sum;
    sum += p[span->n - 1] * span->last_share;
    size_t n = span->n - 2, i = 0;
    p++;
    lanes acc = {0};
    for (; i + 8 <= n; i += 8) {
        lanes v;
        memcpy(&v, p + i, sizeof v);
        acc += v;
    }
    for (; i < n; i++)
        sum += p[i];
    return sum +
           (((acc[0] + acc[4]) + (acc[1] + acc[5])) + ((acc[2] + acc[6]) + (acc[3] + acc[7])));
}

double hs_span_sum_double(const struct hs_span_bins *span, const double *power)
{
    if (!span->n)
        return 0;
    const double *p = power + span->first;
    double sum = p[0] * (double)span->first_share;
    if (span->n == 1)
        return sum;
    for (size_t i = 1; i + 1 < span->n; i++)
        sum += p[i];
    return sum + p[span->n - 1] * (double)span->last_share;
}
