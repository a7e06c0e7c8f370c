/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/side_effects_channels.h"

#include "core/arena.h"
#include "judge/rule.h"

#include <string.h>

/* A channel that does not go with the other any more. */
static bool is_of_one_channel(const struct hs_verification *v, const struct hs_side_effect *s)
{
    const struct hs_value *polarity = hs_values_get(&v->pair.values, "polarity");
    return !strcmp(s->what, "late channel") || !strcmp(s->what, "replaced channel") ||
           (!strcmp(s->what, "polarity") && polarity && polarity->kind == HS_ARRAY);
}

static bool follows(const struct hs_side_effect *s)
{
    const struct hs_rule *rule = hs_rule_find(s->what);
    if (!rule)
        return !strcmp(s->what, "tone") || !strcmp(s->what, "mono");
    return rule->dimension == &hs_dimension_stereo ||
           (rule->dimension == &hs_dimension_dynamics && !rule->thresholds);
}

/* Whether a channel is to come back that the old file has lost. */
static bool comes_back(const struct hs_verification *v)
{
    for (size_t i = 0; i < v->n_plan; i++) {
        const struct hs_planned *step = &v->plan[i];
        const enum hs_move_channel channel = step->move.channel;
        if (!strcmp(step->rule, "damaged") &&
            (channel == HS_CHANNEL_LEFT || channel == HS_CHANNEL_RIGHT))
            return true;
    }
    return false;
}

void hs_side_effects_of_channels(struct hs_arena *arena, struct hs_verification *v)
{
    struct hs_side_effect *cause = NULL;
    const bool back = comes_back(v);
    for (size_t i = 0; back && i < v->n_side_effects; i++)
        v->side_effects[i].remark |= follows(&v->side_effects[i]);
    for (size_t i = 0; i < v->n_side_effects && !cause; i++)
        if (is_of_one_channel(v, &v->side_effects[i]))
            cause = &v->side_effects[i];
    if (!cause)
        return;
    size_t n = 0;
    const char *parts = "", *last = "";
    for (size_t i = 0; i < v->n_side_effects; i++) {
        struct hs_side_effect s = v->side_effects[i];
        if (!follows(&s))
            v->side_effects[n++] = s;
        else if (strcmp(s.what, last) != 0) {
            parts = hs_arena_printf(arena, "%s%s%s", parts, *parts ? ", " : "", s.what);
            last = s.what;
        }
    }
    v->n_side_effects = n; /* the cause stands before all that follows from it */
    if (*parts)
        cause->words = hs_arena_printf(arena, "%s; of that come: %s", cause->words, parts);
}
