/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Both files are put on the scale of the master: with fixed thresholds each on those of its
 * reading, else in steps from the centre, the mix with the usual move of mastering added. Of a
 * measure that mastering left alone the mix stands as it is.
 */
#include "judge/pair_side.h"

#include <math.h>

/* Median gain reduction from which limiting counts as a cause. */
static const double limiting_db = 2;

enum hs_severity hs_severity_least(enum hs_severity a, enum hs_severity b)
{
    return a < b ? a : b;
}

enum hs_tier hs_reading_tier(const struct hs_rule *rule, const struct hs_reading *r)
{
    return r->instead ? r->tier : r->proven || r->shown ? HS_MEASURED : rule->tier;
}

/* A reading of the mix that shows no fault, however large it is (square waves look clipped), has
 * none to hand on: it stands where the severity begins that it may have at most, and the master
 * where its own does. */
static void cap_steps(const struct hs_scale *s, const struct hs_reading *master,
                      const struct hs_reading *mix, struct hs_two_sides *steps)
{
    steps->mix = fmin(steps->mix, mix->at_most ? hs_scale_threshold(s, mix->at_most) : 0);
    if (master->at_most < HS_SEVERE)
        steps->master =
            fmin(steps->master, master->at_most ? hs_scale_threshold(s, master->at_most) : 0);
}

/* Whether mastering left the measure alone: neither what the pair tells nor the two readings differ
 * by an audible step. Then the mix is held against the master as it stands, whatever mastering
 * usually does: what was not done brought no fault in. */
static bool left_alone(const struct hs_rule *rule, double told, double change)
{
    return fabs(told) < rule->jnd && fabs(change) < rule->jnd;
}

/* How far the mix is off on the scale of the master, in steps that can be heard, and how sure
 * that is. */
struct hs_pair_side hs_pair_side_of(const struct hs_reference_model *y, const struct hs_scale *s,
                                    const struct hs_case *c, const struct hs_reading *master,
                                    const struct hs_reading *mix, double told)
{
    struct hs_pair_side p = {
        .mix_value = NAN, .mix_z = NAN, .change = NAN, .uncertainty = y->rule->repeatability};
    if (!mix->judged)
        return p;
    double unknown, gr, steps_per_unit;
    double moved = hs_reference_model_mix_on_master_scale(y, mix, &unknown);
    p.mix_value = mix->value;
    p.change = master->value - mix->value;
    p.uncertainty = sqrt(2 * y->rule->repeatability * y->rule->repeatability + unknown * unknown);
    p.steps.master = hs_scale_steps(s, master->value);
    /* fixed thresholds, or steps from the centre on the side of the master */
    if (y->rule->thresholds) {
        struct hs_scale of_mix = *s;
        of_mix.thresholds = mix->thresholds ? mix->thresholds : y->rule->thresholds;
        p.steps.mix = hs_scale_steps(&of_mix, mix->value);
        p.mix_severity =
            hs_severity_least(hs_scale_severity_of_steps(&of_mix, p.steps.mix), mix->at_most);
        steps_per_unit = 1 / fabs(y->rule->thresholds[1] - y->rule->thresholds[0]);
    } else {
        double sign = y->rule->side ? y->rule->side : master->value < s->d.centre ? -1.0 : 1.0;
        bool alone = left_alone(y->rule, told, p.change);
        const double at = alone ? mix->value : moved;
        p.steps.mix = sign * (at - s->d.centre) / y->rule->jnd;
        if ((hs_rule_reads_bands(y->rule) || y->rule->moves.change) && isfinite(told))
            p.told_steps = sign * (told - p.change) / y->rule->jnd;
        /* a lean or a width that did grow came with something else, and is not that of the mix */
        if (!hs_rule_reads_bands(y->rule))
            p.told_steps = fmax(p.told_steps, 0);
        steps_per_unit = 1 / y->rule->jnd;
        p.mix_z = hs_scale_z(s, at);
        p.mix_severity = hs_severity_least(hs_scale_severity(s, at), mix->at_most);
    }
    /* what is only indicated is never worse than minor */
    if (hs_reading_tier(y->rule, mix) == HS_INDICATION)
        p.mix_severity = hs_severity_least(p.mix_severity, HS_MINOR);
    if (y->rule->thresholds && mix->at_most <= HS_NOTE)
        cap_steps(s, master, mix, &p.steps);
    p.steps.uncertainty = p.uncertainty * steps_per_unit;
    gr = hs_values_or_nan(&c->result->pair.values, "gain_reduction_db.median");
    p.steps.limited = y->rule->exposable && gr >= limiting_db;
    return p;
}

/* Both sides, as the pair tells what mastering did where the mix is at fault (noise that was added
 * cures no dull mix) or where the rule names a zone of its own. */
struct hs_two_sides hs_pair_side_steps(const struct hs_scale *s, const struct hs_pair_side *p,
                                       enum hs_severity from)
{
    struct hs_two_sides sides = p->steps;
    sides.limit = hs_scale_threshold(s, from);
    if (sides.mix > sides.limit || s->rule->moves.itself.last)
        sides.master += p->told_steps;
    return sides;
}
