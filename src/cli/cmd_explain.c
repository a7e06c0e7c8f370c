/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `hindsight explain [RULE]`: a rule, a measure, a destination of `survival`, or a verdict over the
 * catalogue, in words: what is measured, where the limits stand and where they come from. Plain
 * words ("vocals too bright") find their rule.
 */
#include "catalogue/base_rates.h"
#include "cli/explain_destination.h"
#include "cli/explain_verdict.h"
#include "cli/options.h"
#include "cli/print.h"
#include "core/num.h"
#include "core/num_text.h"
#include "core/text.h"
#include "judge/artists.h"
#include "judge/builtin.h"
#include "judge/judge.h"
#include "judge/scale.h"
#include "judge/words.h"
#include "measure/analyser.h"
#include "measure/analysers.h"
#include "pair/values.h"
#include "report/json.h"
#include "run/exit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The value where a severity of the rule begins; NaN where the rule has no limits of
 * its own (it is judged against the job's own material only). Above or below by `sign`.
 */
static double limit_of(const struct hs_rule *rule, enum hs_severity severity, int sign)
{
    const struct hs_builtin *b = hs_rule_builtin(rule);
    if (rule->thresholds)
        return rule->thresholds[severity];
    if (!b)
        return NAN;
    struct hs_scale scale = {.rule = rule,
                             .d = {.centre = b->centre,
                                   .spread = b->spread,
                                   .n = b->n,
                                   .target = "built-in",
                                   .tail_scale = 1},
                             .limit_steps = NAN};
    return b->centre + sign * hs_scale_threshold(&scale, severity) * rule->jnd;
}

/* A labelled paragraph, wrapped at 79 columns. */
static void put_words(struct hs_buf *out, const char *label, const char *text)
{
    size_t at = 13;
    if (!text || !*text)
        return;
    hs_buf_printf(out, "  %-11s", label);
    while (*text) {
        size_t n = strcspn(text, " ");
        if (at > 13 && at + 1 + n > 79) {
            hs_buf_printf(out, "\n%13s", "");
            at = 13;
        }
        hs_buf_puts(out, at > 13 ? " " : "");
        hs_buf_put(out, text, n);
        at += n + (at > 13);
        text += n + (text[n] == ' ');
    }
    hs_buf_putc(out, '\n');
}

/* Where each severity begins; both sides where a rule has two. */
static void put_limits(const struct hs_rule *rule, struct hs_buf *out)
{
    char number[HS_NUM_TEXT];
    struct hs_buf text = {0};
    int digits = rule->jnd >= 10 ? 0 : rule->jnd >= 1 ? 1 : rule->jnd >= 0.1 ? 2 : 4;
    if (isnan(limit_of(rule, HS_NOTE, 1)))
        return;
    for (enum hs_severity s = HS_NOTE; s <= HS_SEVERE; s++) {
        int sign = rule->side < 0 ? -1 : 1;
        hs_buf_printf(&text, "%s%s ", s > HS_NOTE ? ", " : "", hs_severity_name(s));
        if (rule->side == 0 && !rule->thresholds)
            hs_buf_printf(&text, "%s or ", hs_num_fixed(number, limit_of(rule, s, -1), digits));
        hs_buf_puts(&text, hs_num_fixed(number, limit_of(rule, s, sign), digits));
    }
    hs_buf_printf(&text, " %s", rule->unit);
    put_words(out, rule->thresholds ? "begins at" : "built-in", text.data);
    hs_buf_free(&text);
}

/* The words of the table, a space behind each comma. */
static void put_heard(const struct hs_rule *rule, struct hs_buf *out)
{
    struct hs_buf text = {0};
    for (const char *p = rule->heard_as; p && *p; p++) {
        hs_buf_putc(&text, *p);
        if (*p == ',' && p[1] != ' ')
            hs_buf_putc(&text, ' ');
    }
    put_words(out, "heard as", text.data);
    hs_buf_free(&text);
}

/* What a habit has to exceed: how often the rule fires on music that nobody complains about, and
 * how much artists differ. */
static void put_elsewhere(const struct hs_rule *rule, struct hs_buf *out)
{
    char text[200];
    const struct hs_base_levels l = hs_base_rate_builtin(rule->id).builtin;
    const struct hs_artists *artists = hs_artists_find(rule->id);
    if (!(l.judged > 0))
        return;
    snprintf(text, sizeof text,
             "%.0f of %.0f songs of %.0f artists are at fault (minor or worse)%s", l.fired[1],
             l.judged, l.artists, artists && artists->share > 0 ? "; " : ".");
    if (artists && artists->share > 0)
        snprintf(text + strlen(text), sizeof text - strlen(text),
                 "%.0f %% of what songs differ by lies between artists.", 100 * artists->share);
    put_words(out, "elsewhere", text);
}

/* Everything that the table of rules, the built-in distribution and the base rates say of a rule.
 */
static void put_rule(const struct hs_rule *rule, struct hs_buf *out)
{
    const struct hs_builtin *b = hs_rule_builtin(rule);
    char step[HS_NUM_TEXT], text[120], centre[HS_NUM_TEXT], spread[HS_NUM_TEXT];
    hs_buf_printf(out, "%s: %s (%s, %s)\n", rule->id, rule->title, rule->dimension->name,
                  hs_tier_name(rule->tier));
    put_words(out, "measured", rule->measured);
    snprintf(text, sizeof text, "%s %s is one audible step%s", hs_num_text(step, rule->jnd),
             rule->unit, rule->min_duration_s > 0 ? "" : ".");
    if (rule->min_duration_s > 0)
        snprintf(text + strlen(text), sizeof text - strlen(text),
                 "; not judged in files shorter than %g s.", rule->min_duration_s);
    put_words(out, "step", text);
    /* where the thresholds come from */
    put_words(out, "limit", rule->limit_from);
    if (b && !rule->thresholds) {
        snprintf(text, sizeof text, "centre %s %s, spread %s, %d tracks",
                 hs_num_fixed(centre, b->centre, 2), rule->unit, hs_num_fixed(spread, b->spread, 2),
                 b->n);
        put_words(out, "expected", text);
    }
    put_limits(rule, out);
    put_elsewhere(rule, out);
    put_words(out, "mixes",
              rule->judges_mix ? "Masters and mixes are judged." : "Only masters are judged.");
    put_heard(rule, out);
    put_words(out, "listen for", rule->listen);
    put_words(out, "source", rule->source);
}

/* Key, title, unit, definition and source of a measure. */
static void put_measure(const struct hs_measure *m, struct hs_buf *out)
{
    hs_buf_printf(out, "%s: %s%s%s%s\n", m->key, m->title, *m->unit ? " (" : "", m->unit,
                  *m->unit ? ")" : "");
    put_words(out, "measured", m->definition);
    put_words(out, "source", m->source);
}

/* A destination: what is shown of it, and where it comes from. */
static void put_destination(const struct hs_destination_words *d, struct hs_buf *out)
{
    hs_buf_printf(out, "%s: %s (survival, %s)\n", d->key, d->title, hs_tier_name(d->tier));
    put_words(out, "measured", d->measured);
    put_words(out, "values", d->values);
    put_words(out, "judged by", d->rules);
    put_words(out, "source", "docs/survival.md");
}

/* What is said of a rule over the whole catalogue, and when. */
static void put_verdict(const struct hs_verdict_meaning *v, struct hs_buf *out)
{
    hs_buf_printf(out, "%s: what is said of a rule over the whole catalogue\n", v->key);
    put_words(out, "when", v->when);
    put_words(out, "means", v->means);
    put_words(out, "source", "docs/recurrence.md");
}

/* One destination. */
static void json_destination(struct hs_json *j, const struct hs_destination_words *d)
{
    hs_json_object(j, NULL);
    hs_json_text(j, "destination", d->key);
    hs_json_text(j, "title", d->title);
    hs_json_text(j, "tier", hs_tier_name(d->tier));
    hs_json_text(j, "measured", d->measured);
    hs_json_text(j, "values", d->values);
    hs_json_text(j, "judged_by", d->rules);
    hs_json_text(j, "source", "docs/survival.md");
    hs_json_object_end(j);
}

/* All rules by dimension. */
static void put_list(struct hs_buf *out)
{
    const struct hs_dimension *dimension = NULL;
    for (size_t i = 0; i < hs_rule_count(); i++) {
        const struct hs_rule *rule = hs_rule_at(i);
        if (!dimension || hs_dimension_compare(rule->dimension, dimension))
            hs_buf_printf(out, "%s\n", rule->dimension->name);
        dimension = rule->dimension;
        hs_buf_printf(out, "  %-16s %-32s %s\n", rule->id, rule->title, hs_tier_name(rule->tier));
    }
}

/* The limit of each severity on the side where the rule finds faults; of rules with two sides the
 * upper one. */
static void json_limits(struct hs_json *j, const struct hs_rule *rule)
{
    if (isnan(limit_of(rule, HS_NOTE, 1))) {
        hs_json_null(j, "limits");
        return;
    }
    hs_json_object(j, "limits");
    for (int s = HS_NOTE; s <= HS_SEVERE; s++)
        hs_json_number(j, hs_severity_name((enum hs_severity)s),
                       limit_of(rule, (enum hs_severity)s, rule->side < 0 ? -1 : 1));
    hs_json_object_end(j);
}

/* Songs elsewhere at or above each severity. */
static void json_elsewhere(struct hs_json *j, const struct hs_rule *rule)
{
    const struct hs_base_levels l = hs_base_rate_builtin(rule->id).builtin;
    hs_json_object(j, "elsewhere");
    hs_json_number(j, "judged", l.judged);
    hs_json_number(j, "artists", l.artists);
    for (int s = HS_NOTE; s <= HS_SEVERE; s++)
        hs_json_number(j, hs_severity_name((enum hs_severity)s), l.fired[s - HS_NOTE]);
    hs_json_object_end(j);
}

/* One rule with its limits. */
static void json_rule(struct hs_json *j, const struct hs_rule *rule)
{
    const struct hs_builtin *b = hs_rule_builtin(rule);
    hs_json_object(j, NULL);
    hs_json_text(j, "rule", rule->id);
    hs_json_text(j, "dimension", rule->dimension->name);
    hs_json_text(j, "title", rule->title);
    hs_json_text(j, "tier", hs_tier_name(rule->tier));
    hs_json_text(j, "unit", rule->unit);
    hs_json_number(j, "jnd", rule->jnd);
    hs_json_number(j, "centre", b && !rule->thresholds ? b->centre : NAN);
    hs_json_number(j, "spread", b && !rule->thresholds ? b->spread : NAN);
    json_limits(j, rule);
    json_elsewhere(j, rule);
    hs_json_bool(j, "judges_mix", rule->judges_mix);
    hs_json_text(j, "measured", rule->measured);
    hs_json_text(j, "limit_from", rule->limit_from);
    hs_json_text(j, "heard_as", rule->heard_as);
    hs_json_text(j, "listen", rule->listen);
    hs_json_text(j, "source", rule->source);
    hs_json_object_end(j);
}

/* A measure of a file, else one of the comparison. */
static const struct hs_measure *find_measure(const char *key)
{
    const struct hs_measure *m = hs_measure_find(key);
    for (size_t i = 0; !m && i < hs_n_pair_measures; i++)
        if (!strcmp(hs_pair_measures[i].key, key))
            m = &hs_pair_measures[i];
    return m;
}

/* The given word is neither rule nor measure: names the nearest rule. */
static int complain(const char *given, const struct hs_log *log)
{
    size_t n = hs_rule_count();
    struct hs_arena a = {0};
    const char **names = HS_ARENA_ARRAY(&a, const char *, n);
    for (size_t i = 0; i < n; i++)
        names[i] = hs_rule_at(i)->id;
    const char *nearest = hs_text_nearest(given, names, n);
    if (nearest)
        hs_log_error(log, "found the unknown rule \"%s\", did you mean %s?", given, nearest);
    else
        hs_log_error(log, "found the unknown rule \"%s\" (hindsight explain lists them)", given);
    hs_arena_free(&a);
    return HS_EXIT_USAGE;
}

/* What was asked for in the form that was asked for; without an operand all rules. */
static void put_all(const struct hs_options *o, const struct hs_rule *rule,
                    const struct hs_measure *measure, const struct hs_destination_words *d,
                    const struct hs_verdict_meaning *v, struct hs_buf *out)
{
    struct hs_json j = {.out = out};
    if (o->json && rule) {
        json_rule(&j, rule);
    } else if (o->json && d) {
        json_destination(&j, d);
    } else if (o->json && v) {
        hs_verdict_meaning_json(&j, v);
    } else if (o->json && !measure) {
        hs_json_array(&j, NULL);
        for (size_t i = 0; i < hs_rule_count(); i++)
            json_rule(&j, hs_rule_at(i));
        hs_json_array_end(&j);
    } else if (o->json) {
        hs_json_object(&j, NULL);
        hs_json_text(&j, "measure", measure->key);
        hs_json_text(&j, "title", measure->title);
        hs_json_text(&j, "unit", measure->unit);
        hs_json_text(&j, "definition", measure->definition);
        hs_json_text(&j, "source", measure->source);
        hs_json_object_end(&j);
    } else if (rule) {
        put_rule(rule, out);
    } else if (measure) {
        put_measure(measure, out);
    } else if (d) {
        put_destination(d, out);
    } else if (v) {
        put_verdict(v, out);
    } else {
        put_list(out);
    }
    if (o->json)
        hs_buf_putc(out, '\n');
}

/* A rule, a measure, a destination, or words for a rule; without an operand the list of all. */
int hs_cmd_explain(const struct hs_options *o, const struct hs_log *log)
{
    const char *given = o->n_operands ? o->operands[0] : NULL;
    const struct hs_rule *rule = given ? hs_rule_find(given) : NULL;
    const struct hs_measure *measure = given && !rule ? find_measure(given) : NULL;
    const struct hs_destination_words *destination =
        given && !rule && !measure ? hs_destination_words(given) : NULL;
    const struct hs_verdict_meaning *verdict =
        given && !rule && !measure && !destination ? hs_verdict_meaning(given) : NULL;
    struct hs_buf out = {0};
    /* plain words ("vocals too bright") by the dictionary of judge/ */
    if (given && !rule && !measure && !destination && !verdict) {
        const char *id = hs_judge_rule_of_words(given);
        rule = id ? hs_rule_find(id) : NULL;
        if (!rule)
            return complain(given, log);
    }
    put_all(o, rule, measure, destination, verdict, &out);
    return hs_cli_print(&out, log) ? HS_EXIT_OK : HS_EXIT_FAILED;
}
