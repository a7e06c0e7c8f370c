/* SPDX-License-Identifier: Apache-2.0 */
/* The page of a pair: alignment, what mastering did, what it made of the faults. */
#include "pair/values.h"
#include "report/page_parts.h"

#include <math.h>

static void put_status(struct hs_html *h, const struct hs_pair *pair)
{
    html_literal(h, "<section class=\"verdict\" aria-label=\"Alignment\"><p class=\"big\">");
    switch (pair->state) {
    case HS_PAIR_ALIGNED:
        html_literal(h, "Mix and master are the same recording");
        break;
    case HS_PAIR_EDITED:
        html_literal(h, "The same recording, cut differently");
        break;
    case HS_PAIR_DIFFERENT:
        html_literal(h, "Not the same recording");
        break;
    case HS_PAIR_CANNOT_SAY:
        html_literal(h, "Cannot say whether they belong together");
        break;
    case HS_PAIR_NONE:
        html_literal(h, "Not compared");
    }
    html_literal(h, "</p><p>status ");
    html_text(h, hs_pair_state_name(pair->state));
    if (pair->state != HS_PAIR_NONE) {
        html_literal(h, ", confidence ");
        html_number(h, pair->confidence, 2);
    }
    if (pair->why) {
        html_literal(h, ": ");
        html_text(h, pair->why);
    }
    html_literal(h, "</p></section>\n");
}

static void put_value(struct hs_html *h, const struct hs_measure *m, const struct hs_value *v)
{
    html_literal(h, "<tr><th scope=\"row\">");
    html_text(h, m->title ? m->title : m->key);
    html_literal(h, "</th><td>");
    if (!v || v->kind == HS_ABSENT) {
        html_literal(h, "<span class=\"quiet\">");
        html_text(h, v && v->why ? v->why : "not measured");
        html_literal(h, "</span>");
    } else if (v->kind == HS_NUMBER) {
        html_quantity(h, v->number, m->digits, m->unit);
        if (isfinite(v->bound)) {
            html_literal(h, " \xc2\xb1 ");
            html_number(h, v->bound, m->digits + 1);
        }
    } else if (v->kind == HS_ARRAY && v->n == 2) {
        html_literal(h, "left ");
        html_number(h, v->array[0], m->digits);
        html_literal(h, ", right ");
        html_number(h, v->array[1], m->digits);
    } else {
        html_text(h, v->kind == HS_FLAG ? (v->number != 0 ? "yes" : "no") : v->text);
    }
    html_literal(h, "</td><td class=\"quiet\">");
    html_text(h, m->definition);
    html_literal(h, "</td></tr>");
}

static void put_values(struct hs_html *h, const struct hs_pair *pair)
{
    if (pair->state == HS_PAIR_NONE)
        return;
    html_literal(h, "<section><h2>What mastering did</h2>");
    hs_put_table_begin(h, "pair", "prose", "Values of the pair");
    html_literal(h, "<thead><tr><th scope=\"col\">value</th><th scope=\"col\">measured</th><th "
                    "scope=\"col\">meaning</th></tr></thead><tbody>");
    for (size_t i = 0; i < hs_n_pair_measures; i++) {
        const struct hs_measure *m = &hs_pair_measures[i];
        if (m->where == HS_IN_JSON && m->kind != HS_ARRAY && m->kind != HS_SERIES)
            put_value(h, m, hs_values_get(&pair->values, m->key));
    }
    html_literal(h, "</tbody>");
    hs_put_table_end(h);
    html_literal(h, "</section>\n");
}

static void put_candidates(struct hs_html *h, const struct hs_pair *pair)
{
    if (pair->n_candidates < 2)
        return;
    html_literal(h, "<section><h2>Which mix was the master made from?</h2>");
    hs_put_table_begin(h, "candidates", "", "Candidates");
    html_literal(h, "<thead><tr><th scope=\"col\">mix</th><th scope=\"col\">verdict</th><th "
                    "scope=\"col\" class=\"num\">confidence</th><th scope=\"col\" "
                    "class=\"num\">unexplained rest</th><th scope=\"col\">differs in</th></tr>"
                    "</thead><tbody>");
    for (size_t i = 0; i < pair->n_candidates; i++) {
        const struct hs_candidate *c = &pair->candidates[i];
        html_literal(h, "<tr><th scope=\"row\"><code>");
        html_text(h, c->source ? (c->source->shown ? c->source->shown : c->source->path) : "");
        html_literal(h, "</code></th><td>");
        html_text(h, i == pair->chosen ? "\xe2\x9c\x93 taken" : hs_pair_state_name(c->state));
        html_literal(h, "</td><td class=\"num\">");
        html_number(h, c->confidence, 2);
        html_literal(h, "</td><td class=\"num\">");
        html_quantity(h, c->residual_db, 1, "dB");
        html_literal(h, "</td><td>");
        html_text(h, c->differs);
        html_literal(h, "</td></tr>");
    }
    html_literal(h, "</tbody>");
    hs_put_table_end(h);
    html_literal(h, "</section>\n");
}

