/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the verdict to its grounds: whether and how surely the files are a pair, which files they
 * are, the letter, other candidates for the mix, what mastering made of the faults, the
 * engineer's list, charts, values of the comparison, segments of edited pairs, all measures of
 * both files.
 */
#include "pair/values.h"
#include "report/chart_spectrum.h"
#include "report/chart_time.h"
#include "report/ear_list.h"
#include "report/frame.h"
#include "report/letter.h"
#include "report/measures.h"
#include "report/pages.h"
#include "report/pair_words.h"
#include "report/pieces.h"
#include "report/words.h"

#include <math.h>

/* The verdict on the pair in one sentence, with its confidence and reason. */
static void put_status(struct hs_html *h, const struct hs_pair *pair)
{
    hs_html_literal(h, "<section aria-label=\"Alignment\"><p class=\"lead\">");
    switch (pair->state) {
    case HS_PAIR_ALIGNED:
        hs_html_literal(h, "Mix and master are the same recording");
        break;
    case HS_PAIR_EDITED:
        hs_html_literal(h, "The same recording, cut differently");
        break;
    case HS_PAIR_DIFFERENT:
        hs_html_literal(h, "Not the same recording");
        break;
    case HS_PAIR_CANNOT_SAY:
        hs_html_literal(h, "Cannot say whether they belong together");
        break;
    case HS_PAIR_NONE:
        hs_html_literal(h, "Not compared");
    }
    hs_html_literal(h, "</p>");
    if (pair->state == HS_PAIR_NONE && !pair->why) {
        hs_html_literal(h, "</section>\n");
        return;
    }
    hs_html_literal(h, "<p>");
    if (pair->state != HS_PAIR_NONE) {
        hs_html_literal(h, "Confidence ");
        hs_html_number(h, pair->confidence, 2);
    }
    if (pair->why) {
        hs_html_text(h, pair->state != HS_PAIR_NONE ? ": " : "");
        hs_html_text(h, pair->why);
    }
    hs_html_literal(h, "</p></section>\n");
}

/* A value of the comparison with its error bound, left and right apart where there are two, or the
 * reason why it is absent. */
static void put_value(struct hs_html *h, const struct hs_measure *m, const struct hs_value *v)
{
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_text(h, m->title ? m->title : m->key);
    hs_html_literal(h, "</th><td>");
    if (!v || v->kind == HS_ABSENT) {
        hs_html_literal(h, "<span class=\"quiet\">");
        hs_html_text(h, v && v->why ? v->why : "not measured");
        hs_html_literal(h, "</span>");
    } else if (v->kind == HS_NUMBER) {
        hs_html_quantity(h, v->number, m->digits, m->unit);
        if (isfinite(v->bound)) {
            hs_html_literal(h, " \xc2\xb1 ");
            hs_html_number(h, v->bound, m->digits + 1);
        }
    } else if (v->kind == HS_ARRAY && v->n == 2) {
        /* one value for each channel */
        hs_html_literal(h, "left ");
        hs_html_number(h, v->array[0], m->digits);
        hs_html_literal(h, ", right ");
        hs_html_number(h, v->array[1], m->digits);
    } else {
        hs_html_text(h, v->kind == HS_FLAG ? (v->number != 0 ? "yes" : "no") : v->text);
    }
    hs_html_literal(h, "</td><td class=\"quiet\">");
    hs_html_text(h, m->definition);
    hs_html_literal(h, "</td></tr>");
}

/* Single values only: curves and series stand in the charts above. */
static void put_values(struct hs_html *h, const struct hs_pair *pair)
{
    if (pair->state == HS_PAIR_NONE)
        return;
    hs_html_literal(h, "<section><h2>What mastering did</h2>");
    hs_html_table_begin(h, "pair", "prose", "Values of the pair");
    hs_html_literal(h, "<thead><tr><th scope=\"col\">value</th><th scope=\"col\">measured</th><th "
                       "scope=\"col\">meaning</th></tr></thead><tbody>");
    for (size_t i = 0; i < hs_n_pair_measures; i++) {
        const struct hs_measure *m = &hs_pair_measures[i];
        if (m->where == HS_IN_JSON && m->kind != HS_ARRAY && m->kind != HS_SERIES)
            put_value(h, m, hs_values_get(&pair->values, m->key));
    }
    hs_html_table_end(h);
    hs_html_literal(h, "</section>\n");
}

/* The mixes that were tried, with what tells them apart, and a sentence where two cannot be told
 * apart. */
static void put_candidates(struct hs_html *h, const struct hs_pair *pair)
{
    if (pair->n_candidates < 2)
        return;
    hs_html_literal(h, "<section><h2>Which mix was the master made from?</h2>");
    hs_html_table_begin(h, "candidates", "", "Candidates");
    hs_html_literal(h, "<thead><tr><th scope=\"col\">mix</th><th scope=\"col\">verdict</th><th "
                       "scope=\"col\" class=\"right\">confidence</th><th scope=\"col\" "
                       "class=\"right\">unexplained rest</th><th scope=\"col\">differs in</th></tr>"
                       "</thead><tbody>");
    for (size_t i = 0; i < pair->n_candidates; i++) {
        const struct hs_candidate *c = &pair->candidates[i];
        hs_html_literal(h, "<tr><th scope=\"row\"><code>");
        hs_html_text(h, c->source ? (c->source->shown ? c->source->shown : c->source->path) : "");
        hs_html_literal(h, "</code></th><td>");
        hs_html_text(h, i == pair->chosen ? "\xe2\x9c\x93 taken" : hs_pair_state_name(c->state));
        hs_html_literal(h, "</td><td class=\"right\">");
        hs_html_number(h, c->confidence, 2);
        hs_html_literal(h, "</td><td class=\"right\">");
        hs_html_quantity(h, c->residual_db, 1, "dB");
        hs_html_literal(h, "</td><td>");
        hs_html_text(h, c->differs);
        hs_html_literal(h, "</td></tr>");
    }
    hs_html_table_end(h);
    struct hs_buf tie = {0};
    /* two revisions may fit alike */
    hs_pair_tie_words(pair, &tie);
    if (tie.len) {
        hs_html_literal(h, "<p>");
        hs_html_text(h, tie.data);
        hs_html_literal(h, "</p>\n");
    }
    hs_buf_free(&tie);
    hs_html_literal(h, "</section>\n");
}

