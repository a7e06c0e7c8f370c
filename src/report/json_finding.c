/* SPDX-License-Identifier: Apache-2.0 */
/* One finding as an object, in the order of docs/audit.schema.json. Written for each track and each
 * target of a preview in audit.json, and by `hindsight compare`. */
#include "report/json_finding.h"

#include "judge/evidence.h"
#include "judge/moves.h"

/* What to do: place, move, frequency, size and width; null where the rule offers none. */
static void put_correction(struct hs_json *j, const struct hs_correction *c)
{
    if (!c->where) {
        hs_json_null(j, "correction");
        return;
    }
    hs_json_object(j, "correction");
    hs_json_text(j, "where", hs_place_name(c->where));
    hs_json_text(j, "move", hs_move_name(c->move));
    hs_json_number(j, "hz", c->hz);
    hs_json_number(j, "db", c->db);
    hs_json_number(j, "db_most", c->db_most);
    hs_json_number(j, "q", c->q);
    hs_json_text(j, "channel", hs_move_channel_name(c->channel));
    hs_json_number(j, "after", c->after);
    hs_json_text(j, "words", c->words);
    hs_json_object_end(j);
}

/* What mastering cured it mended; else by the move itself. */
static const char *title_of(const struct hs_finding *f)
{
    return f->origin != HS_ORIGIN_CURED ? hs_rule_find(f->rule)->moves.title
           : f->moved->in_range         ? "nearer to the middle by mastering"
                                        : "mended by mastering";
}

/* Of a finding that a move made. */
static void put_moved(struct hs_json *j, const struct hs_finding *f)
{
    const struct hs_moved *m = f->moved;
    if (!m) {
        hs_json_null(j, "move");
        return;
    }
    hs_json_object(j, "move");
    hs_json_number(j, "change", m->change);
    hs_json_numbers(j, "usual", m->usual, 2);
    hs_json_number(j, "steps", m->steps);
    hs_json_number(j, "z", m->z);
    hs_json_bool(j, "towards", m->towards);
    hs_json_bool(j, "mix_in_range", f->origin == HS_ORIGIN_CURED && m->in_range);
    hs_json_text(j, "target", hs_moves_target);
    hs_json_text(j, "title", title_of(f));
    hs_json_object_end(j);
}

void hs_json_put_spans(struct hs_json *j, const char *key, const struct hs_passage *s, size_t n)
{
    hs_json_array(j, key);
    for (size_t i = 0; i < n; i++)
        hs_json_numbers(j, NULL, (double[]){s[i].from_s, s[i].to_s}, 2);
    hs_json_array_end(j);
}

/* Every field of a finding. Numbers that are not known are null. */
static void put_finding(struct hs_json *j, const struct hs_finding *f)
{
    hs_json_object(j, NULL);
    hs_json_text(j, "rule", f->rule);
    hs_json_text(j, "tier", hs_tier_name(f->tier));
    hs_json_text(j, "severity", hs_severity_name(f->severity));
    /* what was measured and what was expected */
    hs_json_number(j, "value", f->value);
    hs_json_text(j, "unit", f->unit);
    hs_json_numbers(j, "expected", f->expected, 2);
    hs_json_number(j, "jnd", f->jnd);
    hs_json_number(j, "steps", f->steps);
    hs_json_number(j, "z", f->z);
    hs_json_text(j, "target", f->target);
    hs_json_number(j, "catalogue_z", f->catalogue_z);
    /* where it came from: the same measure of the mix */
    hs_json_text(j, "origin", hs_origin_name(f->origin));
    hs_json_number(j, "mix_value", f->mix_value);
    hs_json_number(j, "change", f->change);
    hs_json_number(j, "uncertainty", f->uncertainty);
    hs_json_text(j, "part_of", f->explained_by);
    hs_json_bool(j, "counts_as_part", f->counting == HS_COUNTS_AS_PART);
    hs_json_bool(j, "counts_for_rule", hs_finding_counts_for_rule(f));
    /* where to hear it, and what people said */
    hs_json_put_spans(j, "times", f->times, f->n_times);
    hs_json_bool(j, "heard", f->heard);
    hs_json_bool(j, "not_heard", f->not_heard);
    /* what to do about it */
    put_correction(j, &f->correction);
    put_moved(j, f);
    hs_json_text(j, "direction", f->direction);
    hs_json_text(j, "driver", f->exposed_by);
    struct hs_arena scratch = {0};
    hs_json_text(j, "evidence", hs_finding_evidence(f, &scratch));
    hs_arena_free(&scratch);
    hs_json_bool(j, "accepted", f->accepted);
    hs_json_text(j, "accepted_why", f->accepted_why);
    hs_json_bool(j, "by_pair_only", f->by_pair_only);
    hs_json_number(j, "centre", f->centre);
    hs_json_number(j, "target_n", f->target_n);
    hs_json_object_end(j);
}

void hs_json_put_findings(struct hs_json *j, const char *key, const struct hs_finding *f, size_t n)
{
    hs_json_array(j, key);
    for (size_t i = 0; i < n; i++)
        put_finding(j, &f[i]);
    hs_json_array_end(j);
}

void hs_json_findings(const struct hs_finding *f, size_t n, struct hs_buf *out)
{
    struct hs_json j = {.out = out};
    hs_json_put_findings(&j, NULL, f, n);
}
