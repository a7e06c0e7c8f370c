/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of all tables in one order, and what belongs to every reading. */
#include "judge/builtin.h"
#include "judge/reading.h"
#include "judge/rule.h"

#include <math.h>
#include <string.h>

static const char *const dimensions[] = {"tone",  "level", "stereo", "dynamics",
                                         "space", "album", "source"};
enum { N_DIMENSIONS = sizeof dimensions / sizeof *dimensions };

size_t hs_rule_count(void)
{
    size_t n = 0;
    for (size_t t = 0; t < hs_n_rules; t++)
        n += hs_rule_tables[t]->n;
    return n;
}

/* Walks all rules by dimension, then table, then row; stops at the i-th or at `wanted`. */
static const struct hs_rule *walk(size_t stop, const struct hs_rule *wanted, size_t *index)
{
    size_t i = 0;
    for (size_t d = 0; d < N_DIMENSIONS; d++)
        for (size_t t = 0; t < hs_n_rules; t++)
            for (size_t r = 0; r < hs_rule_tables[t]->n; r++) {
                const struct hs_rule *rule = &hs_rule_tables[t]->rules[r];
                if (strcmp(rule->dimension, dimensions[d]))
                    continue;
                if (rule == wanted || i == stop) {
                    *index = i;
                    return rule;
                }
                i++;
            }
    return NULL;
}

const struct hs_rule *hs_rule_at(size_t i)
{
    size_t index;
    return walk(i, NULL, &index);
}

size_t hs_rule_index(const struct hs_rule *rule)
{
    size_t index = 0;
    walk((size_t)-1, rule, &index);
    return index;
}

const struct hs_rule *hs_rule_find(const char *id)
{
    for (size_t t = 0; t < hs_n_rules; t++)
        for (size_t r = 0; r < hs_rule_tables[t]->n; r++)
            if (!strcmp(hs_rule_tables[t]->rules[r].id, id))
                return &hs_rule_tables[t]->rules[r];
    return NULL;
}

void hs_rule_read(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    double duration_s, percussiveness;
    *out = (struct hs_reading){.at_most = HS_SEVERE};
    if (hs_values_read(c->values, "duration_s", &duration_s) && duration_s < rule->min_duration_s) {
        hs_reading_refuse(out,
                          hs_arena_printf(c->arena, "shorter than %g s", rule->min_duration_s));
        return;
    }
    rule->read(rule, c, out);
    const struct hs_builtin *b = hs_builtin_find(rule->id);
    if (out->judged && !rule->thresholds && !out->instead && !b)
        hs_reading_refuse(out, "no music of the kind was ever measured");
    if (out->judged && !out->instead && b && b->slope != 0 &&
        hs_values_read(c->values, "percussiveness", &percussiveness))
        out->expected_shift += b->slope * (percussiveness - hs_builtin_percussiveness);
    if (rule->never_validated && !out->instead)
        out->at_most = HS_NOTE;
}
