/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Counts in equal steps from `low` to `high`, for quantiles of what is too long to keep. What
 * lies outside goes into the first or last step. Zero the counts before use. Pure.
 */
#ifndef HS_DSP_HISTOGRAM_H
#define HS_DSP_HISTOGRAM_H

#include <stddef.h>
#include <stdint.h>

enum { HS_HISTOGRAM_STEPS = 200 };

struct hs_histogram {
    double low, high;
    uint32_t count[HS_HISTOGRAM_STEPS], n;
};

/* NaN counts at the low end. Up to 2^32 - 1 values. */
static inline void hs_histogram_add(struct hs_histogram *h, double x)
{
    double at = (x - h->low) / (h->high - h->low) * HS_HISTOGRAM_STEPS;
    size_t i = !(at > 0) ? 0 : at >= HS_HISTOGRAM_STEPS ? HS_HISTOGRAM_STEPS - 1 : (size_t)at;
    h->count[i]++;
    h->n++;
}

/* p from 0 to 1. Linear within a step; NaN where there is nothing. */
double hs_histogram_quantile(const struct hs_histogram *h, double p);

#endif
