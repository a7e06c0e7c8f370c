/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What mastering moved, judged as a move.
 *
 * 1. A change of a pair is held against what mastering usually moves: centre 0 (gain reduction: 3
 *    dB) and a spread of the rule's own. Both are built in, however many pairs a catalogue has.
 * 2. Where the master then stands: a step nearer to the centre of songs than the mix is a repair
 *    and no fault; what it repaired is shown as cured, as severe as the move was unusual, and no
 *    more severe than the mix itself reads. Nearer counts only what is nearer for the built-in
 * centre too, unless references have moved it by more than a quarter of a step.
 * 3. All other moves have the severity of their steps and spreads.
 * 4. For habits and their base rates the same scale is read the other way round: how often usual
 *    moves reach a severity, and which severity a stored z has. There what of a move mended a mix
 *    at fault is taken off first; of a rule with two sides all that led towards the centre.
 */
#include "judge/moves.h"

#include "core/arena.h"
#include "core/num.h"

#include <math.h>

const char *const hs_moves_target = "mastering moves (built-in)";

/* Neither centre nor spread are taken from the catalogue's own pairs: a catalogue whose mastering
 * always adds 5 dB does not excuse itself, nor one where an engineer adds 5 dB and another none,
 * and a move that few pairs have shown to be a fault stays one with more. */
static struct hs_distribution usual_moves(const struct hs_rule *rule)
{
    return (struct hs_distribution){.centre = rule->moves.centre,
                                    .spread = rule->moves.spread,
                                    .n = NAN,
                                    .tail_scale = 1,
                                    .target = hs_moves_target};
}

/* A rule as it judges moves: of gain reduction more is worse, whatever it does to the value. */
static struct hs_rule as_move(const struct hs_rule *rule)
{
    struct hs_rule of_moves = *rule;
    of_moves.side = rule->moves.change_is_harm ? 1 : rule->side;
    return of_moves;
}

void hs_moves_usual(const struct hs_reference_model *y, struct hs_judged_rule *out,
                    struct hs_arena *arena)
{
    if (!(y->rule->moves.spread > 0))
        return;
    struct hs_rule rule = as_move(y->rule);
    struct hs_scale m = {.rule = &rule, .d = usual_moves(y->rule), .limit_steps = y->limit_steps};
    hs_scale_expected(&m, out->usual_move);
    out->move_target = hs_arena_intern(arena, m.d.target);
}

/* References that agree with the built-in centre to within this share of a step do not turn a move
 * into a repair. */
static const double agree_steps = 0.25;

/* The centre, shifted back by up to a quarter of a step towards the built-in one. */
static double centre_alone(const struct hs_scale *s)
{
    double room = agree_steps * s->rule->jnd;
    return s->d.centre - fmin(fmax(s->d.by_references, -room), room);
}

static double nearer_to(double centre, double before, double after)
{
    return fabs(before - centre) - fabs(after - centre);
}

/* By how many steps the master stands nearer to the centre than the mix did; negative: further off.
 * For a move across the centre, shifting the centre by x changes the result by 2 x. So it is also
 * taken with the centre shifted back by up to a quarter of a step towards the built-in one, and the
 * smaller result counts: references that agree with the built-in centre cannot make a repair. */
static double nearer(const struct hs_scale *s, double before, double after)
{
    return fmin(nearer_to(s->d.centre, before, after), nearer_to(centre_alone(s), before, after)) /
           s->rule->jnd;
}

/* Whether the move took the master a step nearer to the centre: a repair. */
static bool repairs(const struct hs_rule *rule, const struct hs_scale *s, double change,
                    const struct hs_reading *master)
{
    return !rule->moves.change_is_harm && nearer(s, master->value - change, master->value) >= 1;
}

/* The scale of the built-in moves. A limit that the job sets holds for songs, not for moves. */
static struct hs_scale built_in_scale(const struct hs_rule *as_move)
{
    return (struct hs_scale){.rule = as_move, .d = usual_moves(as_move), .limit_steps = NAN};
}

/* Where a severity of a move begins, in spreads of moves. */
static double begins_at(const struct hs_rule *rule, enum hs_severity severity)
{
    if (!rule || !(rule->moves.spread > 0))
        return hs_severity_z(severity);
    struct hs_rule of_moves = as_move(rule);
    struct hs_scale m = built_in_scale(&of_moves);
    return hs_scale_threshold(&m, severity) * rule->jnd / m.d.spread;
}

double hs_moves_rate(const struct hs_rule *rule, enum hs_severity severity)
{
    double beyond = hs_normal_cdf(-begins_at(rule, severity));
    bool both_sides = rule && rule->moves.spread > 0 && !as_move(rule).side;
    return both_sides ? 2 * beyond : beyond;
}

