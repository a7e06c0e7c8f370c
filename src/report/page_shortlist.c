/* SPDX-License-Identifier: Apache-2.0 */
/* The short list, and a plan to print for each listed track. */
#include "report/frame.h"
#include "report/pages.h"
#include "report/pieces.h"

#include <math.h>

enum { LEFT_ALONE = 200 };

static void put_listed(struct hs_pages *p, struct hs_html *h, const struct hs_shortlist_row *row)
{
    const struct hs_track_result *t = &p->audit->tracks[row->track];
    hs_html_literal(h, "<tr><td class=\"num\">");
    hs_html_textf(h, "%d", row->rank);
    hs_html_literal(h, "</td><th scope=\"row\">");
    hs_html_track_link(h, t);
    hs_html_literal(h, "</th><td>");
    hs_html_release_link(p, h, t->track->release);
    hs_html_literal(h, "</td><td><span class=\"action\">");
    hs_html_text(h, hs_action_name(row->action));
    hs_html_literal(h, "</span></td><td class=\"num\">");
    hs_html_number(h, row->priority, 1);
    hs_html_literal(h, "</td><td class=\"num\">");
    hs_html_number(h, row->severity, 1);
    hs_html_literal(h, "</td><td class=\"num\">");
    hs_html_number(h, row->fixability, 1);
    hs_html_literal(h, "</td><td class=\"num\">");
    hs_html_number(h, row->reach, 1);
    hs_html_literal(h, "</td><td class=\"num\">");
    hs_html_number(h, row->confidence, 2);
    hs_html_literal(h, "</td><td class=\"num\">");
    hs_html_textf(h, "%d\xe2\x80\x93%d", row->rank_low, row->rank_high);
    hs_html_literal(h, "</td><td class=\"num\">");
    hs_html_number(h, row->hours, 1);
    hs_html_literal(h, "</td><td>");
    hs_html_text(h, row->in_budget ? "yes" : "no");
    hs_html_literal(h, "</td><td>");
    hs_html_text(h, row->why);
    hs_html_literal(h, " ");
    hs_html_link(h, "plans/", t->track->id, ".html", "plan");
    hs_html_literal(h, "</td></tr>\n");
}

static void put_list(struct hs_pages *p, struct hs_html *h, size_t number)
{
    size_t first = number * HS_LIST_ROWS, seen = 0;
    hs_html_table_begin(h, "shortlist", "sortable", "Tracks worth re-issuing");
    hs_html_literal(h, "<thead><tr><th scope=\"col\" class=\"num\">rank</th><th scope=\"col\">"
                       "track</th><th scope=\"col\">release</th><th scope=\"col\">action</th><th "
                       "scope=\"col\" class=\"num\">priority</th><th scope=\"col\" "
                       "class=\"num\">severity</th><th scope=\"col\" class=\"num\">fixability</th>"
                       "<th scope=\"col\" class=\"num\">reach</th><th scope=\"col\" "
                       "class=\"num\">confidence</th><th scope=\"col\" class=\"num\">rank over "
                       "weights</th><th scope=\"col\" class=\"num\">hours</th><th scope=\"col\">"
                       "in budget</th><th scope=\"col\">why</th></tr></thead><tbody>");
    for (size_t i = 0; i < p->audit->n_shortlist; i++) {
        if (!p->audit->shortlist[i].rank)
            continue;
        if (seen >= first && seen < first + HS_LIST_ROWS)
            put_listed(p, h, &p->audit->shortlist[i]);
        seen++;
    }
    hs_html_table_end(h);
}

/* What was not judged is not recommended to be left alone either. */
static bool left_alone(const struct hs_pages *p, const struct hs_shortlist_row *row)
{
    return !row->rank && p->audit->tracks[row->track].master.state == HS_FILE_OK;
}

static void put_left_alone(struct hs_pages *p, struct hs_html *h)
{
    size_t n = 0, shown = 0;
    for (size_t i = 0; i < p->audit->n_shortlist; i++)
        n += left_alone(p, &p->audit->shortlist[i]);
    if (!n)
        return;
    hs_html_literal(h, "<section><h2>Leave alone</h2><p>");
    hs_html_count(h, n, "track", "tracks");
    hs_html_literal(h, ".</p><ul class=\"plain columns\">");
    for (size_t i = 0; i < p->audit->n_shortlist && shown < LEFT_ALONE; i++) {
        const struct hs_shortlist_row *row = &p->audit->shortlist[i];
        if (!left_alone(p, row))
            continue;
        hs_html_literal(h, "<li>");
        hs_html_track_link(h, &p->audit->tracks[row->track]);
        if (row->why) {
            hs_html_literal(h, ": <span class=\"quiet\">");
            hs_html_text(h, row->why);
            hs_html_literal(h, "</span>");
        }
        hs_html_literal(h, "</li>");
        shown++;
    }
    hs_html_literal(h, "</ul>");
    if (shown < n) {
        hs_html_literal(h, "<p>and ");
        hs_html_textf(h, "%zu more.", n - shown);
        hs_html_literal(h, "</p>");
    }
    hs_html_literal(h, "</section>\n");
}

static void render(struct hs_pages *p, struct hs_html *h, size_t number)
{
    size_t n_pages = hs_page_count(p->n_listed, HS_LIST_ROWS);
    hs_frame_begin(p, h, NULL);
    hs_html_literal(h, "<h1>Short list</h1><p>Priority is the product of four factors: how far "
                       "off the master is, whether it can be mended, how many people hear it, and "
                       "how sure the verdict is. The range of ranks tells how much the order "
                       "depends on the weights. Also as <a href=\"shortlist.csv\">CSV</a>.</p>");
    hs_html_pager(p, h, "", "shortlist", number, n_pages);
    if (p->n_listed)
        put_list(p, h, number);
    else
        hs_html_literal(h, "<p class=\"big\">No track is worth re-issuing by what was "
                           "measured.</p>");
    if (!number)
        put_left_alone(p, h);
    hs_frame_end(p, h);
}

static size_t count(const struct hs_pages *p)
{
    return hs_page_count(p->n_listed, HS_LIST_ROWS);
}

const struct hs_page hs_page_shortlist = {
    .folder = "",
    .file = "shortlist",
    .title = "Short list",
    .nav = "Short list",
    .place = 20,
    .count = count,
    .render = render,
};
