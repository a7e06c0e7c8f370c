/* SPDX-License-Identifier: Apache-2.0 */
/* The part of a track's page that sets the engineer's own list beside the measure: for master and
 * mix what was measured and what was heard. */
#include "report/ear_list.h"

#include "report/html.h"
#include "report/pieces.h"
#include "report/words.h"

#include <math.h>

static const struct hs_column columns[] = {
    {"heard", NULL}, {"in the master", "tick"}, {"in the mix", "tick"}};

/* What was measured, and under it what the ear said of the same place. */
static void put_side(struct hs_html *h, const struct hs_column *column, enum hs_answer measured,
                     enum hs_answer ear)
{
    hs_html_td(h, column, NAN);
    hs_html_literal(h, "<span>");
    hs_html_text(h, measured == HS_ANSWER_NULL ? "cannot say" : hs_tick_sign(measured));
    if (ear != HS_ANSWER_NULL) {
        hs_html_literal(h, "<span class=\"sub\">you: ");
        hs_html_text(h, hs_tick_sign(ear));
        hs_html_literal(h, "</span>");
    }
    hs_html_literal(h, "</span></td>");
}

/* Rows of notes.c: words of the list with the rule that they were understood as. */
void hs_html_ear_notes(struct hs_html *h, const struct hs_track_result *t)
{
    if (!t->n_ticks)
        return;
    hs_html_section(h, "list", "spoils", "Your list");
    hs_html_table_begin(h, "ticks", "fold compact pairs",
                        "What you heard, and what is measured in the master and in the mix; in the "
                        "order of your list, then what was measured and not heard.");
    hs_html_columns(h, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < t->n_ticks; i++) {
        const struct hs_ear_note *row = &t->ticks[i];
        hs_html_literal(h, "<tr><th scope=\"row\">");
        hs_html_text(h, row->note ? row->note : "not on your list");
        hs_html_literal(h, "<span class=\"sub\">");
        if (row->rule)
            hs_html_rule_link(h, row->rule);
        else
            hs_html_literal(h, "these words are not known");
        hs_html_literal(h, "</span></th>");
        put_side(h, &columns[1], row->in_master, row->heard_master);
        put_side(h, &columns[2], row->in_mix, row->heard_mix);
        hs_html_literal(h, "</tr>\n");
    }
    hs_html_table_end(h);
    hs_html_literal(h, "</section>\n");
}
