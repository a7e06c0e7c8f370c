/* SPDX-License-Identifier: Apache-2.0 */
/* The map: songs as rows, grouped by release, faults as columns, severity as sign and colour. A
 * page holds at most HS_PAGE_CELLS cells, so a large catalogue has several; then the first page
 * links to them (page_map.c). */
#include "report/map.h"

#include "report/frame.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/track.h"
#include "report/words.h"

#include <stdio.h>

/* Faults that were found somewhere; the others are named below the map. */
size_t hs_map_columns(const struct hs_pages *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_rules; i++)
        n += p->rules[i].found > 0;
    return n;
}

/* Cells divided by columns, so that a page with many faults has fewer rows. */
size_t hs_map_rows_per_page(const struct hs_pages *p)
{
    size_t rows = HS_PAGE_CELLS / (hs_map_columns(p) + 2);
    return rows > HS_PAGE_ROWS ? HS_PAGE_ROWS : rows ? rows : 1;
}

/* 0: the whole map fits on the first page. */
size_t hs_map_pages(const struct hs_pages *p)
{
    size_t n = p->audit->job->n_tracks, per_page = hs_map_rows_per_page(p);
    return n > per_page ? hs_page_count(n, per_page) : 0;
}

/* Columns of rules that were found somewhere. */
static void put_head(struct hs_pages *p, struct hs_html *h)
{
    hs_html_literal(h, "<thead><tr><th scope=\"col\">song</th><th scope=\"col\" "
                       "class=\"num\">faults</th>");
    for (size_t i = 0; i < p->n_rules; i++) {
        if (!p->rules[i].found)
            continue;
        hs_html_literal(h, "<th scope=\"col\" class=\"turn\">");
        hs_html_rule_link(h, p->rules[i].id);
        hs_html_literal(h, "</th>");
    }
    hs_html_literal(h, "</tr></thead>");
}

/* The sign comes from the style sheet; the words are there for everyone else. */
static void put_finding_cell(struct hs_html *h, const struct hs_finding *f)
{
    char words[160];
    bool cured = f->origin == HS_ORIGIN_CURED;
    snprintf(words, sizeof words, "%s%s%s%s",
             hs_finding_cured(f) ? "cured, was "
             : cured             ? "nearer to the middle, "
                                 : "",
             hs_severity_name(f->severity), f->accepted ? ", accepted" : "",
             f->explained_by ? ", part of another" : "");
    hs_html_literal(h, "<td");
    hs_html_attrf(h, "class", "m%d%s%s%s%s", (int)f->severity, cured ? " cured" : "",
                  f->accepted ? " accepted" : "", f->explained_by ? " part" : "",
                  hs_origin_in_mix(f->origin) ? " ticked" : "");
    hs_html_attr(h, "data-label", hs_finding_title(f));
    hs_html_attrf(h, "title", "%s: %s, %s", hs_finding_title(f), words, hs_finding_origin(f));
    hs_html_literal(h, "><span class=\"vh\">");
    hs_html_textf(h, "%s, %s", words, hs_origin_short(f->origin));
    hs_html_literal(h, "</span></td>");
}

/* Found, judged and in range, or not judged; the three must look different. */
static void put_cell(struct hs_html *h, const struct hs_track_result *t, const char *rule)
{
    const struct hs_finding *f = hs_track_finding(t, rule);
    if (f)
        put_finding_cell(h, f);
    else if (hs_track_judgement(t, rule))
        hs_html_literal(h, "<td class=\"ok\"></td>");
    else {
        hs_html_literal(h, "<td class=\"nj\"");
        hs_html_attr(h, "data-label", hs_rule_title(rule));
        hs_html_literal(h, ">?</td>");
    }
}

/* The number of findings that count stands beside the title. */
static void put_row(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t)
{
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_track_link(h, t);
    hs_html_literal(h, "</th><td class=\"num\">");
    if (t->master.state == HS_FILE_OK)
        hs_html_textf(h, "%zu", hs_track_counted(t));
    else
        hs_html_text(h, hs_file_state_name(t->master.state));
    hs_html_literal(h, "</td>");
    for (size_t i = 0; i < p->n_rules; i++)
        if (p->rules[i].found)
            put_cell(h, t, p->rules[i].id);
    hs_html_literal(h, "</tr>\n");
}

static void put_release(struct hs_pages *p, struct hs_html *h, size_t release)
{
    hs_html_literal(h, "<tbody><tr class=\"group\"><th scope=\"rowgroup\"");
    hs_html_attrf(h, "colspan", "%zu", hs_map_columns(p) + 2);
    hs_html_literal(h, ">");
    hs_html_release_link(p, h, release);
    if (p->audit->job->releases[release].year)
        hs_html_textf(h, " (%d)", p->audit->job->releases[release].year);
    hs_html_literal(h, "</th></tr>\n");
}

/* The signs from severe to note, and that of what could not be judged. */
void hs_html_map_legend(struct hs_html *h)
{
    hs_html_literal(h, "<p class=\"key\">");
    for (int s = HS_SEVERE; s >= HS_NOTE; s--) {
        hs_html_severity(h, (enum hs_severity)s);
        hs_html_literal(h, " ");
    }
    hs_html_literal(h, "<span><span aria-hidden=\"true\">\xe2\x9c\x93</span> in the mix already"
                       "</span> <span><span aria-hidden=\"true\">\xe2\x86\x98</span> cured by "
                       "mastering</span> <span><span aria-hidden=\"true\">( )</span> part of "
                       "another finding, or accepted</span> <span>? not judged</span> <span>empty: "
                       "judged, in range</span></p>");
}

/* Tracks from `first` to before `end`; a body of the table for each release. */
void hs_html_map(struct hs_pages *p, struct hs_html *h, size_t first, size_t end)
{
    const struct hs_job *job = p->audit->job;
    hs_html_literal(h, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Songs "
                       "against faults\"><table id=\"heat\" class=\"map sortable\"><caption>");
    hs_html_literal(h, "In the order of the job; faults from left to right: what recurs first. ");
    hs_html_cut(h, end - first, job->n_tracks);
    hs_html_literal(h, "</caption>");
    put_head(p, h);
    for (size_t t = first; t < end; t++) {
        size_t release = job->tracks[t].release;
        if (t == first || job->tracks[t - 1].release != release) {
            if (t != first)
                hs_html_literal(h, "</tbody>");
            put_release(p, h, release);
        }
        put_row(p, h, &p->audit->tracks[t]);
    }
    hs_html_literal(h, "</tbody></table></div>\n");
}
