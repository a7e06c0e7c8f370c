/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Middle and sides of the mix through the first filter, each against its own: a constant gain, and
 * one that moves, leave so much. A part that a constant gain explains was left alone.
 */
#include "pair/model_parts.h"

#include "core/alloc.h"
#include "core/num.h"
#include "pair/gain.h"

#include <math.h>

/* The part left alone is explained so well, and so much better than the other one, to which a
 * moving gain brings so much. */
static const double alone_db = -25, better_db = 10, moves_db = 3;
static const double sounds = 1e-4; /* of the other part's power */

struct part_left {
    double mix, master; /* power */
    double steady_db, moving_db;
};

static struct part_left left_of(const struct hs_work *w, int part)
{
    float *x = hs_aligned_unset(w->n, sizeof(float)), *y = hs_aligned_unset(w->n, sizeof(float));
    struct hs_knot *knot = HS_NEW_ARRAY(struct hs_knot, w->n_knots + 1);
    float *gain = HS_NEW_ARRAY(float, w->n_knots + 1);
    double xx = 1e-20, xy = 0, yy = 1e-20, left = 0;
    for (size_t i = 0; i < w->n; i++) {
        x[i] = w->x1[0][i] + (part ? -w->x1[1][i] : w->x1[1][i]);
        y[i] = w->y[0][i] + (part ? -w->y[1][i] : w->y[1][i]);
    }
    for (size_t i = 0; i < w->s->n_items; i++) {
        const struct hs_stretch *s = &w->s->item[i];
        const size_t at = s->at / HS_GAIN_KNOT, n = s->n / HS_GAIN_KNOT;
        hs_gain_knots((const float *const[]){x + s->at, x + s->at},
                      (const float *const[]){y + s->at, y + s->at}, s->n, true, (float)w->small,
                      knot + at);
        hs_gain_series(knot + at, n, 0, n, HS_SAMPLES_ALL, gain + at);
    }
    for (size_t k = 0; k < w->n_knots; k++) {
        const double g = (double)gain[k];
        xx += (double)knot[k].xx, xy += (double)knot[k].xy, yy += (double)knot[k].yy;
        left += (double)knot[k].yy - 2 * g * (double)knot[k].xy + g * g * (double)knot[k].xx;
    }
    hs_free(x);
    hs_free(y);
    hs_free(knot);
    hs_free(gain);
    return (struct part_left){xx, yy, hs_db_from_power(fmax(1 - xy * xy / (xx * yy), 1e-9)),
                              hs_db_from_power(fmax(left / yy, 1e-9))};
}

int hs_model_moved_part(const struct hs_work *w)
{
    const struct part_left of[2] = {left_of(w, 0), left_of(w, 1)};
    /* of a mono song there is one part */
    for (int part = 0; part < 2; part++)
        if (!(of[part].mix > sounds * of[!part].mix) ||
            !(of[part].master > sounds * of[!part].master))
            return -1;
    for (int part = 0; part < 2; part++)
        if (of[!part].steady_db <= alone_db &&
            of[!part].steady_db <= of[part].steady_db - better_db &&
            of[part].steady_db - of[part].moving_db >= moves_db)
            return part;
    return -1;
}
