/* SPDX-License-Identifier: Apache-2.0 */
/* index.html: the answer on one screen, then the map, trends and distributions. */
#include "report/chart_rule.h"
#include "report/fault_table.h"
#include "report/frame.h"
#include "report/map.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/sentences.h"

#include <math.h>
#include <stdio.h>

enum {
    HEAD_FAULTS = 7,
    HEAD_LIST = 6,
    HEAD_CHANGES = 9,
    CHARTS = 9,
    MOST_UNREAD = 100,
    MOST_LEVELS = 12
};

static void put_head_list(struct hs_pages *p, struct hs_html *h)
{
    hs_html_literal(h, "<section><h2>Short list</h2>");
    if (!p->n_listed)
        hs_html_literal(h, "<p>No track is worth re-issuing by what was measured.</p>");
    else
        hs_html_literal(h, "<ol class=\"head\">");
    size_t shown = 0;
    for (size_t i = 0; i < p->audit->n_shortlist && shown < HEAD_LIST; i++) {
        const struct hs_shortlist_row *row = &p->audit->shortlist[i];
        if (!row->rank)
            continue;
        hs_html_literal(h, "<li>");
        hs_html_track_link(h, &p->audit->tracks[row->track]);
        hs_html_literal(h, " <span class=\"action\">");
        hs_html_text(h, hs_action_name(row->action));
        hs_html_literal(h, "</span> <span class=\"quiet\">priority ");
        hs_html_number(h, row->priority, 1);
        hs_html_literal(h, "</span></li>");
        shown++;
    }
    if (p->n_listed)
        hs_html_literal(h, "</ol>");
    hs_html_literal(h, "<p><a href=\"shortlist.html\">Whole list with reasons</a></p></section>");
}

static void put_map_groups(struct hs_pages *p, struct hs_html *h)
{
    const struct hs_job *job = p->audit->job;
    for (size_t r = 0; r < job->n_releases; r++) {
        const struct hs_release *release = &job->releases[r];
        hs_html_literal(h, "<tbody><tr class=\"group\"><th scope=\"rowgroup\"");
        hs_html_attrf(h, "colspan", "%zu", hs_map_columns(p) + 2);
        hs_html_literal(h, ">");
        hs_html_release_link(p, h, r);
        if (release->year)
            hs_html_textf(h, " (%d)", release->year);
        hs_html_literal(h, "</th></tr>\n");
        for (size_t t = 0; t < release->n_tracks; t++)
            hs_html_map_row(p, h, &p->audit->tracks[release->first_track + t]);
        hs_html_literal(h, "</tbody>");
    }
}

static void put_map(struct hs_pages *p, struct hs_html *h)
{
    hs_html_literal(h, "<section id=\"map\"><h2>Map: tracks and faults</h2>");
    hs_html_map_legend(h);
    size_t n_maps = hs_map_pages(p);
    if (!n_maps) {
        hs_html_table_begin(h, "heat", "map sortable", "Tracks against faults, by release");
        hs_html_map_head(p, h, "track");
        put_map_groups(p, h);
        hs_html_table_end(h);
    } else {
        hs_html_literal(h, "<p>The catalogue is large: its tracks stand on ");
        hs_html_textf(h, "%zu pages. ", n_maps);
        hs_html_link(h, "", "map", ".html", "Open the map");
        hs_html_literal(h, ", or start from a ");
        hs_html_link(h, "", "releases", ".html", "release");
        hs_html_literal(h, ".</p>");
        hs_html_pager(p, h, "", "map", n_maps, n_maps);
    }
    hs_html_unfound(p, h);
    hs_html_literal(h, "</section>\n");
}

static void put_charts(struct hs_pages *p, struct hs_html *h, bool years)
{
    size_t shown = 0;
    for (size_t i = 0; i < p->n_rules && shown < CHARTS; i++) {
        char id[32];
        if (!p->rules[i].counted)
            continue;
        snprintf(id, sizeof id, "%s-%zu", years ? "year" : "strip", i);
        size_t before = h->out.len;
        if (years)
            hs_chart_years(p, h, &p->rules[i], id);
        else
            hs_chart_strip(p, h, &p->rules[i], id, true);
        shown += h->out.len > before;
    }
    if (!shown) {
        hs_html_literal(h, "<p>");
        hs_html_text(h, years ? "At least two years are needed." : "Nothing to draw.");
        hs_html_literal(h, "</p>");
    }
}

