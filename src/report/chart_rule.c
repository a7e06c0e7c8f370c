/* SPDX-License-Identifier: Apache-2.0 */
/* Charts of one rule: a finding on its scale, all tracks on one scale, rate by year. */
#include "report/chart_rule.h"

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

enum { BINS = 72, MOST_DOTS = 160, MOST_YEARS = 80 };

static void hold(struct hs_axis *a, double x)
{
    if (!isfinite(x))
        return;
    a->from = fmin(a->from, x);
    a->to = fmax(a->to, x);
}

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

void hs_chart_gauge(struct hs_html *h, const struct hs_finding *f, const char *id)
{
    struct hs_plot p = {.width = 420,
                        .height = 46,
                        .left = 10,
                        .right = 10,
                        .top = 4,
                        .bottom = 18,
                        .x = {INFINITY, -INFINITY, HS_LINEAR},
                        .y = {0, 1, HS_LINEAR}};
    hold(&p.x, f->value);
    hold(&p.x, f->expected[0]);
    hold(&p.x, f->expected[1]);
    hold(&p.x, f->mix_value);
    if (!isfinite(f->value) || !pad(&p.x, isfinite(f->jnd) ? 2 * f->jnd : 1))
        return;
    char words[200], number[HS_NUM_TEXT], low[HS_NUM_TEXT], high[HS_NUM_TEXT];
    int digits = hs_unit_digits(f->unit);
    snprintf(words, sizeof words, "master %s, expected %s to %s %s",
             hs_num_fixed(number, f->value, digits),
             isfinite(f->expected[0]) ? hs_num_fixed(low, f->expected[0], digits) : "any",
             isfinite(f->expected[1]) ? hs_num_fixed(high, f->expected[1], digits) : "any",
             f->unit ? f->unit : "");
    hs_html_literal(h, "<div class=\"gauge\">");
    hs_svg_begin(h, &p, id, "Where the master stands on the scale of this rule", words);
    expected_box(h, &p, f->expected);
    hs_svg_grid_x_round(h, &p, 0);
    if (isfinite(f->centre) && f->centre > p.x.from && f->centre < p.x.to)
        hs_svg_rule_x(h, &p, "centre", f->centre);
    if (isfinite(f->mix_value))
        hs_svg_dot(h, &p, "dot mixdot", f->mix_value, 0.5, 5);
    hs_svg_dot(h, &p, "dot masterdot", f->value, 0.5, 6);
    hs_svg_end(h);
    hs_html_literal(h, "<p class=\"key\"><span class=\"k-masterdot\">master</span>");
    if (isfinite(f->mix_value))
        hs_html_literal(h, " <span class=\"k-mixdot\">mix</span>");
    hs_html_literal(h, " <span class=\"k-expected\">expected</span></p></div>");
}

struct strip {
    struct hs_plot plot;
    double expected[2], centre;
    size_t n, outside;
    size_t filled[BINS];
    size_t most;
};

static size_t bin_of(const struct strip *s, double x)
{
    double share = (x - s->plot.x.from) / (s->plot.x.to - s->plot.x.from);
    return share <= 0 ? 0 : share >= 1 ? BINS - 1 : (size_t)(share * BINS);
}

static const struct hs_judgement *placed(const struct hs_track_result *t, const char *rule)
{
    const struct hs_judgement *j = hs_track_judgement(t, rule);
    return j && isfinite(j->value) ? j : NULL;
}

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
            s->centre = j->centre;
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

static void strip_bars(struct hs_html *h, const struct strip *s)
{
    double width = (s->plot.x.to - s->plot.x.from) / BINS;
    for (size_t i = 0; i < BINS; i++)
        if (s->filled[i])
            hs_svg_box(h, &s->plot, "bar", s->plot.x.from + (double)i * width,
                       s->plot.x.from + ((double)i + 0.9) * width, 0, (double)s->filled[i]);
}

