/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rules of all tables in one order: by dimension, then table, then row. The index of a rule is
 * its place in that order. Every reading (hs_rule_read) goes the same way: refuse files that are
 * too short, read, refuse values without any distribution, move the centre by percussiveness, and
 * cap rules that were never validated at a note.
 */
#include "judge/rule.h"

#include "judge/builtin.h"
#include "judge/reading.h"

#include <math.h>
#include <string.h>

size_t hs_rule_count(void)
{
    size_t n = 0;
    for (size_t t = 0; t < hs_n_rule_tables; t++)
        n += hs_rule_tables[t]->n;
    return n;
}

/* The dimension that comes next after `last` (NULL: the first one), or NULL. */
static const struct hs_dimension *next_dimension(const struct hs_dimension *last)
{
    const struct hs_dimension *next = NULL;
    for (size_t t = 0; t < hs_n_rule_tables; t++)
        for (size_t r = 0; r < hs_rule_tables[t]->n; r++) {
            const struct hs_dimension *d = hs_rule_tables[t]->rules[r].dimension;
            if ((!last || hs_dimension_compare(d, last) > 0) &&
                (!next || hs_dimension_compare(d, next) < 0))
                next = d;
        }
    return next;
}

/* Walks all rules by dimension, then table, then row; stops at the i-th or at `wanted`. */
static const struct hs_rule *walk(size_t stop, const struct hs_rule *wanted, size_t *index)
{
    size_t i = 0;
    for (const struct hs_dimension *d = next_dimension(NULL); d; d = next_dimension(d))
        for (size_t t = 0; t < hs_n_rule_tables; t++)
            for (size_t r = 0; r < hs_rule_tables[t]->n; r++) {
                const struct hs_rule *rule = &hs_rule_tables[t]->rules[r];
                if (hs_dimension_compare(rule->dimension, d))
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

int hs_rule_end(const struct hs_rule *rule)
{
    return rule->side ? rule->side : rule->thresholds != NULL;
}

const struct hs_rule *hs_rule_find(const char *id)
{
    for (size_t t = 0; t < hs_n_rule_tables; t++)
        for (size_t r = 0; r < hs_rule_tables[t]->n; r++)
            if (!strcmp(hs_rule_tables[t]->rules[r].id, id))
                return &hs_rule_tables[t]->rules[r];
    return NULL;
}

bool hs_rule_is_asked(const struct hs_rule *rule, unsigned destinations)
{
    return !rule->on_request || (rule->on_request & destinations);
}

const struct hs_builtin *hs_rule_builtin(const struct hs_rule *rule)
{
    return rule->builtin ? rule->builtin : hs_builtin_find(rule->id);
}

const struct hs_move *hs_rule_move(const char *name)
{
    for (size_t t = 0; t < hs_n_rule_tables; t++)
        for (size_t r = 0; r < hs_rule_tables[t]->n; r++) {
            const struct hs_move *move = hs_rule_tables[t]->rules[r].fix.move;
            if (move && !strcmp(move->name, name))
                return move;
        }
    return NULL;
}

bool hs_rule_reads_bands(const struct hs_rule *rule)
{
    return rule->needs[0] && !strcmp(rule->needs[0], "bands_db") && !rule->needs[1];
}

double hs_rule_read_bands(const struct hs_rule *rule, const double bands[HS_BANDS],
                          struct hs_arena *arena)
{
    struct hs_values v;
    hs_values_init(&v, arena);
    hs_values_array(&v, "bands_db", bands, HS_BANDS);
    struct hs_case c = {.role = HS_ROLE_MASTER, .values = &v, .arena = arena};
    struct hs_reading r = {.judged = false};
    rule->read(rule, &c, &r);
    return r.judged ? r.value : NAN;
}

/* Whether the mix is mono and the sides of the master are no more than what the mix does not
 * explain: what an encoder left of two equal channels is no picture. */
static bool is_mono_still(const struct hs_case *c, const struct hs_values *pair)
{
    double side_db, residual_db;
    return hs_values_mono(&c->result->mix.values) &&
           hs_values_read(c->values, "side_mid_db", &side_db) &&
           hs_values_read(pair, "residual_db", &residual_db) && side_db <= residual_db;
}

/* Why there is no stereo picture to be judged; NULL where there is one. Where one channel was
 * replaced by the other the balance of both is all that is left of it. */
static const char *why_no_picture(const struct hs_rule *rule, const struct hs_case *c)
{
    if (rule->dimension != &hs_dimension_stereo)
        return NULL;
    if (hs_values_mono(c->values))
        return "both channels are equal: see dual_mono";
    const struct hs_values *pair = c->role == HS_ROLE_MASTER ? hs_case_pair(c) : NULL;
    if (pair && !rule->when_mono && is_mono_still(c, pair))
        return "the mix is mono, and what is at the sides is not of it: see dual_mono";
    const struct hs_value *copied = pair ? hs_values_get(pair, "copied_channel") : NULL;
    return copied && copied->kind == HS_TEXT && strcmp(rule->id, "lopsided") != 0
               ? "one channel was replaced by the other: see dual_mono"
               : NULL;
}

/* Length first, and whether there is a stereo picture; then the rule's own measure, then what
 * percussion makes usual. */
void hs_rule_read(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    double duration_s, percussiveness;
    *out = (struct hs_reading){.at_most = HS_SEVERE};
    if (hs_values_read(c->values, "duration_s", &duration_s) && duration_s < rule->min_duration_s) {
        hs_reading_refuse(out,
                          hs_arena_printf(c->arena, "shorter than %g s", rule->min_duration_s));
        return;
    }
    const char *no_picture = why_no_picture(rule, c);
    if (no_picture) {
        hs_reading_refuse(out, no_picture);
        return;
    }
    rule->read(rule, c, out);
    const struct hs_builtin *b = hs_rule_builtin(rule);
    if (out->judged && !rule->thresholds && !out->instead && !b)
        hs_reading_refuse(out, "no music of the kind was ever measured");
    if (out->judged && !out->instead && b && b->slope != 0 &&
        hs_values_read(c->values, "percussiveness", &percussiveness))
        out->expected_shift += b->slope * (percussiveness - hs_builtin_percussiveness);
    if (rule->never_validated && !out->instead)
        out->at_most = HS_NOTE;
}
