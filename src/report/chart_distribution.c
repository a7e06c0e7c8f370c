/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The value of each judged master and the expected range are taken from the judgements.
 * 2. The axis holds the range and all values; above 50 masters it ends at the 1st and 99th
 *    percentile, and what lies further out is drawn at the border.
 * 3. Values are sorted into 72 equal bins. Up to 160 masters each is a dot, stacked in its bin
 *    and coloured by its severity; beyond that the bins are bars.
 */
#include "report/chart_distribution.h"

#include "core/alloc.h"
#include "core/num.h"
#include "report/chart.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/svg.h"
#include "report/track.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

enum { BINS = 72, MOST_DOTS = 160 };

/* Widens the axis so that it holds x; what is not known changes nothing. */
static void hold(struct hs_axis *a, double x)
{
    if (!isfinite(x))
        return;
    a->from = fmin(a->from, x);
    a->to = fmax(a->to, x);
}

/* A margin of 8 % at either end, and at least a quarter of `least`, so that no mark lies on the
 * border. False: no value was held. */
static bool pad(struct hs_axis *a, double least)
{
    if (!(a->from <= a->to))
        return false;
    double margin = fmax((a->to - a->from) * 0.08, least / 4);
    a->from -= margin;
    a->to += margin;
    return true;
}

/* An open end of the range reaches to the end of the axis. */
static void expected_box(struct hs_html *h, const struct hs_plot *p, const double range[2])
{
    if (isfinite(range[0]) || isfinite(range[1]))
        hs_svg_box(h, p, "expected", isfinite(range[0]) ? range[0] : p->x.from,
                   isfinite(range[1]) ? range[1] : p->x.to, p->y.from, p->y.to);
}

struct strip {
    struct hs_plot plot;
    double expected[2], centre;
    size_t n, outside;
    size_t filled[BINS];
    size_t most;
};

/* Which of the bins holds x. What lies beyond the axis is counted in the outermost bin. */
static size_t bin_of(const struct strip *s, double x)
{
    double share = (x - s->plot.x.from) / (s->plot.x.to - s->plot.x.from);
    return share <= 0 ? 0 : share >= 1 ? BINS - 1 : (size_t)(share * BINS);
}

/* The judgement of a track by the rule; NULL: not judged, or without a value on the scale. */
static const struct hs_judgement *placed(const struct hs_track_result *t, const char *rule)
{
    const struct hs_judgement *j = hs_track_judgement(t, rule);
    return j && isfinite(j->value) ? j : NULL;
}

/* The axis spans values and expected range. The range is drawn where all tracks share it: that
 * of the first one is taken. */
static void strip_axis(struct hs_pages *p, const char *rule, struct strip *s)
{
    double *x = HS_NEW_ARRAY(double, p->audit->job->n_tracks + 1);
    s->expected[0] = s->expected[1] = s->centre = NAN;
    for (size_t i = 0; i < p->audit->job->n_tracks; i++) {
        const struct hs_judgement *j = placed(&p->audit->tracks[i], rule);
        if (!j)
            continue;
        x[s->n++] = j->value;
        double expected[2];
        hs_judgement_expected(j, expected);
        s->outside += j->value < expected[0] || j->value > expected[1];
        if (isnan(s->centre) && isnan(s->expected[0]) && isnan(s->expected[1])) {
            s->expected[0] = expected[0];
            s->expected[1] = expected[1];
            s->centre = (double)j->centre;
        }
    }
    hs_sort(x, s->n);
    /* A hundredth at either end may pile up at the border: one wild value must not press
     * all others together. */
    s->plot.x = (struct hs_axis){INFINITY, -INFINITY, HS_LINEAR};
    if (s->n) {
        hold(&s->plot.x, hs_quantile_sorted(x, s->n, s->n > 50 ? 0.01 : 0));
        hold(&s->plot.x, hs_quantile_sorted(x, s->n, s->n > 50 ? 0.99 : 1));
        hold(&s->plot.x, s->expected[0]);
        hold(&s->plot.x, s->expected[1]);
        pad(&s->plot.x, 1e-6);
    }
    hs_free(x);
}

