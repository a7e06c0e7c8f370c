/* SPDX-License-Identifier: Apache-2.0 */
#include "judge/opposite.h"

#include "judge/change.h"
#include "judge/moves.h"
#include "judge/reading.h"

#include <math.h>
#include <stddef.h>

struct hs_reading hs_moved_to(const struct hs_rule *rule, const struct hs_reading *master,
                              const struct hs_reading *mix, double change)
{
    struct hs_reading after = *master;
    if (hs_rule_reads_bands(rule) && mix->judged && isfinite(change))
        after.value = mix->value + change;
    return after;
}

/* The model of the rule that finds the opposite fault of the same part in the spectrum, or NULL;
 * models stand in the order of the rules. */
static const struct hs_reference_model *opposite_of(const struct hs_reference_model *model)
{
    const struct hs_rule *rule = model->rule;
    if (!rule->side || rule->moves.part == HS_PART_NONE || !hs_rule_reads_bands(rule))
        return NULL;
    for (size_t i = 0; i < hs_rule_count(); i++) {
        const struct hs_rule *other = hs_rule_at(i);
        if (other->moves.part == rule->moves.part && other->side == -rule->side &&
            hs_rule_reads_bands(other))
            return model + ((ptrdiff_t)i - (ptrdiff_t)hs_rule_index(rule));
    }
    return NULL;
}

bool hs_move_is_disputed(const struct hs_reference_model *model, const struct hs_case *c,
                         size_t leave_out)
{
    const struct hs_reference_model *other = opposite_of(model);
    if (!other || !other->master.judged || !other->mix.judged)
        return false;
    const struct hs_scale s = hs_reference_model_scale(other, &other->master, leave_out, c->arena);
    const double change =
        hs_change_by_mastering(other->rule, c, &other->shared_master, &other->mix);
    const struct hs_reading after = hs_moved_to(other->rule, &other->master, &other->mix, change);
    return isfinite(change) && !hs_moves_nearer(&s, change, &after);
}
