/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A moment is deep where the gain, less its mean over a second, dips by 0.4 of the 99th
 * percentile of all dips and by 0.3 dB at least. Counted is how many of these have a peak near
 * the ceiling within two ticks. For long releases the fall of the gain within two ticks takes
 * the place of the dip.
 */
#include "pair/ceiling_hits.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <string.h>

static const double near_ceiling_db = 0.35, overshoot_db = 5;
/* Share of the ticks that pass the ceiling before the filter: 1 in 1000 of their seven knots. */
static const double over_ceiling = 0.007;
static const double usual_gain_db = 1, hit_s = 1;
enum { FEWEST_DEEP = 8 };

/* Where a fade or a ride is at work the ceiling is lower, too. */
bool hs_hits_at_usual_gain(const struct hs_reduction *r, size_t i, double usual_db)
{
    return r->slow_range_db <= HS_FADING_DB || fabs(r->slow_db[i] - usual_db) < usual_gain_db;
}

/* Share of the moments whose `depth` is great in which a peak stands at the ceiling; -1: too few of
 * them. */
static double hits_at(const struct hs_reduction *r, const double *depth, const double *peak_db,
                      double ceiling_db, double *work)
{
    const double usual_db = hs_ticks_quantile(r->slow_db, r->weight, r->n, 0.5, work);
    const double least = fmax(0.3, 0.4 * hs_ticks_quantile(depth, r->weight, r->n, 0.99, work));
    size_t deep = 0, hits = 0;
    for (size_t i = 0; i < r->n; i++)
        if (r->weight[i] > 0 && depth[i] > least && hs_hits_at_usual_gain(r, i, usual_db)) {
            deep++;
            hits += hs_ticks_highest(peak_db, r->n, i, 2, 2) > ceiling_db;
        }
    return deep >= FEWEST_DEEP ? (double)hits / (double)deep : -1;
}

/* How far the gain has fallen within two ticks. */
void hs_hits_falls(const struct hs_reduction *r, double *fall)
{
    for (size_t i = 0; i < r->n; i++)
        fall[i] = i >= 2 && r->weight[i] > 0 && r->weight[i - 2] > 0
                      ? r->gain_db[i - 2] - r->gain_db[i]
                      : 0;
}

/* Of the moments where the gain dips deep, how many have the master's peak at the ceiling: what
 * a limiter does; a compressor does not care for it. With a long release only those say so in
 * which the gain falls; behind an equaliser the mix at the gain. */
void hs_hits_find(const struct hs_pass *p, struct hs_reduction *r, double *work)
{
    double *dip = HS_NEW_ARRAY(double, r->n + 1), *before = HS_NEW_ARRAY(double, r->n + 1);
    /* Noise of an encoder moves peaks off the ceiling, and the ceiling above most of them. */
    const double wide_db =
        near_ceiling_db + overshoot_db * hs_amplitude_from_db(fmin(r->residual_db, 0));
    memcpy(dip, r->gain_db, r->n * sizeof *dip);
    hs_ticks_fast(dip, r->weight, r->n, (size_t)(hit_s * HS_PASS_HZ));
    for (size_t i = 0; i < r->n; i++) {
        dip[i] = r->weight[i] > 0 ? -dip[i] : 0;
        before[i] = hs_db_from_amplitude(fmax((double)p->tick[i].peak_before, 1e-4));
    }
    const double top_db = hs_ticks_quantile(before, r->weight, r->n, 1 - over_ceiling, work);
    r->ceiling_hits = hits_at(r, dip, r->peak_y_db, r->ceiling_db - near_ceiling_db, work);
    r->near_hits = hits_at(r, dip, r->peak_y_db, r->ceiling_db - wide_db, work);
    r->before_hits = hits_at(r, dip, before, top_db - near_ceiling_db, work);
    hs_hits_falls(r, dip);
    r->fall_hits = hits_at(r, dip, r->peak_y_db, r->ceiling_db - wide_db, work);
    hs_free(dip);
    hs_free(before);
}