static void strip_draw(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r,
                       struct strip *s, const char *id, bool small)
{
    char words[240];
    snprintf(words, sizeof words,
             "%zu judged masters on the scale of the rule; %zu lie outside the expected "
             "range.",
             s->n, s->outside);
    bool dots = s->n <= MOST_DOTS;
    struct hs_plot *plot = &s->plot;
    double inner = plot->height - plot->top - plot->bottom;
    plot->y = (struct hs_axis){0, fmax((double)s->most, dots ? inner / 11 : 1), HS_LINEAR};
    double radius = fmin(fmin(5, inner / plot->y.to / 2 - 0.4),
                         (plot->width - plot->left - plot->right) / BINS / 2);
    hs_svg_begin(h, plot, id, hs_rule_title(r->id), words);
    expected_box(h, plot, s->expected);
    hs_svg_grid_x_round(h, plot, 0);
    if (isfinite(s->centre))
        hs_svg_rule_x(h, plot, "centre", s->centre);
    if (dots)
        strip_dots(p, h, r->id, s, fmax(radius, 1.2));
    else
        strip_bars(h, s);
    if (!small)
        hs_svg_axis_names(h, plot, r->rule && r->rule->unit ? r->rule->unit : NULL, NULL);
    hs_svg_end(h);
}

void hs_chart_strip(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r,
                    const char *id, bool small)
{
    struct strip s = {.plot = HS_CHART_PLOT(720, 150)};
    s.plot.left = 14;
    if (small) {
        s.plot.width = 350;
        s.plot.height = 96;
        s.plot.bottom = 20;
        s.plot.top = 6;
    }
    strip_axis(p, r->id, &s);
    if (!s.n || !(s.plot.x.to > s.plot.x.from))
        return;
    strip_fill(p, r->id, &s);
    hs_html_literal(h, "<figure class=\"chart");
    hs_html_text(h, small ? " small" : "");
    hs_html_literal(h, "\"><figcaption><strong>");
    if (small)
        hs_html_rule_link(h, r->id);
    else
        hs_html_literal(h, "Every judged master on one scale");
    hs_html_literal(h, "</strong> <span class=\"quiet\">");
    hs_html_textf(h, "%zu of %zu at fault", r->counted, s.n);
    if (r->rule && r->rule->unit && *r->rule->unit)
        hs_html_textf(h, " \xc2\xb7 %s", r->rule->unit);
    hs_html_literal(h, "</span></figcaption>");
    strip_draw(p, h, r, &s, id, small);
    if (!small)
        hs_html_literal(h, "<p class=\"key\"><span class=\"k-dot0\">in range</span> "
                           "<span class=\"k-dot3\">at fault</span> <span class=\"k-expected\">"
                           "expected range</span></p>");
    hs_chart_end(h);
}

void hs_chart_rate(struct hs_html *h, const struct hs_recurrence *r)
{
    struct hs_plot p = {.width = 120,
                        .height = 14,
                        .left = 1,
                        .right = 1,
                        .x = {0, 1, HS_LINEAR},
                        .y = {0, 1, HS_LINEAR}};
    if (!isfinite(r->rate))
        return;
    hs_html_literal(h, "<svg class=\"rate\" aria-hidden=\"true\" viewBox=\"0 0 120 14\">");
    hs_svg_box(h, &p, "track", 0, 1, 0.15, 0.85);
    hs_svg_box(h, &p, r->recurring ? "hot" : "bar", 0, r->rate, 0.15, 0.85);
    if (isfinite(r->interval_clustered.low) && isfinite(r->interval_clustered.high))
        hs_svg_box(h, &p, "whisker", r->interval_clustered.low, r->interval_clustered.high, 0.44,
                   0.56);
    if (isfinite(r->base_rate))
        hs_svg_rule_x(h, &p, "reference", r->base_rate);
    hs_html_literal(h, "</svg>");
}

struct year {
    int year;
    size_t faulty, judged;
};