static void put_segments(struct hs_html *h, const struct hs_pair *pair)
{
    if (!pair->n_segments)
        return;
    html_literal(h, "<section><h2>What is shared</h2>");
    hs_put_table_begin(h, "segments", "", "Passages that both hold");
    html_literal(h, "<thead><tr><th scope=\"col\">in the master</th><th scope=\"col\">in the "
                    "mix</th><th scope=\"col\">length</th></tr></thead><tbody>");
    for (size_t i = 0; i < pair->n_segments && i < 100; i++) {
        html_literal(h, "<tr><td>");
        html_time(h, pair->segments[i].master_s, true);
        html_literal(h, "</td><td>");
        html_time(h, pair->segments[i].mix_s, true);
        html_literal(h, "</td><td>");
        html_time(h, pair->segments[i].len_s, true);
        html_literal(h, "</td></tr>");
    }
    html_literal(h, "</tbody>");
    hs_put_table_end(h);
    html_literal(h, "</section>\n");
}

static void put_origins(struct hs_html *h, const struct hs_track_result *t)
{
    if (!t->n_findings)
        return;
    html_literal(h, "<section><h2>Faults on their way from mix to master</h2>");
    hs_put_table_begin(h, "origins", "sortable", "Faults by origin");
    html_literal(h, "<thead><tr><th scope=\"col\">fault</th><th scope=\"col\">in the master"
                    "</th><th scope=\"col\">origin</th><th scope=\"col\" class=\"num\">mix</th>"
                    "<th scope=\"col\" class=\"num\">master</th><th scope=\"col\" "
                    "class=\"num\">change</th></tr></thead><tbody>");
    for (size_t i = 0; i < t->n_findings; i++) {
        const struct hs_finding *f = &t->findings[i];
        int digits = hs_unit_digits(f->unit);
        html_literal(h, "<tr><th scope=\"row\">");
        hs_put_rule_link(h, f->rule);
        html_literal(h, "</th><td>");
        if (f->origin == HS_ORIGIN_CURED)
            html_literal(h, "cured");
        else
            hs_put_severity(h, f->severity);
        html_literal(h, "</td><td>");
        html_text(h, hs_origin_words(f->origin));
        if (f->exposed_by) {
            html_literal(h, " by ");
            html_text(h, f->exposed_by);
        }
        html_literal(h, "</td><td class=\"num\">");
        html_quantity(h, f->mix_value, digits, f->unit);
        html_literal(h, "</td><td class=\"num\">");
        html_quantity(h, f->value, digits, f->unit);
        html_literal(h, "</td><td class=\"num\">");
        html_signed(h, f->change, digits);
        html_literal(h, "</td></tr>");
    }
    html_literal(h, "</tbody>");
    hs_put_table_end(h);
    html_literal(h, "</section>\n");
}

void hs_page_pair(struct hs_pages *p, struct hs_html *h, size_t track)
{
    const struct hs_track_result *t = &p->audit->tracks[track];
    struct hs_arena a = {0};
    hs_page_begin(p, h, "../", hs_arena_printf(&a, "%s: mix and master", t->track->title), NULL);
    hs_arena_free(&a);
    html_literal(h, "<p class=\"up\">\xe2\x86\x91 ");
    hs_put_track_link(h, t);
    html_literal(h, "</p><h1>Mix and master of ");
    html_text(h, *t->track->title ? t->track->title : t->track->id);
    html_literal(h, "</h1>");
    put_status(h, &t->pair);
    hs_put_files(p, h, t);
    hs_put_talk(h, t);
    put_candidates(h, &t->pair);
    put_origins(h, t);
    hs_put_ear_notes(h, t);
    html_literal(h, "<section><h2>Side by side</h2><div class=\"charts\">");
    hs_chart_transfer(h, &t->pair);
    hs_chart_spectrum(h, t, p->audit->spectrum);
    hs_chart_time(h, t);
    html_literal(h, "</div></section>\n");
    put_values(h, &t->pair);
    put_segments(h, &t->pair);
    html_literal(h, "<section><h2>All measures</h2>");
    hs_put_measures(h, t, NULL, 0);
    html_literal(h, "</section>\n");
    hs_page_end(h);
}
