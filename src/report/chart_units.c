/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Releases are put into at most twelve groups of equal numbers of releases. Groups without a
 *    master are left out.
 * 2. Up to 80 masters, each is one mark: at fault, in range, or not judged. Beyond that each
 *    group is one bar, filled by its share at fault.
 * 3. Under each group stand its years and its count; at the right edge the words are set from the
 *    right so that they stay on the page.
 */
#include "report/chart_units.h"

#include "core/alloc.h"
#include "core/num.h"
#include "report/svg.h"
#include "report/track.h"
#include "report/words.h"

#include <stdio.h>

enum { MOST_MASTERS = 80, MOST_GROUPS = 12 };
#define GAP 2.0    /* between releases, in marks */
#define NARROW 0.2 /* share of the width that the words of a group need */
#define SHARE 0.82 /* of its place that a mark fills */

struct group {         /* one release, or several that stand together */
    size_t first, end; /* releases */
    size_t faulty, judged, n;
};

static bool at_fault(const struct hs_track_result *t, const char *rule)
{
    const struct hs_finding *f = hs_track_finding(t, rule);
    return f && hs_finding_counts_for_rule(f);
}

static bool is_judged(const struct hs_track_result *t, const char *rule)
{
    return hs_track_counts_for_rule(t, rule) &&
           (hs_track_judgement(t, rule) || hs_track_finding(t, rule));
}

/* Mixes that are still to be released have no master that could be at fault. */
static bool has_mark(const struct hs_track_result *t, const char *rule)
{
    return t->track->master.path || is_judged(t, rule);
}

/* Marks, judged masters and faulty masters of the releases of a group. */
static void count(const struct hs_pages *p, const char *rule, struct group *g)
{
    for (size_t r = g->first; r < g->end; r++) {
        const struct hs_release *release = &p->audit->job->releases[r];
        for (size_t i = 0; i < release->n_tracks; i++) {
            const struct hs_track_result *t = &p->audit->tracks[release->first_track + i];
            g->n += has_mark(t, rule);
            g->judged += is_judged(t, rule);
            g->faulty += at_fault(t, rule);
        }
    }
}

/* Years of a group, or its place in the job where none is known. */
static const char *name_of(const struct hs_pages *p, const struct group *g, char out[32])
{
    const struct hs_release *r = p->audit->job->releases;
    int from = r[g->first].year, to = r[g->end - 1].year;
    if (!from && !to)
        snprintf(out, 32, g->end - g->first > 1 ? "no. %zu-%zu" : "no. %zu", g->first + 1, g->end);
    else if (from == to || !from || !to)
        snprintf(out, 32, "%d", from ? from : to);
    else
        snprintf(out, 32, "%d\xe2\x80\x93%02d", from, to % 100);
    return out;
}

/* One box for each master, in the order of the releases: at fault, in range, not judged. */
static void put_marks(const struct hs_pages *p, struct hs_html *h, const struct hs_plot *plot,
                      const char *rule, const struct group *g, double x)
{
    for (size_t r = g->first; r < g->end; r++) {
        const struct hs_release *release = &p->audit->job->releases[r];
        for (size_t i = 0; i < release->n_tracks; i++) {
            const struct hs_track_result *t = &p->audit->tracks[release->first_track + i];
            if (!has_mark(t, rule))
                continue;
            const char *klass = at_fault(t, rule)    ? "u-out"
                                : is_judged(t, rule) ? "u-in"
                                                     : "u-none";
            hs_svg_box(h, plot, klass, x, x + SHARE, 0, 1);
            x++;
        }
    }
}

/* A whole group as one bar, filled by the share at fault. */
static void put_share(struct hs_html *h, const struct hs_plot *plot, const struct group *g,
                      double x, double width)
{
    double share = g->judged ? (double)g->faulty / (double)g->judged : 0;
    hs_svg_box(h, plot, g->judged ? "u-in" : "u-none", x, x + width, 0, 1);
    if (g->faulty)
        hs_svg_box(h, plot, "u-out", x, x + width * share, 0, 1);
}