/* How many masters each bin holds, and the fullest bin, which gives the height of the chart. */
static void strip_fill(struct hs_pages *p, const char *rule, struct strip *s)
{
    for (size_t i = 0; i < p->audit->job->n_tracks; i++) {
        const struct hs_judgement *j = placed(&p->audit->tracks[i], rule);
        if (!j)
            continue;
        size_t n = ++s->filled[bin_of(s, j->value)];
        s->most = n > s->most ? n : s->most;
    }
}

/* One dot a track, stacked where several stand at one place. */
static void strip_dots(struct hs_pages *p, struct hs_html *h, const char *rule, struct strip *s,
                       double radius)
{
    size_t stacked[BINS] = {0};
    for (size_t i = 0; i < p->audit->job->n_tracks; i++) {
        const struct hs_track_result *t = &p->audit->tracks[i];
        const struct hs_judgement *j = placed(t, rule);
        if (!j)
            continue;
        const struct hs_finding *f = hs_track_finding(t, rule);
        char klass[16];
        snprintf(klass, sizeof klass, "dot d%d",
                 f && f->origin != HS_ORIGIN_CURED ? (int)f->severity : 0);
        size_t bin = bin_of(s, j->value);
        double y = (double)stacked[bin]++ + 0.5;
        double x = s->plot.x.from + ((double)bin + 0.5) * (s->plot.x.to - s->plot.x.from) / BINS;
        hs_svg_dot(h, &s->plot, klass, x, y, radius);
    }
}

/* A bar fills nine tenths of its bin, so that neighbours stay apart. */
static void strip_bars(struct hs_html *h, const struct strip *s)
{
    double width = (s->plot.x.to - s->plot.x.from) / BINS;
    for (size_t i = 0; i < BINS; i++)
        if (s->filled[i])
            hs_svg_box(h, &s->plot, "bar", s->plot.x.from + (double)i * width,
                       s->plot.x.from + ((double)i + 0.9) * width, 0, (double)s->filled[i]);
}

/* Dots while they are few enough to be told apart, else bars. */
static void strip_draw(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r,
                       struct strip *s, const char *id)
{
    char words[240];
    snprintf(words, sizeof words,
             "%zu judged masters on the scale of the rule; %zu lie outside the expected "
             "range.",
             s->n, s->outside);
    bool dots = s->n <= MOST_DOTS;
    struct hs_plot *plot = &s->plot;
    double inner = plot->height - plot->top - plot->bottom;
    /* at least one dot of eleven pixels in height, so that few dots are not drawn as big as the
     * chart */
    plot->y = (struct hs_axis){0, fmax((double)s->most, dots ? inner / 11 : 1), HS_LINEAR};
    double radius = fmin(5, inner / plot->y.to / 2 - 0.4);
    hs_svg_begin(h, plot, id, hs_rule_title(r->id), words);
    expected_box(h, plot, s->expected);
    hs_svg_grid_x_round(h, plot, 0);
    if (isfinite(s->centre))
        hs_svg_rule_x(h, plot, "centre", s->centre);
    if (dots)
        strip_dots(p, h, r->id, s, fmax(radius, 1.2));
    else
        strip_bars(h, s);
    hs_svg_end(h);
}

/* Nothing is drawn where no master was judged or all have one value. */
void hs_chart_distribution(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r,
                           const char *id)
{
    struct strip s = {.plot = HS_CHART_PLOT(130)};
    s.plot.top = 6;
    strip_axis(p, r->id, &s);
    if (!s.n || !(s.plot.x.to > s.plot.x.from))
        return;
    strip_fill(p, r->id, &s);
    struct hs_arena a = {0};
    const char *unit = r->rule && r->rule->unit && *r->rule->unit ? r->rule->unit : NULL;
    hs_chart_begin(h, "Every master on one scale.",
                   hs_arena_printf(&a,
                                   "%zu of %zu count as at fault; the shaded range is "
                                   "expected%s%s.",
                                   r->counted, s.n, unit ? ". Unit: " : "", unit ? unit : ""));
    hs_arena_free(&a);
    strip_draw(p, h, r, &s, id);
    hs_html_literal(h, "<p class=\"key\"><span class=\"k-dot0\">in range</span> <span "
                       "class=\"k-dot3\">found</span> <span class=\"k-expected\">expected"
                       "</span></p>");
    hs_chart_end(h);
}
