/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The best of twelve separators missed the level of the voice by 1.2 LU (Ward et al., WIMP
 *    2017). Evenness and wetness are not given, because separators change tails and soft sounds.
 * 2. Instruments are unlike each other, so that what an output has in common with the whole file is
 *    its own power. Outputs that leak into each other have more in common with it; the fit turns
 *    them down for that, and they look softer than their instruments are. The level is off by about
 *    the distance of both, in dB: of this output, which a leak hits hard where the instrument is
 *    soft, or of all outputs together, which says it of loud ones.
 */
#include "stems/outputs.h"

#include "core/num.h"
#include "stems/whole.h"

#include <math.h>

enum { CELLS = HS_STEM_CELLS };

/* Power of outputs as they stand in the file, and what they have in common with it. */
struct overlap {
    double own, common;
};

static void add_overlap(const struct hs_stem_fitting *f, const struct hs_stem_side_fit *s,
                        const size_t *stem, size_t n, struct overlap *o)
{
    const size_t k = f->n_stems;
    for (size_t w = 0; w < f->n_windows; w++)
        for (size_t c = 0; c < CELLS && !s->lost[w]; c++) {
            const double complex *g = s->gains + (w * CELLS + c) * k;
            o->own += hs_stem_power_of(&s->sums[w], c, k, g, stem, n);
            for (size_t i = 0; i < n; i++)
                o->common += creal(conj(g[stem[i]]) * s->sums[w].r[c * k + stem[i]]);
        }
}

static double overlap_db(const struct overlap *o)
{
    const double most_db = 20;
    if (!(o->own > 0) || !(o->common > 0))
        return most_db;
    return fmin(fabs(hs_db_from_power(o->common / o->own)), most_db);
}

void hs_stem_doubt_output(const struct hs_stem_fitting *f, size_t file,
                          const struct hs_stem_set *set, struct hs_instrument *in)
{
    const double separator_lu = 1.2;
    const struct hs_stem_side_fit *s = &f->side[file];
    struct overlap own = {0}, all = {0};
    add_overlap(f, s, set->stem, set->n, &own);
    for (size_t i = 0; i < f->n_stems; i++)
        add_overlap(f, s, &i, 1, &all);
    const double off_lu = hypot(separator_lu, fmax(overlap_db(&own), overlap_db(&all)));
    in->number[HS_INSTRUMENT_BOUND_LU] = hypot(in->number[HS_INSTRUMENT_BOUND_LU], off_lu);
    in->number[HS_INSTRUMENT_RANGE_LU] = NAN;
    in->number[HS_INSTRUMENT_WET_DB] = NAN;
}
