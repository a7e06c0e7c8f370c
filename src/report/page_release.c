/* SPDX-License-Identifier: Apache-2.0 */
/* The page of a release: its part of the map, and whether its tracks agree in level and
 * tone; and the list of releases. */
#include "core/num.h"
#include "report/chart.h"
#include "report/page_parts.h"

#include <math.h>
#include <stdio.h>

enum { CHART_TRACKS = 120 };

static void put_facts(struct hs_html *h, const struct hs_release *r)
{
    char year[16];
    snprintf(year, sizeof year, "%d", r->year);
    html_literal(h, "<dl class=\"facts\">");
    hs_put_fact(h, "year", r->year ? year : NULL);
    hs_put_fact(h, "catalogue number", r->catalogue_number);
    hs_put_fact(h, "label", r->label);
    hs_put_fact(h, "format", r->format);
    hs_put_fact(h, "barcode", r->barcode);
    hs_put_fact(h, "studio", r->studio);
    html_literal(h, "</dl>");
}

static const struct hs_release_row *row_of(struct hs_pages *p, size_t release)
{
    if (release < p->audit->n_release_rows && p->audit->release_rows[release].release == release)
        return &p->audit->release_rows[release]; /* as catalogue/ leaves them */
    for (size_t i = 0; i < p->audit->n_release_rows; i++)
        if (p->audit->release_rows[i].release == release)
            return &p->audit->release_rows[i];
    return NULL;
}

static void put_row(struct hs_html *h, const struct hs_release_row *row)
{
    if (!row)
        return;
    html_literal(h, "<section class=\"verdict\" aria-label=\"Verdict\"><p class=\"big\">");
    html_count(h, (size_t)row->n_listed, "track", "tracks");
    html_literal(h, " on the short list");
    if (row->n_listed) {
        html_literal(h, ": ");
        html_text(h, hs_action_words(row->action));
    }
    html_literal(h, "</p><p>");
    if (row->hours > 0) {
        html_literal(h, "About ");
        html_quantity(h, row->hours, 1, "hours");
        html_literal(h, ". ");
    }
    html_text(h, row->fit);
    html_literal(h, "</p></section>\n");
}

static double level_of(const struct hs_track_result *t)
{
    return hs_values_or_nan(&t->master.values, "integrated_lufs");
}

static void level_table(struct hs_html *h, const struct hs_plot *plot,
                        const struct hs_track_result *t, size_t n)
{
    chart_table_begin(h, "Level and tone of the tracks");
    html_literal(h, "<thead><tr><th scope=\"col\">track</th><th scope=\"col\">loudness, LUFS"
                    "</th><th scope=\"col\">tilt, dB per octave</th></tr></thead><tbody>");
    for (size_t i = 0; i < n; i++) {
        html_literal(h, "<tr");
        html_attrf(h, "data-x", "%.1f", svg_x(plot, (double)i + 0.5));
        html_literal(h, "><th scope=\"row\">");
        html_text(h, t[i].track->title);
        html_literal(h, "</th><td>");
        html_number(h, level_of(&t[i]), 1);
        html_literal(h, "</td><td>");
        html_number(h, hs_values_or_nan(&t[i].master.values, "tilt_db_per_oct"), 1);
        html_literal(h, "</td></tr>");
    }
    chart_table_end(h);
}

static void put_levels(struct hs_html *h, const struct hs_track_result *t, size_t n)
{
    double level[CHART_TRACKS], low = INFINITY, high = -INFINITY;
    size_t known = 0;
    n = n > CHART_TRACKS ? CHART_TRACKS : n;
    for (size_t i = 0; i < n; i++)
        if (isfinite(level_of(&t[i]))) {
            level[known++] = level_of(&t[i]);
            low = fmin(low, level_of(&t[i]));
            high = fmax(high, level_of(&t[i]));
        }
    if (known < 2)
        return;
    struct hs_plot plot = CHART_PLOT(720, 170);
    plot.bottom = 24;
    plot.x = (struct hs_axis){0, (double)n, HS_LINEAR};
    plot.y = (struct hs_axis){floor(fmin(low, high - 4) - 1), ceil(high + 1), HS_LINEAR};
    const char *words = "Integrated loudness of the tracks in their order; the line is the "
                        "median of the release.";
    chart_begin(h, "Level from track to track", words);
    svg_begin(h, &plot, "levels", "Level from track to track", words);
    svg_grid_y(h, &plot, svg_round_step(plot.y.to - plot.y.from, 5), 0);
    svg_rule_y(h, &plot, "centre", hs_median(level, known));
    for (size_t i = 0; i < n; i++) {
        double y = level_of(&t[i]);
        char text[16];
        if (isfinite(y))
            svg_dot(h, &plot, hs_track_finding(&t[i], "level_jump") ? "dot d3" : "dot d0",
                    (double)i + 0.5, y, 5);
        snprintf(text, sizeof text, "%zu", i + 1);
        if (n <= 40 || i % 10 == 9)
            svg_label(h, svg_x(&plot, (double)i + 0.5), plot.height - plot.bottom + 14, "tick",
                      "middle", text);
    }
    svg_axis_names(h, &plot, NULL, "LUFS");
    svg_end(h);
    html_literal(h, "<p class=\"key\"><span class=\"k-dot0\">track</span> <span "
                    "class=\"k-dot3\">stands out from its release</span></p>");
    level_table(h, &plot, t, n);
    chart_end(h);
}

