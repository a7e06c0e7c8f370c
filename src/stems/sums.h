/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How stems correlate with each other and with a file, summed over a window. Pure.
 *
 * A cell is a band of a channel: cell = channel * HS_STEM_BANDS + band.
 */
#ifndef HS_STEMS_SUMS_H
#define HS_STEMS_SUMS_H

#include "stems/bands.h"

#include <complex.h>

enum { HS_STEM_CELLS = 2 * HS_STEM_BANDS };

/* Products of stems are kept for k <= i alone, [channel][pair][re, im][band]. How many floats they
 * are, and where the real part of one of them stands; its imaginary part, which is 0 where k is i,
 * stands HS_STEM_BANDS behind. */
static inline size_t hs_stem_pairs(size_t n_stems)
{
    return n_stems * (n_stems + 1) / 2;
}

static inline size_t hs_stem_room(size_t n_stems)
{
    return 2 * hs_stem_pairs(n_stems) * 2 * HS_STEM_BANDS;
}

static inline size_t hs_stem_at(size_t n_stems, size_t cell, size_t i, size_t k)
{
    const size_t channel = cell / HS_STEM_BANDS, band = cell % HS_STEM_BANDS;
    return (channel * hs_stem_pairs(n_stems) + i * (i + 1) / 2 + k) * 2 * HS_STEM_BANDS + band;
}

/* Sums over the frames of a window, with the gain of the bus in them; of one file. */
struct hs_stem_sums {
    float *a;                    /* as hs_stem_at: conj(s_i) s_k */
    double complex *r;           /* [cell][i]: conj(s_i) m */
    float *across;               /* [band][i][2]: left times conj(right) of a stem */
    double power[HS_STEM_CELLS]; /* of the file */
};

void hs_stem_sums_init(struct hs_stem_sums *s, size_t n_stems);
void hs_stem_sums_free(struct hs_stem_sums *s);
/* conj(s_i) s_k of two stems in any order. */
double complex hs_stem_product(const struct hs_stem_sums *s, size_t n_stems, size_t cell, size_t i,
                               size_t k);
/* Power of each stem below which a cell holds nothing of it but rounding: -90 dB of all cells. */
void hs_stem_floors(const struct hs_stem_sums *s, size_t n_stems, double *floor);
/* Those of a cell as hs_solver_run wants them. */
void hs_stem_products_of(const struct hs_stem_sums *s, size_t n_stems, size_t cell,
                         double complex *out);

#endif
