/* SPDX-License-Identifier: Apache-2.0 */
/* Products of two stems are kept once, in single precision; those with the file in double. */
#include "stems/sums.h"

#include "core/alloc.h"

enum { CELLS = HS_STEM_CELLS, BANDS = HS_STEM_BANDS };

void hs_stem_sums_init(struct hs_stem_sums *s, size_t n_stems)
{
    *s = (struct hs_stem_sums){.a = HS_NEW_ARRAY(float, hs_stem_room(n_stems) + 1),
                               .r = HS_NEW_ARRAY(double complex, CELLS *n_stems + 1),
                               .across = HS_NEW_ARRAY(float, BANDS * 2 * n_stems + 1)};
}

void hs_stem_sums_free(struct hs_stem_sums *s)
{
    hs_free(s->a);
    hs_free(s->r);
    hs_free(s->across);
}

double complex hs_stem_product(const struct hs_stem_sums *s, size_t n_stems, size_t cell, size_t i,
                               size_t k)
{
    const float *a = s->a + hs_stem_at(n_stems, cell, i > k ? i : k, i > k ? k : i);
    return (double)a[0] + (double)(i >= k ? a[BANDS] : -a[BANDS]) * I;
}

void hs_stem_products_of(const struct hs_stem_sums *s, size_t n_stems, size_t cell,
                         double complex *out)
{
    const float *a = s->a + hs_stem_at(n_stems, cell, 0, 0);
    for (size_t p = 0; p < hs_stem_pairs(n_stems); p++, a += 2 * BANDS)
        out[p] = (double)a[0] + (double)a[BANDS] * I;
}

void hs_stem_floors(const struct hs_stem_sums *s, size_t n_stems, double *floor)
{
    const double least_share = 1e-9;
    for (size_t i = 0; i < n_stems; i++) {
        floor[i] = 0;
        for (size_t c = 0; c < CELLS; c++)
            floor[i] += least_share * (double)s->a[hs_stem_at(n_stems, c, i, i)];
    }
}
