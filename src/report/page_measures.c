/* SPDX-License-Identifier: Apache-2.0 */
/* measures.html: title, key, unit, definition and source of every measure, from the tables of the
 * analysers. */
#include "measure/analyser.h"
#include "model/measure.h"
#include "report/frame.h"
#include "report/pages.h"
#include "report/pieces.h"

#include <math.h>

/* Of a measure that stands in audit.json. */
static void put_definition(struct hs_html *h, const struct hs_measure *m)
{
    if (m->where != HS_IN_JSON)
        return;
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_text(h, m->title ? m->title : m->key);
    hs_html_literal(h, "<br><code>");
    hs_html_text(h, m->key);
    if (m->n)
        hs_html_textf(h, "[%zu]", m->n);
    hs_html_literal(h, "</code></th><td>");
    hs_html_text(h, m->unit);
    hs_html_literal(h, "</td><td>");
    hs_html_text(h, m->definition);
    hs_html_literal(h, "</td><td>");
    hs_html_text(h, m->source);
    hs_html_literal(h, "</td></tr>\n");
}

/* From the tables of the analysers. */
static void render(struct hs_pages *p, struct hs_html *h, size_t index)
{
    (void)index;
    hs_frame_begin(p, h, NULL);
    hs_html_literal(h, "<div class=\"hero\"><h1>Measures</h1></div><p>What each number means and "
                       "by which standard or "
                       "paper it is taken. The keys are those of audit.json.</p>");
    hs_html_table_begin(h, "definitions", "prose sortable", "Measures, units and sources");
    hs_html_literal(h, "<thead><tr><th scope=\"col\">measure</th><th scope=\"col\">unit</th><th "
                       "scope=\"col\">definition</th><th scope=\"col\">source</th></tr></thead>"
                       "<tbody>");
    for (size_t a = 0; a < hs_n_analysers; a++)
        for (size_t i = 0; i < hs_analysers[a]->n_measures; i++)
            put_definition(h, &hs_analysers[a]->measures[i]);
    hs_html_table_end(h);
    hs_frame_end(p, h);
}

const struct hs_page hs_page_measures = {
    .folder = "",
    .file = "measures",
    .title = "Measures",
    .nav = "Measures",
    .place = 60,
    .render = render,
};
