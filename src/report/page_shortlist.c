/* SPDX-License-Identifier: Apache-2.0 */
/* The short list, and a plan to print for each listed track. */
#include "report/page_parts.h"

#include <math.h>
#include <string.h>

enum { LEFT_ALONE = 200 };

static void put_listed(struct hs_pages *p, struct hs_html *h, const struct hs_shortlist_row *row)
{
    const struct hs_track_result *t = &p->audit->tracks[row->track];
    html_literal(h, "<tr><td class=\"num\">");
    html_textf(h, "%d", row->rank);
    html_literal(h, "</td><th scope=\"row\">");
    hs_put_track_link(h, t);
    html_literal(h, "</th><td>");
    hs_put_release_link(p, h, t->track->release);
    html_literal(h, "</td><td><span class=\"action\">");
    html_text(h, hs_action_name(row->action));
    html_literal(h, "</span></td><td class=\"num\">");
    html_number(h, row->priority, 1);
    html_literal(h, "</td><td class=\"num\">");
    html_number(h, row->severity, 1);
    html_literal(h, "</td><td class=\"num\">");
    html_number(h, row->fixability, 1);
    html_literal(h, "</td><td class=\"num\">");
    html_number(h, row->reach, 1);
    html_literal(h, "</td><td class=\"num\">");
    html_number(h, row->confidence, 2);
    html_literal(h, "</td><td class=\"num\">");
    html_textf(h, "%d\xe2\x80\x93%d", row->rank_low, row->rank_high);
    html_literal(h, "</td><td class=\"num\">");
    html_number(h, row->hours, 1);
    html_literal(h, "</td><td>");
    html_text(h, row->in_budget ? "yes" : "no");
    html_literal(h, "</td><td>");
    html_text(h, row->why);
    html_literal(h, " ");
    html_link(h, "plans/", t->track->id, ".html", "plan");
    html_literal(h, "</td></tr>\n");
}

