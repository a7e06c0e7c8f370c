/* SPDX-License-Identifier: Apache-2.0 */
/* releases.html: the list of releases, with the tracks, faults and short-list rows of each. */
#include "report/frame.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/track.h"

/* Faults that count, tracks without a fault, tracks that could not be read, tracks on the short
 * list. */
static void put_release(struct hs_pages *p, struct hs_html *h, size_t release)
{
    const struct hs_release *r = &p->audit->job->releases[release];
    const struct hs_release_row *row = hs_pages_release_row(p, release);
    size_t faults = 0, clean = 0, unread = 0;
    /* counted over the masters of the release */
    for (size_t i = 0; i < r->n_tracks; i++) {
        const struct hs_track_result *t = &p->audit->tracks[r->first_track + i];
        size_t n = hs_track_counted(t);
        faults += n;
        unread += t->master.state != HS_FILE_OK;
        clean += !n && t->master.state == HS_FILE_OK;
    }
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_release_link(p, h, release);
    hs_html_literal(h, "</th><td>");
    if (r->year)
        hs_html_textf(h, "%d", r->year);
    hs_html_literal(h, "</td><td>");
    hs_html_text(h, r->catalogue_number);
    hs_html_literal(h, "</td><td class=\"num\">");
    hs_html_textf(h, "%zu", r->n_tracks);
    hs_html_literal(h, "</td><td class=\"num\">");
    hs_html_textf(h, "%zu", faults);
    hs_html_literal(h, "</td><td class=\"num\">");
    hs_html_textf(h, "%zu", clean);
    hs_html_literal(h, "</td><td class=\"num\">");
    hs_html_textf(h, "%zu", unread);
    hs_html_literal(h, "</td><td class=\"num\">");
    hs_html_textf(h, "%d", row ? row->n_listed : 0);
    hs_html_literal(h, "</td><td>");
    hs_html_text(h, row && row->n_listed ? hs_action_name(row->action) : "");
    hs_html_literal(h, "</td></tr>\n");
}

/* HS_PAGE_ROWS releases a page. */
static void render(struct hs_pages *p, struct hs_html *h, size_t number)
{
    size_t n = p->audit->job->n_releases, n_pages = hs_page_count(n, HS_PAGE_ROWS);
    hs_frame_begin(p, h, NULL);
    hs_html_literal(h, "<div class=\"hero\"><h1>Releases</h1></div>");
    hs_html_pager(p, h, "", "releases", number, n_pages);
    hs_html_table_begin(h, "releases", "sortable", "Releases in the order of the job");
    hs_html_literal(h, "<thead><tr><th scope=\"col\">release</th><th scope=\"col\">year</th><th "
                       "scope=\"col\">number</th><th scope=\"col\" class=\"num\">tracks</th><th "
                       "scope=\"col\" class=\"num\">faults</th><th scope=\"col\" class=\"num\">"
                       "tracks without a finding</th><th scope=\"col\" class=\"num\">not readable"
                       "</th><th scope=\"col\" class=\"num\">on the short list</th><th "
                       "scope=\"col\">action</th></tr></thead><tbody>");
    for (size_t i = number * HS_PAGE_ROWS; i < n && i < (number + 1) * HS_PAGE_ROWS; i++)
        put_release(p, h, i);
    hs_html_table_end(h);
    hs_frame_end(p, h);
}

static size_t count(const struct hs_pages *p)
{
    return hs_page_count(p->audit->job->n_releases, HS_PAGE_ROWS);
}

const struct hs_page hs_page_releases = {
    .folder = "",
    .file = "releases",
    .title = "Releases",
    .nav = "Releases",
    .place = 30,
    .count = count,
    .render = render,
};
