/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The slope of the moves over the mixes, of how moves differ between these mixes alone: a habit
 * moves songs wherever they lie, and all to one side of the centre they may lie as well. Where
 * mixes lie close together the slope is chance, and it is carried on to the centre: it counts only
 * where it is surely below 0, by 1.645 standard errors.
 */
#include "catalogue/evening_out.h"

#include <math.h>

double hs_evening_out(const struct hs_census *c, const struct hs_rule *rule)
{
    const double sure = 1.645, least_spread = 1e-6;
    double n = 0, mix = 0, move = 0, product = 0, square = 0, moves = 0;
    if (!c->side || (rule && rule->moves.change_is_harm))
        return 0;
    for (size_t i = 0; i < c->n_masters; i++) {
        const struct hs_judgement *j = c->masters[i].judgement;
        if (!j || !isfinite((double)j->move_z) || !isfinite((double)j->mix_z))
            continue;
        n++;
        mix += (double)j->mix_z;
        move += (double)j->move_z;
        product += (double)j->move_z * (double)j->mix_z;
        square += (double)j->mix_z * (double)j->mix_z;
        moves += (double)j->move_z * (double)j->move_z;
    }
    product -= mix * move / n;
    square -= mix * mix / n;
    moves -= move * move / n;
    if (n < 4 || !(square > least_spread * n))
        return 0;
    double slope = product / square;
    double error = sqrt(fmax(0, moves - slope * product) / ((n - 2) * square));
    return slope + sure * error < 0 ? slope : 0;
}