void hs_page_release(struct hs_pages *p, struct hs_html *h, size_t release, size_t number)
{
    const struct hs_release *r = &p->audit->job->releases[release];
    const struct hs_track_result *tracks = &p->audit->tracks[r->first_track];
    size_t per_page = hs_map_rows_per_page(p), first = number * per_page;
    size_t n = r->n_tracks - first < per_page ? r->n_tracks - first : per_page;
    const char *title = *r->title ? r->title : "untitled";
    hs_page_begin(p, h, "../", title, NULL);
    html_literal(h, "<h1>");
    html_text(h, title);
    html_literal(h, "</h1>");
    put_facts(h, r);
    put_row(h, row_of(p, release));
    html_literal(h, "<section><h2>Tracks and faults</h2>");
    hs_put_map_legend(h);
    hs_put_pager(p, h, "releases/", p->release_file[release], number,
                 hs_page_count(r->n_tracks, per_page));
    hs_put_table_begin(h, "heat", "map sortable", "Tracks against faults");
    hs_put_map_head(p, h, "track");
    html_literal(h, "<tbody>");
    for (size_t i = 0; i < n; i++)
        hs_put_map_row(p, h, &tracks[first + i]);
    html_literal(h, "</tbody>");
    hs_put_table_end(h);
    html_literal(h, "</section>\n");
    put_levels(h, tracks + first, n);
    hs_page_end(h);
}

static void put_release(struct hs_pages *p, struct hs_html *h, size_t release)
{
    const struct hs_release *r = &p->audit->job->releases[release];
    const struct hs_release_row *row = row_of(p, release);
    size_t faults = 0, clean = 0, unread = 0;
    for (size_t i = 0; i < r->n_tracks; i++) {
        const struct hs_track_result *t = &p->audit->tracks[r->first_track + i];
        size_t n = hs_track_counted(t);
        faults += n;
        unread += t->master.state != HS_FILE_OK;
        clean += !n && t->master.state == HS_FILE_OK;
    }
    html_literal(h, "<tr><th scope=\"row\">");
    hs_put_release_link(p, h, release);
    html_literal(h, "</th><td>");
    if (r->year)
        html_textf(h, "%d", r->year);
    html_literal(h, "</td><td>");
    html_text(h, r->catalogue_number);
    html_literal(h, "</td><td class=\"num\">");
    html_textf(h, "%zu", r->n_tracks);
    html_literal(h, "</td><td class=\"num\">");
    html_textf(h, "%zu", faults);
    html_literal(h, "</td><td class=\"num\">");
    html_textf(h, "%zu", clean);
    html_literal(h, "</td><td class=\"num\">");
    html_textf(h, "%zu", unread);
    html_literal(h, "</td><td class=\"num\">");
    html_textf(h, "%d", row ? row->n_listed : 0);
    html_literal(h, "</td><td>");
    html_text(h, row && row->n_listed ? hs_action_name(row->action) : "");
    html_literal(h, "</td></tr>\n");
}

void hs_page_releases(struct hs_pages *p, struct hs_html *h, size_t number)
{
    size_t n = p->audit->job->n_releases, n_pages = hs_page_count(n, HS_PAGE_ROWS);
    hs_page_begin(p, h, "", "Releases", "releases");
    html_literal(h, "<h1>Releases</h1>");
    hs_put_pager(p, h, "", "releases", number, n_pages);
    hs_put_table_begin(h, "releases", "sortable", "Releases in the order of the job");
    html_literal(h, "<thead><tr><th scope=\"col\">release</th><th scope=\"col\">year</th><th "
                    "scope=\"col\">number</th><th scope=\"col\" class=\"num\">tracks</th><th "
                    "scope=\"col\" class=\"num\">faults</th><th scope=\"col\" class=\"num\">"
                    "tracks without a finding</th><th scope=\"col\" class=\"num\">not readable"
                    "</th><th scope=\"col\" class=\"num\">on the short list</th><th "
                    "scope=\"col\">action</th></tr></thead><tbody>");
    for (size_t i = number * HS_PAGE_ROWS; i < n && i < (number + 1) * HS_PAGE_ROWS; i++)
        put_release(p, h, i);
    html_literal(h, "</tbody>");
    hs_put_table_end(h);
    hs_page_end(h);
}