/* Passages that mix and master share: where each lies in both, and how long it is. */
static void put_segments(struct hs_html *h, const struct hs_pair *pair)
{
    if (!pair->n_segments)
        return;
    hs_html_literal(h, "<section><h2>What is shared</h2>");
    hs_html_table_begin(h, "segments", "", "Passages that both hold");
    hs_html_literal(h, "<thead><tr><th scope=\"col\">in the master</th><th scope=\"col\">in the "
                       "mix</th><th scope=\"col\">length</th></tr></thead><tbody>");
    for (size_t i = 0; i < pair->n_segments && i < 100; i++) {
        hs_html_literal(h, "<tr><td>");
        hs_html_time(h, pair->segments[i].master_s, true);
        hs_html_literal(h, "</td><td>");
        hs_html_time(h, pair->segments[i].mix_s, true);
        hs_html_literal(h, "</td><td>");
        hs_html_time(h, pair->segments[i].len_s, true);
        hs_html_literal(h, "</td></tr>");
    }
    hs_html_table_end(h);
    hs_html_literal(h, "</section>\n");
}

/* Every finding with its value in mix and master and its origin. */
static void put_origins(struct hs_html *h, const struct hs_track_result *t)
{
    if (!t->n_findings)
        return;
    hs_html_literal(h, "<section><h2>Faults on their way from mix to master</h2>");
    hs_html_table_begin(h, "origins", "sortable", "Faults by origin");
    hs_html_literal(h,
                    "<thead><tr><th scope=\"col\">fault</th><th scope=\"col\">in the master"
                    "</th><th scope=\"col\">origin</th><th scope=\"col\" class=\"right\">mix</th>"
                    "<th scope=\"col\" class=\"right\">master</th><th scope=\"col\" "
                    "class=\"right\">change</th></tr></thead><tbody>");
    /* cured ones too: they are in the mix alone */
    for (size_t i = 0; i < t->n_findings; i++) {
        const struct hs_finding *f = &t->findings[i];
        int digits = hs_unit_digits(f->unit);
        hs_html_literal(h, "<tr><th scope=\"row\">");
        hs_html_rule_link(h, f->rule);
        hs_html_literal(h, "</th><td>");
        if (f->origin == HS_ORIGIN_CURED)
            hs_html_text(h, hs_finding_cured(f) ? "cured" : "nearer to the middle");
        else
            hs_html_severity(h, f->severity);
        hs_html_literal(h, "</td><td>");
        hs_html_text(h, hs_finding_origin(f));
        if (f->exposed_by) {
            hs_html_literal(h, " by ");
            hs_html_text(h, f->exposed_by);
        }
        hs_html_literal(h, "</td><td class=\"right\">");
        hs_html_quantity(h, f->mix_value, digits, f->unit);
        hs_html_literal(h, "</td><td class=\"right\">");
        hs_html_quantity(h, f->value, digits, f->unit);
        hs_html_literal(h, "</td><td class=\"right\">");
        hs_html_signed(h, f->change, digits);
        hs_html_literal(h, "</td></tr>");
    }
    hs_html_table_end(h);
    hs_html_literal(h, "</section>\n");
}

/* Everything that was found out on one pair. */
static void render(struct hs_pages *p, struct hs_html *h, size_t track)
{
    const struct hs_track_result *t = &p->audit->tracks[track];
    struct hs_arena a = {0};
    hs_frame_begin(p, h, hs_arena_printf(&a, "%s: mix and master", t->track->title));
    hs_arena_free(&a);
    hs_html_literal(h, "<p class=\"crumb\">");
    hs_html_track_link(h, t);
    hs_html_literal(h, "</p><div class=\"hero\"><h1>Mix and master of ");
    hs_html_text(h, *t->track->title ? t->track->title : t->track->id);
    hs_html_literal(h, "</h1></div>");
    put_status(h, &t->pair);
    hs_html_files(p, h, t);
    hs_html_letter(p, h, t, 1);
    put_candidates(h, &t->pair);
    put_origins(h, t);
    hs_html_ear_notes(h, t);
    hs_html_literal(h, "<section><h2>Side by side</h2><div class=\"charts\">");
    hs_chart_transfer(h, t);
    hs_chart_spectrum(h, t, p->audit->spectrum);
    hs_chart_time(h, t);
    hs_html_literal(h, "</div></section>\n");
    put_values(h, &t->pair);
    put_segments(h, &t->pair);
    hs_html_literal(h, "<section><h2>All measures</h2>");
    hs_html_measures(h, t, NULL, 0);
    hs_html_literal(h, "</section>\n");
    hs_frame_end(p, h);
}

/* A track without a mix has no page of the pair. */
static const char *name(struct hs_pages *p, size_t track)
{
    bool mix = p->audit->tracks[track].mix.state != HS_FILE_NONE;
    return mix ? p->audit->job->tracks[track].id : NULL;
}

const struct hs_page hs_page_pair = {
    .folder = "pairs/",
    .of_track = true,
    .name = name,
    .render = render,
};
