/* SPDX-License-Identifier: Apache-2.0 */
/* index.html: the answer on one screen, then the map, trends and distributions. */
#include "report/page_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    HEAD_FAULTS = 7,
    HEAD_LIST = 6,
    HEAD_CHANGES = 9,
    CHARTS = 9,
    MOST_UNREAD = 100,
    MOST_LEVELS = 12
};

static void put_prevalence(struct hs_html *h, const struct hs_rule_count *r)
{
    const struct hs_recurrence *x = r->recurrence;
    html_literal(h, "<td class=\"nw\" data-v=\"");
    html_textf(h, "%.4f", x ? x->rate : 0);
    html_literal(h, "\">");
    if (x) {
        hs_chart_rate(h, x);
        hs_put_rate(h, x->faulty, x->judged, x->interval_clustered);
    }
    if (!x)
        html_textf(h, "%zu", r->counted);
    html_literal(h, "</td><td>");
    if (x && isfinite(x->base_rate))
        html_share(h, x->base_rate);
    else
        html_literal(h, "not known");
    html_literal(h, "</td>");
}

static void put_trend_word(struct hs_html *h, const struct hs_recurrence *x)
{
    if (!x || !x->trend.direction) {
        html_literal(h, "<span class=\"quiet\">cannot say</span>");
        return;
    }
    const char *sign = !strcmp(x->trend.direction, "worse")    ? "\xe2\x86\x97 "
                       : !strcmp(x->trend.direction, "better") ? "\xe2\x86\x98 "
                                                               : "\xe2\x86\x92 ";
    html_text(h, sign);
    html_text(h, x->trend.direction);
}

static void put_fault_row(struct hs_html *h, const struct hs_rule_count *r)
{
    bool recurring = r->recurrence && r->recurrence->recurring;
    html_literal(h, "<tr><th scope=\"row\">");
    hs_put_rule_link(h, r->id);
    html_literal(h, "</th>");
    put_prevalence(h, r);
    html_literal(h, "<td>");
    if (recurring)
        html_literal(h, "<span class=\"sev s4\"><span aria-hidden=\"true\">\xe2\x86\xbb</span> "
                        "recurs</span>");
    else
        html_literal(h, "<span class=\"quiet\">not shown to recur</span>");
    html_literal(h, "</td><td>");
    hs_put_origins(h, r);
    html_literal(h, "</td><td class=\"nw\">");
    put_trend_word(h, r->recurrence);
    html_literal(h, "</td></tr>");
}

static void put_fault_table(struct hs_pages *p, struct hs_html *h, const char *id,
                            const char *klass, size_t most)
{
    size_t shown = 0;
    hs_put_table_begin(h, id, klass, "Recurring faults");
    html_literal(h, "<thead><tr><th scope=\"col\">fault</th><th scope=\"col\">masters at "
                    "fault (95\xe2\x80\xaf% interval)</th><th scope=\"col\">references</th><th "
                    "scope=\"col\">verdict</th><th scope=\"col\">origin</th><th "
                    "scope=\"col\">trend</th></tr></thead><tbody>");
    for (size_t i = 0; i < p->n_rules && shown < most; i++)
        if (p->rules[i].counted || p->rules[i].cured) {
            put_fault_row(h, &p->rules[i]);
            shown++;
        }
    if (!shown)
        html_literal(h, "<tr><td colspan=\"6\">No fault counts.</td></tr>");
    html_literal(h, "</tbody>");
    hs_put_table_end(h);
}

static void put_head_list(struct hs_pages *p, struct hs_html *h)
{
    html_literal(h, "<section><h2>Short list</h2>");
    if (!p->n_listed)
        html_literal(h, "<p>No track is worth re-issuing by what was measured.</p>");
    else
        html_literal(h, "<ol class=\"head\">");
    size_t shown = 0;
    for (size_t i = 0; i < p->audit->n_shortlist && shown < HEAD_LIST; i++) {
        const struct hs_shortlist_row *row = &p->audit->shortlist[i];
        if (!row->rank)
            continue;
        html_literal(h, "<li>");
        hs_put_track_link(h, &p->audit->tracks[row->track]);
        html_literal(h, " <span class=\"action\">");
        html_text(h, hs_action_name(row->action));
        html_literal(h, "</span> <span class=\"quiet\">priority ");
        html_number(h, row->priority, 1);
        html_literal(h, "</span></li>");
        shown++;
    }
    if (p->n_listed)
        html_literal(h, "</ol>");
    html_literal(h, "<p><a href=\"shortlist.html\">Whole list with reasons</a></p></section>");
}

