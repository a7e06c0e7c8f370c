/* SPDX-License-Identifier: Apache-2.0 */
#include "report/ear_list.h"

#include "report/html.h"
#include "report/pieces.h"
#include "report/words.h"

void hs_html_answer(struct hs_html *h, enum hs_answer tick)
{
    hs_html_literal(h, "<td>");
    hs_html_text(h, hs_tick_sign(tick));
    hs_html_literal(h, "</td>");
}

void hs_html_ear_notes(struct hs_html *h, const struct hs_track_result *t)
{
    if (!t->n_ticks)
        return;
    hs_html_literal(h, "<section><h2>The engineer's list</h2>");
    hs_html_table_begin(h, "ticks", "", "Heard and measured, in the master and in the mix");
    hs_html_literal(h, "<thead><tr><th scope=\"col\">heard</th><th scope=\"col\">rule</th><th "
                       "scope=\"col\">ear: master</th><th scope=\"col\">ear: mix</th><th "
                       "scope=\"col\">measured: master</th><th scope=\"col\">measured: mix</th>"
                       "</tr></thead><tbody>");
    for (size_t i = 0; i < t->n_ticks; i++) {
        const struct hs_ear_note *row = &t->ticks[i];
        hs_html_literal(h, "<tr><th scope=\"row\">");
        hs_html_text(h, row->note ? row->note : "(measured, not heard)");
        hs_html_literal(h, "</th><td>");
        if (row->rule)
            hs_html_rule_link(h, row->rule);
        else
            hs_html_literal(h, "words not known");
        hs_html_literal(h, "</td>");
        hs_html_answer(h, row->heard_master);
        hs_html_answer(h, row->heard_mix);
        hs_html_answer(h, row->in_master);
        hs_html_answer(h, row->in_mix);
        hs_html_literal(h, "</tr>");
    }
    hs_html_literal(h, "</tbody>");
    hs_html_table_end(h);
    hs_html_literal(h, "</section>\n");
}
