/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The best of twelve separators missed the level of the voice by 1.2 LU (Ward et al., WIMP
 *    2017). Evenness and wetness are not given, because separators change tails and soft sounds.
 * 2. Instruments are unlike each other: what an output has in common with the file beyond its own
 *    power is a leak.
 *    Of its instrument into others: the fit turns it down for that, by as many decibels as its
 *    gain in the file says, where the separator keeps levels, and at most by what is in common.
 *    Of others into it: as a part of all that they are, of that power.
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

/* By how many decibels a leak may have moved the level of an output, which stands in the file with
 * this gain, beside so much power of all outputs. */
static double leak_lu(const struct overlap *o, double gain_db, double all)
{
    const double most_db = 20, rest = all - o->own, more = o->common - o->own;
    if (!(o->own > 0) || !(o->common > 0))
        return most_db;
    const double lost_db = 2 * fabs(hs_db_from_power(o->common / o->own));
    const double got_db = rest > 0 ? hs_db_from_power(1 + more * more / (rest * o->own)) : 0;
    return fmin(fmax(fmin(lost_db, fabs(gain_db)), got_db), most_db);
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
    const double off_lu =
        hypot(separator_lu, leak_lu(&own, in->number[HS_INSTRUMENT_GAIN_DB], all.own));
    in->number[HS_INSTRUMENT_BOUND_LU] = hypot(in->number[HS_INSTRUMENT_BOUND_LU], off_lu);
    in->number[HS_INSTRUMENT_RANGE_LU] = NAN;
    in->number[HS_INSTRUMENT_WET_DB] = NAN;
}