static void put_map_groups(struct hs_pages *p, struct hs_html *h)
{
    const struct hs_job *job = p->audit->job;
    for (size_t r = 0; r < job->n_releases; r++) {
        const struct hs_release *release = &job->releases[r];
        html_literal(h, "<tbody><tr class=\"group\"><th scope=\"rowgroup\"");
        html_attrf(h, "colspan", "%zu", hs_map_columns(p) + 2);
        html_literal(h, ">");
        hs_put_release_link(p, h, r);
        if (release->year)
            html_textf(h, " (%d)", release->year);
        html_literal(h, "</th></tr>\n");
        for (size_t t = 0; t < release->n_tracks; t++)
            hs_put_map_row(p, h, &p->audit->tracks[release->first_track + t]);
        html_literal(h, "</tbody>");
    }
}

static void put_unfound(struct hs_pages *p, struct hs_html *h)
{
    bool any = false;
    for (size_t i = 0; i < p->n_rules; i++) {
        const struct hs_rule_count *r = &p->rules[i];
        if (r->found || !r->judged)
            continue;
        html_text(h, any ? ", " : "");
        if (!any)
            html_literal(h, "<p class=\"quiet\">Judged and found nowhere: ");
        hs_put_rule_link(h, r->id);
        html_textf(h, " (%zu)", r->judged);
        any = true;
    }
    if (any)
        html_literal(h, ".</p>");
}

static void put_map(struct hs_pages *p, struct hs_html *h)
{
    html_literal(h, "<section id=\"map\"><h2>Map: tracks and faults</h2>");
    hs_put_map_legend(h);
    if (!p->n_maps) {
        hs_put_table_begin(h, "heat", "map sortable", "Tracks against faults, by release");
        hs_put_map_head(p, h, "track");
        put_map_groups(p, h);
        hs_put_table_end(h);
    } else {
        html_literal(h, "<p>The catalogue is large: its tracks stand on ");
        html_textf(h, "%zu pages. ", p->n_maps);
        html_link(h, "", "map", ".html", "Open the map");
        html_literal(h, ", or start from a ");
        html_link(h, "", "releases", ".html", "release");
        html_literal(h, ".</p>");
        hs_put_pager(p, h, "", "map", p->n_maps, p->n_maps);
    }
    put_unfound(p, h);
    html_literal(h, "</section>\n");
}

void hs_page_map(struct hs_pages *p, struct hs_html *h, size_t number)
{
    size_t per_page = hs_map_rows_per_page(p), first = number * per_page;
    const struct hs_job *job = p->audit->job;
    hs_page_begin(p, h, "", "Map", NULL);
    html_literal(h, "<h1>Map: tracks and faults</h1>");
    hs_put_map_legend(h);
    hs_put_pager(p, h, "", "map", number, p->n_maps);
    hs_put_table_begin(h, "heat", "map sortable", "Tracks against faults, by release");
    hs_put_map_head(p, h, "track");
    for (size_t t = first; t < first + per_page && t < job->n_tracks; t++) {
        size_t release = job->tracks[t].release;
        if (t == first || job->tracks[t - 1].release != release) {
            if (t != first)
                html_literal(h, "</tbody>");
            html_literal(h, "<tbody><tr class=\"group\"><th scope=\"rowgroup\"");
            html_attrf(h, "colspan", "%zu", hs_map_columns(p) + 2);
            html_literal(h, ">");
            hs_put_release_link(p, h, release);
            html_literal(h, "</th></tr>\n");
        }
        hs_put_map_row(p, h, &p->audit->tracks[t]);
    }
    html_literal(h, "</tbody>");
    hs_put_table_end(h);
    hs_put_pager(p, h, "", "map", number, p->n_maps);
    hs_page_end(h);
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
        html_literal(h, "<p>");
        html_text(h, years ? "At least two years are needed." : "Nothing to draw.");
        html_literal(h, "</p>");
    }
}

static void put_association_row(struct hs_html *h, const struct hs_recurrence *r,
                                const struct hs_association *a)
{
    html_literal(h, "<tr><th scope=\"row\">");
    hs_put_rule_link(h, r->rule);
    html_literal(h, "</th><td>");
    html_text(h, a->factor);
    html_literal(h, "</td><td>");
    html_text(h, a->level);
    html_literal(h, "</td><td>");
    hs_put_rate(h, a->faulty, a->judged, a->interval);
    html_literal(h, "</td><td>");
    html_textf(h, "%d of %d", a->faulty_else, a->judged_else);
    html_literal(h, "</td><td>");
    if (isfinite(a->q))
        html_number(h, a->q, 3);
    else
        html_text(h, a->why ? a->why : "not tested");
    if (a->aliased_with) {
        html_literal(h, " (cannot be told from ");
        html_text(h, a->aliased_with);
        html_literal(h, ")");
    }
    html_literal(h, "</td></tr>");
}