enum hs_severity hs_moves_severity(const struct hs_rule *rule, double z)
{
    const double slack = 1e-6; /* z is kept in single precision */
    enum hs_severity found = HS_NO_FAULT;
    for (int level = HS_NOTE; level <= HS_SEVERE; level++)
        if (z + slack >= begins_at(rule, (enum hs_severity)level))
            found = (enum hs_severity)level;
    return found;
}

/* Whether the mix had the opposite fault; of a rule with two sides: its fault. */
static bool mix_at_fault(const struct hs_scale *s, double mix)
{
    struct hs_rule opposite = *s->rule;
    opposite.side = -s->rule->side;
    struct hs_scale back = *s;
    back.rule = &opposite;
    return hs_scale_severity(&back, mix) >= HS_MINOR;
}

/* How much of a move from `before` to `after` led away from the centre. */
static double led_away(double centre, double before, double after)
{
    double was = before - centre, is = after - centre;
    return was * is < 0 ? fabs(is) : fmax(0, fabs(is) - fabs(was));
}

/* What is left of a change towards the fault when as much of it as mended the mix is left out.
 * A rule with two sides has its fault on either: only what led away from the centre counts. Of one
 * side, where the mix was at fault: all of one that ends as far beyond the centre as it began,
 * nothing of one that ends there. */
static double not_repaired(const struct hs_scale *moves, const struct hs_scale *s, double change,
                           double master)
{
    double excess = change - moves->d.centre, mix = master - change, left = fabs(excess);
    if (s->rule->moves.change_is_harm)
        return change;
    if (!moves->rule->side)
        left = fmin(
            left, fmax(led_away(s->d.centre, mix, master), led_away(centre_alone(s), mix, master)));
    else if (moves->rule->side * excess > 0 && mix_at_fault(s, mix))
        left = fmax(0, left - fmax(0, nearer(s, mix, master)) * s->rule->jnd);
    return moves->d.centre + copysign(left, excess);
}

double hs_moves_stand(const struct hs_reference_model *y, const struct hs_scale *s, double change,
                      const struct hs_reading *master)
{
    if (!isfinite(change))
        return NAN;
    struct hs_rule of_moves = as_move(y->rule);
    struct hs_scale m = built_in_scale(&of_moves);
    return hs_scale_z(&m, not_repaired(&m, s, change, master->value));
}

bool hs_moves_called_for(const struct hs_reference_model *y, const struct hs_scale *s,
                         double change, const struct hs_reading *master)
{
    double mix = master->value - change;
    return isfinite(change) && !y->rule->moves.change_is_harm && mix_at_fault(s, mix);
}

enum hs_severity hs_moves_judge(const struct hs_reference_model *y, const struct hs_scale *s,
                                double change, const struct hs_reading *master,
                                struct hs_moved *out, enum hs_severity *repaired)
{
    struct hs_rule of_moves = as_move(y->rule);
    *repaired = HS_NO_FAULT;
    if (!isfinite(change))
        return HS_NO_FAULT;
    double sign = of_moves.moves.change_is_harm ? -1 : 1;
    /* the move on a scale of its own: what is usual of mastering */
    struct hs_scale m = {
        .rule = &of_moves, .d = usual_moves(y->rule), .limit_steps = s->limit_steps};
    struct hs_scale back = m;
    struct hs_rule as_repair = of_moves;
    as_repair.side = -of_moves.side;
    back.rule = &as_repair;
    double before = master->value - sign * change;
    bool closer = repairs(y->rule, s, change, master);
    *out = (struct hs_moved){.towards = closer,
                             .change = change,
                             .sign = (signed char)sign,
                             .centre = m.d.centre,
                             .steps = (float)hs_scale_steps(&m, change),
                             .z = (float)hs_scale_z(&m, change)};
    /* a move towards what is expected is a repair and no fault */
    hs_scale_expected(&m, out->usual);
    /* Opposite rules have centres of their own: what crossed both is at least shown as mended. */
    bool from_fault = !of_moves.side || of_moves.side * (before - s->d.centre) > 0;
    bool at_all = !of_moves.moves.change_is_harm && nearer(s, before, master->value) > 0;
    if (from_fault && (closer || (at_all && of_moves.side)))
        *repaired = hs_scale_severity(&back, change);
    return closer ? HS_NO_FAULT : hs_scale_severity(&m, change);
}

enum hs_severity hs_moves_size(const struct hs_reference_model *y, const struct hs_scale *s,
                               double change)
{
    struct hs_rule of_moves = as_move(y->rule);
    struct hs_scale m = {
        .rule = &of_moves, .d = usual_moves(y->rule), .limit_steps = s->limit_steps};
    return hs_scale_severity(&m, change);
}

bool hs_moves_nearer(const struct hs_scale *s, double change, const struct hs_reading *master)
{
    return nearer(s, master->value - change, master->value) > 0;
}