static void put_list(struct hs_pages *p, struct hs_html *h, size_t number)
{
    size_t first = number * HS_LIST_ROWS, seen = 0;
    hs_put_table_begin(h, "shortlist", "sortable", "Tracks worth re-issuing");
    html_literal(h, "<thead><tr><th scope=\"col\" class=\"num\">rank</th><th scope=\"col\">"
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
    html_literal(h, "</tbody>");
    hs_put_table_end(h);
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
    html_literal(h, "<section><h2>Leave alone</h2><p>");
    html_count(h, n, "track", "tracks");
    html_literal(h, ".</p><ul class=\"plain columns\">");
    for (size_t i = 0; i < p->audit->n_shortlist && shown < LEFT_ALONE; i++) {
        const struct hs_shortlist_row *row = &p->audit->shortlist[i];
        if (!left_alone(p, row))
            continue;
        html_literal(h, "<li>");
        hs_put_track_link(h, &p->audit->tracks[row->track]);
        if (row->why) {
            html_literal(h, ": <span class=\"quiet\">");
            html_text(h, row->why);
            html_literal(h, "</span>");
        }
        html_literal(h, "</li>");
        shown++;
    }
    html_literal(h, "</ul>");
    if (shown < n) {
        html_literal(h, "<p>and ");
        html_textf(h, "%zu more.", n - shown);
        html_literal(h, "</p>");
    }
    html_literal(h, "</section>\n");
}

void hs_page_shortlist(struct hs_pages *p, struct hs_html *h, size_t number)
{
    size_t n_pages = hs_page_count(p->n_listed, HS_LIST_ROWS);
    hs_page_begin(p, h, "", "Short list", "shortlist");
    html_literal(h, "<h1>Short list</h1><p>Priority is the product of four factors: how far "
                    "off the master is, whether it can be mended, how many people hear it, and "
                    "how sure the verdict is. The range of ranks tells how much the order "
                    "depends on the weights. Also as <a href=\"shortlist.csv\">CSV</a>.</p>");
    hs_put_pager(p, h, "", "shortlist", number, n_pages);
    if (p->n_listed)
        put_list(p, h, number);
    else
        html_literal(h, "<p class=\"big\">No track is worth re-issuing by what was "
                        "measured.</p>");
    if (!number)
        put_left_alone(p, h);
    hs_page_end(h);
}

static void put_planned(struct hs_html *h, const struct hs_finding *f, const struct hs_plan_step *s)
{
    int digits = hs_unit_digits(f->unit);
    html_literal(h, ", in the ");
    html_text(h, s->where);
    html_literal(h, " now ");
    html_quantity(h, s->now, digits, f->unit);
    html_literal(h, ", planned ");
    html_quantity(h, s->planned, digits, f->unit);
    if (isfinite(s->tolerance)) {
        html_literal(h, " \xc2\xb1 ");
        html_number(h, s->tolerance, digits);
    }
}

static void put_step(struct hs_html *h, const struct hs_finding *f, const struct hs_plan_step *s)
{
    html_literal(h, "<li><span class=\"box\" aria-hidden=\"true\">\xe2\x98\x90</span> ");
    if (f->correction.where)
        hs_put_correction(h, f);
    else
        html_literal(h, "<strong>Listen first:</strong> no correction can be computed.");
    html_literal(h, "<br><span class=\"quiet\">for ");
    html_text(h, hs_rule_title(f->rule));
    html_literal(h, " (");
    html_text(h, hs_severity_name(f->severity));
    html_literal(h, "; master ");
    html_quantity(h, f->value, hs_unit_digits(f->unit), f->unit);
    html_literal(h, ", expected ");
    hs_put_range(h, f->expected, hs_unit_digits(f->unit), f->unit);
    html_literal(h, ")");
    if (s)
        put_planned(h, f, s);
    if (f->n_times) {
        html_literal(h, "; check at ");
        hs_put_passages(h, f->times, f->n_times, 3);
    }
    html_literal(h, "</span></li>\n");
}

/* In the order of work; what the plan leaves out follows. */
static size_t put_steps(struct hs_html *h, const struct hs_track_result *t,
                        const struct hs_shortlist_row *row)
{
    size_t n = row ? row->n_plan : 0;
    for (size_t i = 0; i < n; i++)
        put_step(h, &t->findings[row->plan[i].finding], &row->plan[i]);
    for (size_t i = 0; i < t->n_findings; i++) {
        bool planned = false;
        for (size_t k = 0; row && k < row->n_plan; k++)
            planned |= row->plan[k].finding == i;
        if (planned || !hs_finding_counts(&t->findings[i]))
            continue;
        put_step(h, &t->findings[i], NULL);
        n++;
    }
    return n;
}

static void put_sentences(struct hs_html *h, const char *heading, const char *const *s, size_t n)
{
    if (!n)
        return;
    html_literal(h, "<h2>");
    html_text(h, heading);
    html_literal(h, "</h2><ul>");
    for (size_t i = 0; i < n; i++) {
        html_literal(h, "<li>");
        html_text(h, s[i]);
        html_literal(h, "</li>");
    }
    html_literal(h, "</ul>");
}

void hs_page_plan(struct hs_pages *p, struct hs_html *h, size_t track)
{
    const struct hs_track_result *t = &p->audit->tracks[track];
    const struct hs_shortlist_row *row = p->row[track];
    struct hs_arena a = {0};
    hs_page_begin(p, h, "../", hs_arena_printf(&a, "Plan: %s", t->track->title), NULL);
    hs_arena_free(&a);
    html_literal(h, "<h1>Plan for ");
    html_text(h, *t->track->title ? t->track->title : t->track->id);
    html_literal(h, "</h1><p>");
    hs_put_release_link(p, h, t->track->release);
    html_literal(h, " \xc2\xb7 ");
    hs_put_track_link(h, t);
    html_literal(h, "</p><p class=\"big\">");
    html_text(h, row ? hs_action_words(row->action) : "");
    html_literal(h, "</p><p>");
    if (row) {
        html_text(h, row->why);
        html_literal(h, " ");
        hs_put_row_cells(h, row);
        html_literal(h, "; about ");
        html_quantity(h, row->hours, 1, "hours");
        html_literal(h, ".");
    }
    html_literal(h, "</p>");
    hs_put_files(p, h, t);
    html_literal(h, "<h2>Corrections</h2><p>Each brings the value to the edge of what is "
                    "expected, never past its centre. Judge by ear at equal loudness; leave "
                    "out what was meant.</p><ol class=\"plan\">");
    size_t steps = put_steps(h, t, row);
    html_literal(h, "</ol>");
    if (!steps)
        html_literal(h, "<p>Nothing to correct.</p>");
    if (row) {
        put_sentences(h, "Leave as it is", row->leave_alone, row->n_leave_alone);
        put_sentences(h, "Questions for the mastering engineer", row->questions, row->n_questions);
    }
    html_literal(h, "<p>Afterwards name the new file as <code>update:</code> of this track and "
                    "run <code>hindsight verify</code>: it measures what was done.</p>");
    hs_page_end(h);
}