static size_t collect_years(struct hs_pages *p, const struct hs_rule_count *r, struct year *years)
{
    size_t n = 0;
    for (size_t i = 0; i < p->audit->job->n_tracks; i++) {
        const struct hs_track_result *t = &p->audit->tracks[i];
        const struct hs_finding *f = hs_track_finding(t, r->id);
        size_t k = 0;
        if (!t->track->year || (!f && !hs_track_judgement(t, r->id)))
            continue;
        while (k < n && years[k].year < t->track->year)
            k++;
        if (k == n || years[k].year != t->track->year) {
            if (n == MOST_YEARS)
                continue;
            memmove(&years[k + 1], &years[k], (n - k) * sizeof *years);
            years[k] = (struct year){.year = t->track->year};
            n++;
        }
        years[k].judged++;
        years[k].faulty += f && hs_finding_counts(f);
    }
    return n;
}

static void years_table(struct hs_html *h, const struct hs_plot *p, const struct year *y, size_t n)
{
    hs_chart_table_begin(h, "Masters at fault by year");
    hs_html_literal(h, "<thead><tr><th scope=\"col\">year</th><th scope=\"col\">at fault</th>"
                       "<th scope=\"col\">judged</th></tr></thead><tbody>");
    for (size_t i = 0; i < n; i++) {
        hs_html_literal(h, "<tr");
        hs_html_attrf(h, "data-x", "%.1f", hs_svg_x(p, y[i].year));
        hs_html_literal(h, "><th scope=\"row\">");
        hs_html_textf(h, "%d", y[i].year);
        hs_html_literal(h, "</th><td>");
        hs_html_textf(h, "%zu", y[i].faulty);
        hs_html_literal(h, "</td><td>");
        hs_html_textf(h, "%zu", y[i].judged);
        hs_html_literal(h, "</td></tr>");
    }
    hs_chart_table_end(h);
}

static void years_grid(struct hs_html *h, const struct hs_plot *p)
{
    double step = fmax(1, hs_svg_round_step(p->x.to - p->x.from, 7));
    for (double y = ceil(p->x.from / step) * step; y <= p->x.to; y += step) {
        char text[16];
        snprintf(text, sizeof text, "%.0f", y);
        hs_svg_label(h, hs_svg_x(p, y), p->height - p->bottom + 14, "tick", "middle", text);
    }
    for (int i = 0; i <= 4; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d %%", i * 25);
        hs_svg_rule_y(h, p, "grid", i * 0.25);
        hs_svg_label(h, p->left - 5, hs_svg_y(p, i * 0.25) + 4, "tick", "end", text);
    }
}

/* Share of masters at fault by year; the width of a bar grows with how many were judged. */
void hs_chart_years(struct hs_pages *p, struct hs_html *h, const struct hs_rule_count *r,
                    const char *id)
{
    struct year years[MOST_YEARS + 1];
    size_t n = collect_years(p, r, years), most = 0;
    if (n < 2)
        return;
    for (size_t i = 0; i < n; i++)
        most = years[i].judged > most ? years[i].judged : most;
    struct hs_plot plot = HS_CHART_PLOT(350, 150);
    plot.x = (struct hs_axis){years[0].year - 0.6, years[n - 1].year + 0.6, HS_LINEAR};
    plot.y = (struct hs_axis){0, 1, HS_LINEAR};
    hs_html_literal(h, "<figure class=\"chart small\"><figcaption><strong>");
    hs_html_rule_link(h, r->id);
    hs_html_literal(h, "</strong> <span class=\"quiet\">share at fault by year</span>"
                       "</figcaption>");
    hs_svg_begin(h, &plot, id, "Share of masters at fault by year",
                 "One bar a year; wide bars rest on many tracks. The table has the counts.");
    years_grid(h, &plot);
    for (size_t i = 0; i < n; i++) {
        double half = 0.12 + 0.3 * sqrt((double)years[i].judged / (double)most);
        double rate = (double)years[i].faulty / (double)years[i].judged;
        hs_svg_box(h, &plot, "bar", years[i].year - half, years[i].year + half, 0,
                   fmax(rate, 0.008));
    }
    hs_svg_end(h);
    years_table(h, &plot, years, n);
    hs_chart_end(h);
}