static void put_associations(struct hs_pages *p, struct hs_html *h)
{
    size_t shown = 0;
    for (size_t i = 0; i < p->audit->n_recurring; i++) {
        const struct hs_recurrence *r = &p->audit->recurring[i];
        for (size_t k = 0; k < r->n_associations && shown < MOST_LEVELS; k++, shown++) {
            if (!shown) {
                hs_put_table_begin(h, "by", "sortable", "By engineer, studio and other factors");
                html_literal(h, "<thead><tr><th scope=\"col\">fault</th><th scope=\"col\">"
                                "factor</th><th scope=\"col\">level</th><th scope=\"col\">at "
                                "fault</th><th scope=\"col\">elsewhere</th><th "
                                "scope=\"col\">q</th></tr></thead><tbody>");
            }
            put_association_row(h, r, &r->associations[k]);
        }
    }
    if (shown) {
        html_literal(h, "</tbody>");
        hs_put_table_end(h);
    } else {
        html_literal(h, "<p>No factor (engineer, studio, year) stands out.</p>");
    }
}

static void put_unread_file(struct hs_html *h, const struct hs_track_result *t,
                            const struct hs_file *f, const char *what)
{
    if (f->state == HS_FILE_OK || f->state == HS_FILE_NONE)
        return;
    html_literal(h, "<li>");
    hs_put_track_link(h, t);
    html_textf(h, ", %s ", what);
    html_text(h, hs_file_state_name(f->state));
    html_literal(h, ": ");
    html_text(h, f->error);
    html_literal(h, "</li>");
}

static void put_unread(struct hs_pages *p, struct hs_html *h)
{
    if (!p->n_failed)
        return;
    html_literal(h, "<section id=\"unread\"><h2>Files that could not be read</h2><ul>");
    size_t left = MOST_UNREAD;
    for (size_t i = 0; i < p->audit->job->n_tracks && left; i++) {
        const struct hs_track_result *t = &p->audit->tracks[i];
        size_t before = h->out.len;
        put_unread_file(h, t, &t->master, "master");
        put_unread_file(h, t, &t->mix, "mix");
        left -= h->out.len > before;
    }
    html_literal(h, "</ul></section>\n");
}

void hs_page_index(struct hs_pages *p, struct hs_html *h)
{
    hs_page_begin(p, h, "", "Overview", "index");
    html_literal(h, "<h1 class=\"vh\">Audit of the catalogue</h1>");
    hs_put_sentences(p, h);
    html_literal(h, "<div class=\"screen\"><section class=\"wide\"><h2>Faults of this "
                    "catalogue</h2>");
    put_fault_table(p, h, "faults", "", HEAD_FAULTS);
    html_literal(h, "<p><a href=\"faults.html\">All faults</a></p></section>");
    put_head_list(p, h);
    html_literal(h, "<section><h2>Since the last run</h2>");
    hs_put_digest(h, p->options->digest_text, HEAD_CHANGES);
    html_literal(h, "</section></div>\n");
    put_map(p, h);
    html_literal(h, "<section id=\"distributions\"><h2>The catalogue in the distributions</h2>"
                    "<p class=\"quiet\">Each dot is a master; the shaded range is expected. "
                    "The faults with most findings first.</p><div class=\"charts\">");
    put_charts(p, h, false);
    html_literal(h, "</div></section>\n<section id=\"trends\"><h2>Trends by year</h2><div "
                    "class=\"charts\">");
    put_charts(p, h, true);
    html_literal(h, "</div></section>\n<section id=\"people\"><h2>By engineer and studio</h2>");
    put_associations(p, h);
    html_literal(h, "</section>\n");
    put_unread(p, h);
    hs_page_end(h);
}

void hs_page_rules(struct hs_pages *p, struct hs_html *h)
{
    hs_page_begin(p, h, "", "Faults", "faults");
    html_literal(h, "<h1>Faults</h1><p>A fault recurs when it is more frequent than in the "
                    "reference tracks, beyond what chance explains.</p>");
    put_fault_table(p, h, "faults", "sortable", HS_PAGE_ROWS);
    html_literal(h, "<h2>Judged, without a finding</h2>");
    put_unfound(p, h);
    hs_page_end(h);
}
