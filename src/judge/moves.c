/* SPDX-License-Identifier: Apache-2.0 */
#include "judge/moves.h"

#include <math.h>

/* The centre is always the built-in one: a catalogue whose mastering always adds 5 dB does not
 * excuse itself. Own pairs change the spread, between half and twice the built-in one. */
static struct hs_distribution usual_moves(const struct hs_reference_model *y)
{
    const struct hs_usual_moves *m = &y->rule->moves;
    struct hs_distribution d = {.centre = m->centre,
                                .spread = m->spread,
                                .n = NAN,
                                .tail_scale = 1,
                                .target = "mastering moves (built-in)"};
    if (y->n_changes >= HS_ENOUGH_PAIRS && isfinite(y->change_spread)) {
        d.spread = fmin(fmax(y->change_spread, m->spread / 2), 2 * m->spread);
        d.target = y->change_target;
    }
    return d;
}

/* By how many steps the master stands nearer to the centre than what the mix had. */
static double nearer(const struct hs_scale *s, double before, double after)
{
    return (fabs(before - s->d.centre) - fabs(after - s->d.centre)) / s->rule->jnd;
}

enum hs_severity hs_moves_judge(const struct hs_reference_model *y, const struct hs_scale *s,
                                double change, const struct hs_reading *master,
                                struct hs_moved *out, enum hs_severity *repaired)
{
    struct hs_rule as_move = *y->rule;
    *repaired = HS_NO_FAULT;
    if (!isfinite(change))
        return HS_NO_FAULT;
    double sign = as_move.moves.change_is_harm ? -1 : 1;
    as_move.side = as_move.moves.change_is_harm ? 1 : as_move.side;
    struct hs_scale m = {.rule = &as_move, .d = usual_moves(y), .limit_steps = s->limit_steps};
    struct hs_scale back = m;
    struct hs_rule as_repair = as_move;
    as_repair.side = -as_move.side;
    back.rule = &as_repair;
    double before = master->value - sign * change;
    bool closer = !as_move.moves.change_is_harm && nearer(s, before, master->value) >= 1;
    *out = (struct hs_moved){.towards = closer,
                             .change = change,
                             .sign = sign,
                             .centre = m.d.centre,
                             .steps = hs_scale_steps(&m, change),
                             .z = hs_scale_z(&m, change),
                             .target = m.d.target,
                             .title = as_move.moves.title};
    hs_scale_expected(&m, out->usual);
    bool from_fault = as_move.side * (before - s->d.centre) > 0;
    if (closer && as_move.side && from_fault)
        *repaired = hs_scale_severity(&back, change);
    return closer ? HS_NO_FAULT : hs_scale_severity(&m, change);
}
