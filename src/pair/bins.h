/* SPDX-License-Identifier: Apache-2.0 */
/* Neighbouring bins of a spectrum as vectors of real and imaginary parts. */
#ifndef HS_PAIR_BINS_H
#define HS_PAIR_BINS_H

#include <complex.h>
#include <stddef.h>
#include <string.h>

enum { HS_BIN_LANES = 4 };
typedef float hs_bin_lanes __attribute__((vector_size(HS_BIN_LANES * sizeof(float))));

struct hs_bins {
    hs_bin_lanes re, im;
};

static inline hs_bin_lanes hs_bin_load(const float *x)
{
    hs_bin_lanes v;
    memcpy(&v, x, sizeof v);
    return v;
}

/* HS_BIN_LANES bins from k on. */
static inline struct hs_bins hs_bins_at(const float complex *x, size_t k)
{
    const float *in = (const float *)x + 2 * k;
    hs_bin_lanes a = hs_bin_load(in), b = hs_bin_load(in + HS_BIN_LANES);
    return (struct hs_bins){__builtin_shufflevector(a, b, 0, 2, 4, 6),
                            __builtin_shufflevector(a, b, 1, 3, 5, 7)};
}

#endif