static void put_association_row(struct hs_html *h, const struct hs_recurrence *r,
                                const struct hs_association *a)
{
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_rule_link(h, r->rule);
    hs_html_literal(h, "</th><td>");
    hs_html_text(h, a->factor);
    hs_html_literal(h, "</td><td>");
    hs_html_text(h, a->level);
    hs_html_literal(h, "</td><td>");
    hs_html_rate(h, a->faulty, a->judged, a->interval);
    hs_html_literal(h, "</td><td>");
    hs_html_textf(h, "%d of %d", a->faulty_else, a->judged_else);
    hs_html_literal(h, "</td><td>");
    if (isfinite(a->q))
        hs_html_number(h, a->q, 3);
    else
        hs_html_text(h, a->why ? a->why : "not tested");
    if (a->aliased_with) {
        hs_html_literal(h, " (cannot be told from ");
        hs_html_text(h, a->aliased_with);
        hs_html_literal(h, ")");
    }
    hs_html_literal(h, "</td></tr>");
}

static void put_associations(struct hs_pages *p, struct hs_html *h)
{
    size_t shown = 0;
    for (size_t i = 0; i < p->audit->n_recurring; i++) {
        const struct hs_recurrence *r = &p->audit->recurring[i];
        for (size_t k = 0; k < r->n_associations && shown < MOST_LEVELS; k++, shown++) {
            if (!shown) {
                hs_html_table_begin(h, "by", "sortable", "By engineer, studio and other factors");
                hs_html_literal(h, "<thead><tr><th scope=\"col\">fault</th><th scope=\"col\">"
                                   "factor</th><th scope=\"col\">level</th><th scope=\"col\">at "
                                   "fault</th><th scope=\"col\">elsewhere</th><th "
                                   "scope=\"col\">q</th></tr></thead><tbody>");
            }
            put_association_row(h, r, &r->associations[k]);
        }
    }
    if (shown) {
        hs_html_literal(h, "</tbody>");
        hs_html_table_end(h);
    } else {
        hs_html_literal(h, "<p>No factor (engineer, studio, year) stands out.</p>");
    }
}

static void put_unread_file(struct hs_html *h, const struct hs_track_result *t,
                            const struct hs_file *f, const char *what)
{
    if (f->state == HS_FILE_OK || f->state == HS_FILE_NONE)
        return;
    hs_html_literal(h, "<li>");
    hs_html_track_link(h, t);
    hs_html_textf(h, ", %s ", what);
    hs_html_text(h, hs_file_state_name(f->state));
    hs_html_literal(h, ": ");
    hs_html_text(h, f->error);
    hs_html_literal(h, "</li>");
}

static void put_unread(struct hs_pages *p, struct hs_html *h)
{
    if (!p->n_failed)
        return;
    hs_html_literal(h, "<section id=\"unread\"><h2>Files that could not be read</h2><ul>");
    size_t left = MOST_UNREAD;
    for (size_t i = 0; i < p->audit->job->n_tracks && left; i++) {
        const struct hs_track_result *t = &p->audit->tracks[i];
        size_t before = h->out.len;
        put_unread_file(h, t, &t->master, "master");
        put_unread_file(h, t, &t->mix, "mix");
        left -= h->out.len > before;
    }
    hs_html_literal(h, "</ul></section>\n");
}

static void render(struct hs_pages *p, struct hs_html *h, size_t index)
{
    (void)index;
    hs_frame_begin(p, h, NULL);
    hs_html_literal(h, "<h1 class=\"vh\">Audit of the catalogue</h1>");
    hs_html_sentences(p, h);
    hs_html_literal(h, "<div class=\"screen\"><section class=\"wide\"><h2>Faults of this "
                       "catalogue</h2>");
    hs_html_fault_table(p, h, "faults", "", HEAD_FAULTS);
    hs_html_literal(h, "<p><a href=\"faults.html\">All faults</a></p></section>");
    put_head_list(p, h);
    hs_html_literal(h, "<section><h2>Since the last run</h2>");
    hs_html_digest(h, p->options->digest_text, HEAD_CHANGES);
    hs_html_literal(h, "</section></div>\n");
    put_map(p, h);
    hs_html_literal(h, "<section id=\"distributions\"><h2>The catalogue in the distributions</h2>"
                       "<p class=\"quiet\">Each dot is a master; the shaded range is expected. "
                       "The faults with most findings first.</p><div class=\"charts\">");
    put_charts(p, h, false);
    hs_html_literal(h, "</div></section>\n<section id=\"trends\"><h2>Trends by year</h2><div "
                       "class=\"charts\">");
    put_charts(p, h, true);
    hs_html_literal(h, "</div></section>\n<section id=\"people\"><h2>By engineer and studio</h2>");
    put_associations(p, h);
    hs_html_literal(h, "</section>\n");
    put_unread(p, h);
    hs_frame_end(h);
}

const struct hs_page hs_page_index = {
    .folder = "",
    .file = "index",
    .title = "Overview",
    .nav = "Overview",
    .place = 10,
    .render = render,
};
