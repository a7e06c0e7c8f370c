/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Releases with a year and at least one judgement are sorted by year. More than 40 are put
 *    together by year.
 * 2. Each is a dot at its share of faulty masters with a line over Wilson's 95 % interval. A dot
 *    whose whole interval lies above the usual share stands out.
 * 3. Where no master is at fault and a change of notes is shown, notes are counted.
 * 4. Gaps of three years and more are written in words. A proven change is a vertical line.
 * 5. The same numbers follow as a table.
 */
#include "report/chart_rate.h"

#include "catalogue/stats_counts.h"
#include "core/alloc.h"
#include "report/chart.h"
#include "report/track.h"
#include "report/words.h"

#include <math.h>
#include <stdlib.h>

enum { MOST = 40, WORDS_BELOW = 12 };

struct point {
    size_t release; /* of several the first */
    int year, faulty, judged;
    const char *title; /* NULL: several releases of one year */
};

/* What is counted: findings from minor up, or notes where these alone show a change. */
static bool by_notes(const struct hs_rule_count *r)
{
    return !r->counted && r->recurrence && hs_since_shown(&r->recurrence->since);
}

/* A cured finding or one that is on purpose is judged and not faulty. */
static void count(const struct hs_pages *p, const struct hs_release *r, const char *rule,
                  bool notes, struct point *out)
{
    for (size_t i = 0; i < r->n_tracks; i++) {
        const struct hs_track_result *t = &p->audit->tracks[r->first_track + i];
        const struct hs_finding *f = hs_track_finding(t, rule);
        out->judged += (f || hs_track_judgement(t, rule)) && hs_track_counts_for_rule(t, rule);
        out->faulty += f && (notes ? hs_finding_stands(f) : hs_finding_counts_for_rule(f));
    }
}

static int by_year(const void *a, const void *b)
{
    const struct point *x = a, *y = b;
    return (x->year > y->year) - (x->year < y->year);
}

/* Releases in the order of their years; where there are more than fit, those of a year
 * together. */
static size_t collect(const struct hs_pages *p, const char *rule, bool notes, struct point *out)
{
    const struct hs_job *job = p->audit->job;
    size_t n = 0, k = 0;
    for (size_t r = 0; r < job->n_releases; r++) {
        struct point at = {
            .release = r, .year = job->releases[r].year, .title = job->releases[r].title};
        count(p, &job->releases[r], rule, notes, &at);
        if (at.year && at.judged)
            out[n++] = at;
    }
    /* releases one by one; too many of them are drawn year by year */
    qsort(out, n, sizeof *out, by_year);
    if (n <= MOST)
        return n;
    for (size_t i = 1; i < n; i++) {
        if (out[i].year != out[k].year) {
            out[++k] = out[i];
            continue;
        }
        out[k].faulty += out[i].faulty;
        out[k].judged += out[i].judged;
        out[k].title = NULL;
    }
    return k + 1 > 2 * MOST ? 2 * MOST : k + 1;
}

/* Nought to a hundred percent, with the rate of other music as a band; x NULL: none is known. */
static void put_scale(struct hs_html *h, const struct hs_plot *plot, const struct hs_recurrence *x)
{
    for (int i = 0; i <= 2; i++) {
        char text[24];
        snprintf(text, sizeof text, "%d\xe2\x80\xaf%%", i * 50);
        hs_svg_rule_y(h, plot, i ? "l-grid" : "l-axis", i * 0.5);
        if (i)
            hs_svg_label(h, 0, hs_svg_y(plot, i * 0.5) - 4, NULL, "start", text);
    }
    if (x && isfinite(x->base_rate)) {
        char text[48];
        snprintf(text, sizeof text, "%s %.0f\xe2\x80\xaf%%",
                 x->own_references ? "your references" : "elsewhere", 100 * x->base_rate);
        hs_svg_box(h, plot, "f-usual", plot->x.from, plot->x.to, 0, x->base_rate);
        hs_svg_label(h, 100, hs_svg_y(plot, x->base_rate) - 5, "t-usual", "end", text);
    }
}

/* Share at fault with Wilson's interval of 95 %. A point stands out where even the low end of its
 * interval lies above the usual rate; without a usual rate (NaN) none does. Only every so many
 * points carry words, so that they do not overlap. */
static void put_point(struct hs_html *h, const struct hs_plot *plot, const struct point *at,
                      double x, bool words, double base)
{
    double rate = (double)at->faulty / at->judged;
    struct hs_interval i = hs_wilson(at->faulty, at->judged, 0.95);
    char text[40];
    hs_svg_segment(h, "l-thin", hs_svg_x(plot, x), hs_svg_y(plot, i.low), hs_svg_x(plot, x),
                   hs_svg_y(plot, i.high));
    hs_svg_dot(h, plot, i.low > base ? "d-out" : "d-master", x, rate, 6);
    if (!words)
        return;
    snprintf(text, sizeof text, "%d", at->year);
    hs_svg_label(h, hs_svg_x(plot, x), plot->height - 30, "t-ink", "middle", text);
    snprintf(text, sizeof text, "%d of %d", at->faulty, at->judged);
    hs_svg_label(h, hs_svg_x(plot, x), plot->height - 14, "wide", "middle", text);
}