/* Years above, "3 of 12" below; coloured where at least half are at fault. `wide`: words that a
 * narrow page leaves out. */
static void put_group_words(const struct hs_pages *p, struct hs_html *h, const struct hs_plot *plot,
                            const struct group *g, double x, bool wide, const char *anchor)
{
    char text[32];
    hs_svg_label(h, hs_svg_x(plot, x), 34, wide ? "t-ink wide" : "t-ink", anchor,
                 name_of(p, g, text));
    if (!g->judged)
        snprintf(text, sizeof text, "none judged");
    else
        snprintf(text, sizeof text, "%zu of %zu", g->faulty, g->judged);
    bool most = g->faulty && 2 * g->faulty >= g->judged;
    hs_svg_label(h, hs_svg_x(plot, x), 50,
                 most   ? wide ? "t-out wide" : "t-out"
                 : wide ? "wide"
                        : NULL,
                 anchor, text);
}

/* Groups of equal numbers of releases, at most MOST_GROUPS of them, but for those without marks. */
static size_t make_groups(const struct hs_pages *p, const char *rule, struct group *out)
{
    size_t n = p->audit->job->n_releases, groups = n < MOST_GROUPS ? n : MOST_GROUPS;
    size_t kept = 0;
    for (size_t i = 0; i < groups; i++) {
        out[kept] = (struct group){.first = i * n / groups, .end = (i + 1) * n / groups};
        count(p, rule, &out[kept]);
        kept += out[kept].n > 0;
    }
    return kept;
}

/* The whole chart as one sentence for screen readers. */
static void put_description(const struct hs_pages *p, struct hs_buf *b, const char *rule,
                            const struct group *g, size_t n)
{
    char text[32];
    hs_buf_printf(b, "Masters at fault by release, %s: ", hs_rule_title(rule));
    for (size_t i = 0; i < n; i++)
        hs_buf_printf(b, "%s%s %zu of %zu", i ? ", " : "", name_of(p, &g[i], text), g[i].faulty,
                      g[i].judged);
}

bool hs_chart_units_each(const struct hs_pages *p)
{
    size_t masters = 0;
    for (size_t i = 0; i < p->audit->job->n_tracks; i++)
        masters += p->audit->tracks[i].track->master.path != NULL;
    return masters <= MOST_MASTERS;
}

/* x counts marks: one for each master, or eight for each group that is drawn as one bar, with a gap
 * of two between groups. */
void hs_chart_units(const struct hs_pages *p, struct hs_html *h, const char *rule)
{
    struct group g[MOST_GROUPS];
    size_t n = make_groups(p, rule, g), masters = 0;
    for (size_t i = 0; i < n; i++)
        masters += g[i].n;
    bool each = hs_chart_units_each(p);
    if (!n)
        return;
    double total = GAP * (double)(n - 1) + (each ? (double)masters : 8.0 * (double)n), x = 0;
    struct hs_plot plot = {
        .height = 54, .bottom = 37, .x = {0, total, HS_LINEAR}, .y = {0, 1, HS_LINEAR}};
    struct hs_buf words = {0};
    put_description(p, &words, rule, g, n);
    hs_html_literal(h, "<figure class=\"units\">");
    hs_svg_begin_plain(h, &plot, words.data);
    hs_buf_free(&words);
    for (size_t i = 0; i < n; i++) {
        double width = each ? (double)g[i].n : 8;
        if (each)
            put_marks(p, h, &plot, rule, &g[i], x);
        else
            put_share(h, &plot, &g[i], x, width);
        bool at_edge = i && i + 1 == n && width < NARROW * total; /* words would leave the page */
        put_group_words(p, h, &plot, &g[i], at_edge ? total : x, n > 6 && i % 3,
                        at_edge ? "end" : "start");
        x += width + GAP;
    }
    hs_svg_end(h);
    hs_html_literal(h, "</figure>");
}
