/* SPDX-License-Identifier: Apache-2.0 */
/* Measures of master and mix side by side, with their difference, as a table on the pages of a
 * track and of a pair. Rows, titles, units and digits come from the tables of the analysers. */
#include "report/measures.h"

#include "measure/analyser.h"
#include "model/measure.h"
#include "report/html.h"
#include "report/pieces.h"

#include <math.h>
#include <string.h>

/* A number with its unit, a flag, a text, or the reason why it is absent. */
static void put_value(struct hs_html *h, const struct hs_measure *m, const struct hs_value *v)
{
    if (!v || v->kind == HS_ABSENT) {
        hs_html_literal(h, "<td class=\"quiet\">");
        hs_html_text(h, v && v->why ? v->why : "not measured");
    } else if (v->kind == HS_NUMBER) {
        hs_html_literal(h, "<td class=\"num\">");
        hs_html_quantity(h, v->number, m->digits, m->unit);
    } else {
        hs_html_literal(h, "<td>");
        hs_html_text(h, v->kind == HS_FLAG ? (v->number != 0 ? "yes" : "no") : v->text);
    }
    hs_html_literal(h, "</td>");
}

/* Only single values: arrays and series are drawn in charts. Without keys, all of them. */
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

/* Master minus mix, where both are numbers. */
static void put_change(struct hs_html *h, const struct hs_measure *m,
                       const struct hs_track_result *t)
{
    const struct hs_value *a = hs_values_get(&t->master.values, m->key);
    const struct hs_value *b = hs_values_get(&t->mix.values, m->key);
    hs_html_literal(h, "<td class=\"num\">");
    if (a && b && a->kind == HS_NUMBER && b->kind == HS_NUMBER)
        hs_html_signed(h, a->number - b->number, m->digits);
    hs_html_literal(h, "</td>");
}

/* Without a mix there is one column. */
static void put_row(struct hs_html *h, const struct hs_measure *m, const struct hs_track_result *t,
                    bool mix)
{
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_text(h, m->title ? m->title : m->key);
    hs_html_literal(h, "</th>");
    put_value(h, m, hs_values_get(&t->master.values, m->key));
    if (mix) {
        put_value(h, m, hs_values_get(&t->mix.values, m->key));
        put_change(h, m, t);
    }
    hs_html_literal(h, "</tr>");
}

/* All measures, or those of `keys`. */
void hs_html_measures(struct hs_html *h, const struct hs_track_result *t, const char *const *keys,
                      size_t n_keys)
{
    bool mix = t->mix.state == HS_FILE_OK;
    if (t->master.state != HS_FILE_OK)
        return;
    hs_html_table_begin(h, n_keys ? "key-measures" : "measures", "measures",
                        mix ? "Measures of master and mix" : "Measures of the master");
    hs_html_literal(h, "<thead><tr><th scope=\"col\">measure</th><th scope=\"col\" "
                       "class=\"num\">master</th>");
    if (mix)
        hs_html_literal(h, "<th scope=\"col\" class=\"num\">mix</th><th scope=\"col\" "
                           "class=\"num\">change</th>");
    hs_html_literal(h, "</tr></thead><tbody>");
    for (size_t a = 0; a < hs_n_analysers; a++)
        for (size_t i = 0; i < hs_analysers[a]->n_measures; i++)
            if (wanted(&hs_analysers[a]->measures[i], keys, n_keys))
                put_row(h, &hs_analysers[a]->measures[i], t, mix);
    hs_html_table_end(h);
}
