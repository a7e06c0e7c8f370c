/* SPDX-License-Identifier: Apache-2.0 */
/* Measures for people: side by side on the page of a track, and what each one means. */
#include "measure/analyser.h"
#include "model/measure.h"
#include "report/page_parts.h"

#include <math.h>
#include <string.h>

void hs_put_fact(struct hs_html *h, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    html_literal(h, "<div><dt>");
    html_text(h, name);
    html_literal(h, "</dt><dd>");
    html_text(h, text);
    html_literal(h, "</dd></div>");
}

static void put_value(struct hs_html *h, const struct hs_measure *m, const struct hs_value *v)
{
    if (!v || v->kind == HS_ABSENT) {
        html_literal(h, "<td class=\"quiet\">");
        html_text(h, v && v->why ? v->why : "not measured");
    } else if (v->kind == HS_NUMBER) {
        html_literal(h, "<td class=\"num\">");
        html_quantity(h, v->number, m->digits, m->unit);
    } else {
        html_literal(h, "<td>");
        html_text(h, v->kind == HS_FLAG ? (v->number != 0 ? "yes" : "no") : v->text);
    }
    html_literal(h, "</td>");
}

static bool wanted(const struct hs_measure *m, const char *const *keys, size_t n)
{
    if (m->where != HS_IN_JSON || m->kind == HS_ARRAY || m->kind == HS_SERIES)
        return false;
    if (!n)
        return true;
    for (size_t i = 0; i < n; i++)
        if (!strcmp(keys[i], m->key))
            return true;
    return false;
}

static void put_change(struct hs_html *h, const struct hs_measure *m,
                       const struct hs_track_result *t)
{
    const struct hs_value *a = hs_values_get(&t->master.values, m->key);
    const struct hs_value *b = hs_values_get(&t->mix.values, m->key);
    html_literal(h, "<td class=\"num\">");
    if (a && b && a->kind == HS_NUMBER && b->kind == HS_NUMBER)
        html_signed(h, a->number - b->number, m->digits);
    html_literal(h, "</td>");
}

static void put_row(struct hs_html *h, const struct hs_measure *m, const struct hs_track_result *t,
                    bool mix)
{
    html_literal(h, "<tr><th scope=\"row\">");
    html_text(h, m->title ? m->title : m->key);
    html_literal(h, "</th>");
    put_value(h, m, hs_values_get(&t->master.values, m->key));
    if (mix) {
        put_value(h, m, hs_values_get(&t->mix.values, m->key));
        put_change(h, m, t);
    }
    html_literal(h, "</tr>");
}

void hs_put_measures(struct hs_html *h, const struct hs_track_result *t, const char *const *keys,
                     size_t n_keys)
{
    bool mix = t->mix.state == HS_FILE_OK;
    if (t->master.state != HS_FILE_OK)
        return;
    hs_put_table_begin(h, n_keys ? "key-measures" : "measures", "measures",
                       mix ? "Measures of master and mix" : "Measures of the master");
    html_literal(h, "<thead><tr><th scope=\"col\">measure</th><th scope=\"col\" "
                    "class=\"num\">master</th>");
    if (mix)
        html_literal(h, "<th scope=\"col\" class=\"num\">mix</th><th scope=\"col\" "
                        "class=\"num\">change</th>");
    html_literal(h, "</tr></thead><tbody>");
    for (size_t a = 0; a < hs_n_analysers; a++)
        for (size_t i = 0; i < hs_analysers[a]->n_measures; i++)
            if (wanted(&hs_analysers[a]->measures[i], keys, n_keys))
                put_row(h, &hs_analysers[a]->measures[i], t, mix);
    html_literal(h, "</tbody>");
    hs_put_table_end(h);
}

static void put_definition(struct hs_html *h, const struct hs_measure *m)
{
    if (m->where != HS_IN_JSON)
        return;
    html_literal(h, "<tr><th scope=\"row\">");
    html_text(h, m->title ? m->title : m->key);
    html_literal(h, "<br><code>");
    html_text(h, m->key);
    if (m->n)
        html_textf(h, "[%zu]", m->n);
    html_literal(h, "</code></th><td>");
    html_text(h, m->unit);
    html_literal(h, "</td><td>");
    html_text(h, m->definition);
    html_literal(h, "</td><td>");
    html_text(h, m->source);
    html_literal(h, "</td></tr>\n");
}

void hs_page_measures(struct hs_pages *p, struct hs_html *h)
{
    hs_page_begin(p, h, "", "Measures", "measures");
    html_literal(h, "<h1>Measures</h1><p>What each number means and by which standard or "
                    "paper it is taken. The keys are those of audit.json.</p>");
    hs_put_table_begin(h, "definitions", "prose sortable", "Measures, units and sources");
    html_literal(h, "<thead><tr><th scope=\"col\">measure</th><th scope=\"col\">unit</th><th "
                    "scope=\"col\">definition</th><th scope=\"col\">source</th></tr></thead>"
                    "<tbody>");
    for (size_t a = 0; a < hs_n_analysers; a++)
        for (size_t i = 0; i < hs_analysers[a]->n_measures; i++)
            put_definition(h, &hs_analysers[a]->measures[i]);
    html_literal(h, "</tbody>");
    hs_put_table_end(h);
    hs_page_end(h);
}
