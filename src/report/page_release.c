/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pages of a release: its facts, whether its tracks agree in level and tone, its part of the
 * map of faults, the loudness of its tracks as a chart, and on the first page the letter to the
 * mastering engineer. Long releases are cut into pages; the pages of all releases are numbered
 * through, and find_page turns that number into release and page.
 */
#include "core/num.h"
#include "report/chart.h"
#include "report/frame.h"
#include "report/letter.h"
#include "report/map.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/svg.h"
#include "report/track.h"
#include "report/words.h"

#include <math.h>
#include <stdio.h>

enum { CHART_TRACKS = 120 };

/* As the job file has them. */
static void put_facts(struct hs_html *h, const struct hs_release *r)
{
    char year[16];
    snprintf(year, sizeof year, "%d", r->year);
    hs_html_literal(h, "<dl class=\"facts\">");
    hs_html_fact(h, "year", r->year ? year : NULL);
    hs_html_fact(h, "catalogue number", r->catalogue_number);
    hs_html_fact(h, "label", r->label);
    hs_html_fact(h, "format", r->format);
    hs_html_fact(h, "barcode", r->barcode);
    hs_html_fact(h, "studio", r->studio);
    hs_html_literal(h, "</dl>");
}

/* What catalogue/ says of the release: tracks on the short list, action, hours, and whether
 * corrected tracks would fit the others. */
static void put_row(struct hs_html *h, const struct hs_release_row *row)
{
    if (!row)
        return;
    hs_html_literal(h, "<section aria-label=\"Verdict\"><p class=\"lead\">");
    hs_html_count(h, (size_t)row->n_listed, "track", "tracks");
    hs_html_literal(h, " on the short list");
    if (row->n_listed) {
        hs_html_text(h, row->n_listed > 1 ? "; the most that one of them needs: " : ": ");
        hs_html_text(h, hs_action_words(row->action));
    }
    hs_html_literal(h, "</p><p>");
    if (row->hours > 0) {
        hs_html_literal(h, "About ");
        hs_html_quantity(h, row->hours, 1, "hours");
        hs_html_literal(h, ". ");
    }
    hs_html_sentence(h, row->fit);
    hs_html_text(h, row->fit ? "." : NULL);
    hs_html_literal(h, "</p></section>\n");
}

static double level_of(const struct hs_track_result *t)
{
    return hs_values_or_nan(&t->master.values, "integrated_lufs");
}

/* Loudness and tilt of each track, for readers who see no chart. */
static void level_table(struct hs_html *h, const struct hs_plot *plot,
                        const struct hs_track_result *t, size_t n)
{
    hs_chart_table_begin(h, "Level and tone of the tracks");
    hs_html_literal(h, "<thead><tr><th scope=\"col\">track</th><th scope=\"col\">loudness, LUFS"
                       "</th><th scope=\"col\">tilt, dB per octave</th></tr></thead><tbody>");
    for (size_t i = 0; i < n; i++) {
        hs_html_literal(h, "<tr");
        hs_html_attrf(h, "data-x", "%.1f", hs_svg_x(plot, (double)i + 0.5));
        hs_html_literal(h, "><th scope=\"row\">");
        hs_html_text(h, t[i].track->title);
        hs_html_literal(h, "</th><td>");
        hs_html_number(h, level_of(&t[i]), 1);
        hs_html_literal(h, "</td><td>");
        hs_html_number(h, hs_values_or_nan(&t[i].master.values, "tilt_db_per_oct"), 1);
        hs_html_literal(h, "</td></tr>");
    }
    hs_chart_table_end(h);
}

