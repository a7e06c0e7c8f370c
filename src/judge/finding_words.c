/* SPDX-License-Identifier: Apache-2.0 */
#include "judge/finding_words.h"

#include "core/num_text.h"

#include <math.h>
#include <string.h>

bool hs_finding_is_move(const struct hs_finding *f)
{
    const bool in_range = !(f->value < f->expected[0]) && !(f->value > f->expected[1]);
    const struct hs_rule *rule = f->moved ? hs_rule_find(f->rule) : NULL;
    return rule && rule->moves.title && in_range && f->origin != HS_ORIGIN_CURED;
}

const char *hs_finding_title(const struct hs_finding *f)
{
    const struct hs_rule *rule = hs_rule_find(f->rule);
    if (hs_finding_is_move(f))
        return rule->moves.title;
    return rule && rule->title ? rule->title : f->rule;
}

/* In words, what pushed a mix just below its limit over it. Readings are taken at equal loudness,
 * so gain alone is never the cause: it is limiting, or the change of the value itself. */
const char *hs_finding_cause(const struct hs_rule *rule, const struct hs_case *c, double moved)
{
    double gr = hs_values_or_nan(&c->result->pair.values, "gain_reduction_db.median");
    double p95 = hs_values_or_nan(&c->result->pair.values, "gain_reduction_db.p95");
    char text[HS_NUM_TEXT];
    if (rule->exposable && (gr >= 1 || p95 >= 3))
        return hs_arena_printf(c->arena, "%s dB of limiting",
                               hs_num_fixed(text, gr >= 1 ? gr : p95, 1));
    if (!strcmp(rule->unit, "dB") && fabs(moved) >= 0.05)
        return hs_arena_printf(c->arena, "a move of %s dB", hs_num_fixed(text, moved, 1));
    return "a small move of mastering";
}

/* The sentence of a finding that is a move. */
const char *hs_finding_say_move(const struct hs_rule *rule, const struct hs_finding *f,
                                struct hs_arena *arena)
{
    const struct hs_moved *m = f->moved;
    char change[HS_NUM_TEXT], low[HS_NUM_TEXT], high[HS_NUM_TEXT];
    bool outside = f->value < f->expected[0] || f->value > f->expected[1];
    /* the figure of space is moved by the tails: 0.5 of it are 0.4 dB (judge/rules_space.c) */
    const bool plain = *rule->unit != 0;
    const char *unit = plain ? rule->unit : "dB of the decays";
    const double scale = plain ? 1 : 0.4 / 0.5;
    hs_num_fixed(low, scale * m->usual[0], 1);
    hs_num_fixed(high, scale * m->usual[1], 1);
    hs_num_fixed(change, scale * m->change, 1);
    const char *after = m->in_range  ? "nearer to the middle, from a mix in range"
                        : m->towards ? "nearer to what is expected: a repair"
                        : outside    ? "the master is outside of what is expected"
                                     : "the master is inside of what is expected";
    return hs_arena_printf(arena, "Mastering moved it by %s %s (usual %s to %s); %s.", change, unit,
                           low, high, after);
}

void hs_finding_say_not_undone(const struct hs_rule *rule, const struct hs_case *c,
                               struct hs_finding *f)
{
    char mix[HS_NUM_TEXT], master[HS_NUM_TEXT];
    double in_mix = f->mix_value, in_master = f->value;
    int of_mix = 0, of_master = 0;
    const char *unit_of_mix = hs_num_readable(&in_mix, &of_mix, f->unit);
    const char *unit_of_master = hs_num_readable(&in_master, &of_master, f->unit);
    hs_num_fixed(mix, in_mix, of_mix);
    hs_num_fixed(master, in_master, of_master);
    f->plain = false;
    if (rule->mending == HS_BY_FIRST_COPY)
        f->evidence = hs_arena_printf(c->arena,
                                      "%s %s in the mix; the master does not show it: it is "
                                      "covered, and what was lost is not back.",
                                      mix, unit_of_mix);
    else
        f->evidence = hs_arena_printf(
            c->arena, "%s %s in the mix, %s %s in the master: %s, not put back.", mix, unit_of_mix,
            master, unit_of_master,
            f->origin == HS_ORIGIN_MIX
                ? "nothing but gain came between, and its steps or dither cover what was cut off"
                : "what was cut off has been rounded by a filter or an encoder since");
}