/* Years between two releases in which there was none are said, not bridged. */
static void put_gap(struct hs_html *h, const struct hs_plot *plot, const struct point *before,
                    const struct point *at, double x)
{
    int years = at->year - before->year - 1;
    char text[48];
    if (years < 3)
        return;
    snprintf(text, sizeof text, "%d years: no release", years);
    hs_svg_label(h, hs_svg_x(plot, x), plot->height - 46, "wide", "middle", text);
}

/* With the interval of each share, which is wide where few were judged. */
static void put_table(struct hs_html *h, const struct point *at, size_t n, const char *title,
                      bool notes)
{
    hs_chart_table_begin(h, title);
    hs_html_literal(h, "<thead><tr><th scope=\"col\">year</th><th scope=\"col\">release</th><th "
                       "scope=\"col\">");
    hs_html_text(h, notes ? "noted" : "at fault");
    hs_html_literal(h, "</th><th scope=\"col\">could be</th></tr></thead><tbody>");
    for (size_t i = 0; i < n; i++) {
        struct hs_interval x = hs_wilson(at[i].faulty, at[i].judged, 0.95);
        hs_html_literal(h, "<tr><th scope=\"row\">");
        hs_html_textf(h, "%d", at[i].year);
        hs_html_literal(h, "</th><td>");
        hs_html_text(h, at[i].title ? at[i].title : "all of the year");
        hs_html_literal(h, "</td><td>");
        hs_html_textf(h, "%d of %d", at[i].faulty, at[i].judged);
        hs_html_literal(h, "</td><td>");
        hs_html_textf(h, "%.0f to %.0f\xe2\x80\xaf%%", 100 * x.low, 100 * x.high);
        hs_html_literal(h, "</td></tr>");
    }
    hs_chart_table_end(h);
}

/* A line where a change was shown: what stands right of it came after. */
static void put_change(struct hs_html *h, const struct hs_plot *plot, const struct point *at,
                       size_t n, const struct hs_since *s)
{
    if (!hs_since_shown(s))
        return;
    for (size_t i = 0; i < n; i++)
        if (at[i].release == s->at && i > 0) {
            hs_svg_segment(h, "l-mark", hs_svg_x(plot, (double)i), hs_svg_y(plot, 0),
                           hs_svg_x(plot, (double)i), hs_svg_y(plot, 1));
            hs_svg_label(h, hs_svg_x(plot, (double)i), plot->top - 6, "t-ink", "middle",
                         s->began ? "began here" : "ended here");
        }
}

/* One point to a place of the axis, in the middle of its place; gaps are written between two. */
static void put_points(struct hs_html *h, const struct hs_plot *plot, const struct point *at,
                       size_t n, double base)
{
    size_t every = (n + WORDS_BELOW - 1) / WORDS_BELOW;
    for (size_t i = 0; i < n; i++) {
        if (i)
            put_gap(h, plot, &at[i - 1], &at[i], (double)i);
        put_point(h, plot, &at[i], (double)i + 0.5, i % every == 0, base);
    }
}

/* Nothing is drawn below HS_RATE_RELEASES releases with a year. */
void hs_chart_rate(const struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r)
{
    struct point *at = HS_NEW_ARRAY(struct point, p->audit->job->n_releases + 1);
    const bool notes = by_notes(r);
    size_t n = collect(p, r->id, notes, at);
    if (n >= HS_RATE_RELEASES) {
        struct hs_plot plot = {.height = 230,
                               .top = 20,
                               .bottom = 58,
                               .x = {0, (double)n, HS_LINEAR},
                               .y = {0, 1, HS_LINEAR}};
        const char *words = "Lines show how high or low each share could be (95\xe2\x80\xaf%).";
        const char *title = notes ? "Share of masters with such a note, by release."
                                  : "Share of masters at fault, by release.";
        hs_chart_begin(h, title, words);
        hs_svg_begin(h, &plot, "rate", title, words);
        put_scale(h, &plot, notes ? NULL : r->recurrence);
        if (r->recurrence)
            put_change(h, &plot, at, n, &r->recurrence->since);
        put_points(h, &plot, at, n, r->recurrence && !notes ? r->recurrence->base_rate : NAN);
        hs_svg_end(h);
        put_table(h, at, n, title, notes);
        hs_chart_end(h);
    }
    hs_free(at);
}