/* Integrated loudness from track to track, with the median as a line; tracks with a jump in level
 * stand out. */
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
    struct hs_plot plot = HS_CHART_PLOT(170);
    plot.bottom = 24;
    plot.x = (struct hs_axis){0, (double)n, HS_LINEAR};
    plot.y = (struct hs_axis){floor(fmin(low, high - 4) - 1), ceil(high + 1), HS_LINEAR};
    const char *words = "Integrated loudness of the tracks in their order; the line is the "
                        "median of the release.";
    hs_chart_begin(h, "Level from track to track", words);
    hs_svg_begin(h, &plot, "levels", "Level from track to track", words);
    hs_svg_grid_y(h, &plot, hs_svg_round_step(plot.y.to - plot.y.from, 5), 0);
    hs_svg_rule_y(h, &plot, "centre", hs_median(level, known));
    for (size_t i = 0; i < n; i++) {
        double y = level_of(&t[i]);
        char text[16];
        if (isfinite(y))
            hs_svg_dot(h, &plot, hs_track_finding(&t[i], "level_jump") ? "dot d3" : "dot d0",
                       (double)i + 0.5, y, 5);
        snprintf(text, sizeof text, "%zu", i + 1);
        if (n <= 40 || i % 10 == 9)
            /* every number while they fit, else every tenth */
            hs_svg_label_x(h, &plot, n > 12 && i % 2 ? "wide" : NULL, (double)i + 0.5, text);
    }
    hs_svg_axis_names(h, &plot, NULL, "LUFS");
    hs_svg_end(h);
    hs_html_literal(h, "<p class=\"key\"><span class=\"k-dot0\">track</span> <span "
                       "class=\"k-dot3\">stands out from its release</span></p>");
    level_table(h, &plot, t, n);
    hs_chart_end(h);
}

/* A letter is written only where mix and master of at least one track were compared. */
static bool any_pair(const struct hs_track_result *t, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (t[i].pair.state == HS_PAIR_ALIGNED || t[i].pair.state == HS_PAIR_EDITED)
            return true;
    return false;
}

/* All pages of the first release, then those of the second, ... */
static void find_page(const struct hs_pages *p, size_t index, size_t *release, size_t *number)
{
    size_t per_page = hs_map_rows_per_page(p), n;
    *number = index;
    for (*release = 0;; (*release)++, *number -= n) {
        n = hs_page_count(p->audit->job->releases[*release].n_tracks, per_page);
        if (*number < n)
            return;
    }
}

/* Long releases have several pages; the letter is on the first. */
static void render(struct hs_pages *p, struct hs_html *h, size_t index)
{
    size_t release, number;
    find_page(p, index, &release, &number);
    const struct hs_release *r = &p->audit->job->releases[release];
    const struct hs_track_result *tracks = &p->audit->tracks[r->first_track];
    size_t per_page = hs_map_rows_per_page(p), first = number * per_page;
    size_t n = r->n_tracks - first < per_page ? r->n_tracks - first : per_page;
    const char *title = *r->title ? r->title : "untitled";
    hs_frame_begin(p, h, title);
    hs_html_literal(h, "<p class=\"crumb\">");
    hs_html_link(h, "", "index", ".html", "Overview");
    hs_html_literal(h, " \xe2\x80\xba ");
    hs_html_link(h, "", "releases", ".html", "Releases");
    hs_html_literal(h, "</p><div class=\"hero\"><h1>");
    hs_html_text(h, title);
    hs_html_literal(h, "</h1></div>");
    put_facts(h, r);
    put_row(h, hs_pages_release_row(p, release));
    hs_html_literal(h, "<section><h2>Tracks and faults</h2>");
    hs_html_map_legend(h);
    hs_html_pager(p, h, "releases/", p->release_file[release], number,
                  hs_page_count(r->n_tracks, per_page));
    hs_html_map(p, h, r->first_track + first, r->first_track + first + n);
    hs_html_literal(h, "</section>\n");
    put_levels(h, tracks + first, n);
    if (!number && any_pair(tracks, r->n_tracks))
        hs_html_letter(p, h, tracks, r->n_tracks);
    hs_frame_end(p, h);
}

static size_t count(const struct hs_pages *p)
{
    size_t n = 0, per_page = hs_map_rows_per_page(p);
    for (size_t r = 0; r < p->audit->job->n_releases; r++)
        n += hs_page_count(p->audit->job->releases[r].n_tracks, per_page);
    return n;
}

static const char *name(struct hs_pages *p, size_t index)
{
    size_t release, number;
    find_page(p, index, &release, &number);
    return hs_page_name(&p->arena, p->release_file[release], number);
}

const struct hs_page hs_page_release = {
    .folder = "releases/",
    .count = count,
    .name = name,
    .render = render,
};
