/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The short-term loudness of the master is resampled to 300 even steps of its duration (mean
 *    of each step; the nearest value where a step is shorter than the series).
 * 2. The mix follows where the pair is aligned: read at the delay of the pair and raised by its
 *    gain, so that both lines lie at equal overall loudness.
 * 3. The worst passage of up to six findings that count is marked with the letter that the list
 *    of findings gives it.
 * 4. Gain reduction is a second chart, drawn downwards as meters show it, with the largest value
 *    of each step. All tracks share one scale, so that they can be compared.
 * 5. Each chart carries a table of at most 48 rows.
 */
#include "report/chart_time.h"

#include "core/alloc.h"
#include "core/num.h"
#include "core/num_text.h"
#include "report/chart.h"
#include "report/svg.h"
#include "report/words.h"

#include <math.h>

enum { POINTS = 300, ROWS = 48, MARKED = 6 };

/* A series on `n` even steps of the master's time: the mean or the largest value of each
 * step (`largest`); NaN where the series has nothing. */
static void resample(const struct hs_value *s, double shift_s, double duration_s, double *out,
                     size_t n, bool largest)
{
    for (size_t i = 0; i < n; i++) {
        double from = (double)i * duration_s / (double)n + shift_s;
        double to = (double)(i + 1) * duration_s / (double)n + shift_s;
        double first = ceil((from - s->start_s) / s->step_s);
        double last = ceil((to - s->start_s) / s->step_s);
        if (last <= first) { /* finer than the series: the nearest value */
            first = round(((from + to) / 2 - s->start_s) / s->step_s);
            last = first + 1;
        }
        double sum = 0, most = -INFINITY, count = 0;
        for (double k = fmax(first, 0); k < last && k < (double)s->n; k++) {
            double x = (double)s->series[(size_t)k];
            if (!isfinite(x))
                continue;
            sum += x;
            count++;
            most = fmax(most, x);
        }
        out[i] = !count ? NAN : largest ? most : sum / count;
    }
}

/* A series of at least two points; NULL: none, or another kind of value. */
static const struct hs_value *series_of(const struct hs_values *v, const char *key)
{
    const struct hs_value *s = hs_values_get(v, key);
    return s && s->kind == HS_SERIES && s->n > 1 && s->step_s > 0 ? s : NULL;
}

static const struct hs_value *reduction_of(const struct hs_pair *pair)
{
    return series_of(&pair->values, "gain_reduction_series");
}

/* The middle of each of `n` even steps, in seconds. */
static void even_times(double *x, size_t n, double duration_s)
{
    for (size_t i = 0; i < n; i++)
        x[i] = ((double)i + 0.5) * duration_s / (double)n;
}

/* The worst passage of each finding that counts, lettered as in the list of findings. */
static void mark_passages(struct hs_html *h, const struct hs_plot *p,
                          const struct hs_track_result *t)
{
    int letter = 0;
    double taken[MARKED]; /* places of the letters so far: two at one place stand side by side */
    for (size_t i = 0; i < t->n_findings && letter < MARKED; i++) {
        const struct hs_finding *f = &t->findings[i];
        if (!hs_finding_counts(f) || !f->n_times || f->severity < HS_MINOR)
            continue;
        double to = fmax(f->times[0].to_s, f->times[0].from_s + (p->x.to - p->x.from) / 240);
        hs_svg_box(h, p, "passage", f->times[0].from_s, to, p->y.from, p->y.to);
        char text[2] = {(char)('A' + letter), 0};
        taken[letter] = hs_svg_x(p, (f->times[0].from_s + to) / 2);
        for (int k = 0; k < letter; k++)
            if (fabs(taken[letter] - taken[k]) < 2.4) {
                taken[letter] = taken[k] + 2.5;
                k = -1;
            }
        hs_svg_label(h, taken[letter++], p->top - 6, "mark", "middle", text);
    }
}

/* The letters of mark_passages in words; both take the findings in the same order and by the same
 * test. */
static void passages_key(struct hs_html *h, const struct hs_track_result *t)
{
    int letter = 0;
    for (size_t i = 0; i < t->n_findings && letter < MARKED; i++) {
        const struct hs_finding *f = &t->findings[i];
        if (!hs_finding_counts(f) || !f->n_times || f->severity < HS_MINOR)
            continue;
        hs_html_literal(h, " <span class=\"k-passage\"><strong>");
        hs_html_textf(h, "%c", 'A' + letter++);
        hs_html_literal(h, "</strong> ");
        hs_html_text(h, hs_finding_title(f));
        hs_html_literal(h, " ");
        hs_html_time(h, f->times[0].from_s, false);
        hs_html_literal(h, "</span>");
    }
}

struct course {
    double duration_s, shift_s, gain_db;
    double x[POINTS], master[POINTS], mix[POINTS];
    bool has_mix;
};

/* The mix's own loudness moved to the master's time and overall level. */
static bool fill_course(struct course *c, const struct hs_track_result *t)
{
    const struct hs_value *master = series_of(&t->master.values, "short_term_lufs");
    c->duration_s = hs_values_or_nan(&t->master.values, "duration_s");
    if (!master || !(c->duration_s > 0))
        return false;
    even_times(c->x, POINTS, c->duration_s);
    resample(master, 0, c->duration_s, c->master, POINTS, false);
    const struct hs_value *mix = series_of(&t->mix.values, "short_term_lufs");
    c->shift_s = hs_values_or_nan(&t->pair.values, "delay_s");
    c->gain_db = hs_values_or_nan(&t->pair.values, "gain_db");
    c->has_mix =
        mix && t->pair.state == HS_PAIR_ALIGNED && isfinite(c->shift_s) && isfinite(c->gain_db);
    if (c->has_mix)
        resample(mix, c->shift_s, c->duration_s, c->mix, POINTS, false);
    for (size_t i = 0; c->has_mix && i < POINTS; i++)
        c->mix[i] += c->gain_db;
    return true;
}

/* Steps of 5 LU, 40 LU at most: what is quieter lies at the foot. */
static void loudness_axis(struct hs_plot *p, const struct course *c)
{
    double top = -INFINITY, bottom = INFINITY;
    for (size_t i = 0; i < POINTS; i++) {
        if (isfinite(c->master[i])) {
            top = fmax(top, c->master[i]);
            bottom = fmin(bottom, c->master[i]);
        }
        if (c->has_mix && isfinite(c->mix[i]))
            top = fmax(top, c->mix[i]);
    }
    if (!isfinite(top))
        top = bottom = -30;
    bottom = fmax(bottom, top - 40);
    p->x = (struct hs_axis){0, c->duration_s, HS_LINEAR};
    p->y = (struct hs_axis){floor((bottom - 1) / 5) * 5, ceil((top + 0.5) / 5) * 5, HS_LINEAR};
}

static void time_row(struct hs_html *h, const struct hs_plot *p, double t)
{
    hs_html_literal(h, "<tr");
    hs_html_attrf(h, "data-x", "%.1f", hs_svg_x(p, t));
    hs_html_literal(h, "><th scope=\"row\">");
    hs_html_time(h, t, false);
    hs_html_literal(h, "</th>");
}

static void number_cell(struct hs_html *h, double x)
{
    hs_html_literal(h, "<td>");
    hs_html_number(h, x, 1);
    hs_html_literal(h, "</td>");
}

/* A few rows of the many points of the curve. */
static void loudness_table(struct hs_html *h, const struct hs_plot *p, const struct course *c)
{
    hs_chart_table_begin(h, "Short-term loudness (3 s), LUFS");
    hs_html_literal(h, "<thead><tr><th scope=\"col\">time</th><th scope=\"col\">master</th>");
    if (c->has_mix)
        hs_html_literal(h, "<th scope=\"col\">mix at equal loudness</th>");
    hs_html_literal(h, "</tr></thead><tbody>");
    size_t step = POINTS / ROWS + 1;
    for (size_t i = step / 2; i < POINTS; i += step) {
        time_row(h, p, c->x[i]);
        number_cell(h, c->master[i]);
        if (c->has_mix)
            number_cell(h, c->mix[i]);
        hs_html_literal(h, "</tr>");
    }
    hs_chart_table_end(h);
}

/* The mix is moved to the overall level of the master, so that only the course differs. */
static void chart_loudness(struct hs_html *h, const struct hs_track_result *t,
                           const struct course *c)
{
    struct hs_plot p = HS_CHART_PLOT(220);
    loudness_axis(&p, c);
    double integrated = hs_values_or_nan(&t->master.values, "integrated_lufs");
    char words[200];
    snprintf(words, sizeof words,
             "Short-term loudness of the master%s; the line is the integrated loudness.",
             c->has_mix ? " and of the mix, moved to the same overall level" : "");
    /* the mix is moved to the loudness of the master, so that the courses can be compared */
    hs_chart_begin(h, "Loudness over time", words);
    hs_svg_begin(h, &p, "loudness", "Loudness over time", words);
    mark_passages(h, &p, t);
    hs_svg_grid_x_time(h, &p);
    hs_svg_grid_y(h, &p, hs_svg_round_step(p.y.to - p.y.from, 6), 0);
    hs_svg_axis_names(h, &p, "min:s", "LUFS");
    if (isfinite(integrated))
        hs_svg_rule_y(h, &p, "centre", integrated);
    if (c->has_mix)
        hs_svg_line(h, &p, "mix", c->x, c->mix, POINTS);
    hs_svg_line(h, &p, "master", c->x, c->master, POINTS);
    hs_svg_end(h);
    hs_html_literal(h, "<p class=\"key\"><span class=\"k-line\">master</span>");
    if (c->has_mix)
        hs_html_literal(h, " <span class=\"k-dash\">mix at equal loudness</span>");
    passages_key(h, t);
    hs_html_literal(h, "</p>");
    loudness_table(h, &p, c);
    hs_chart_end(h);
}

/* The largest of each step, so that no short peak is lost. */
static void reduction_table(struct hs_html *h, const struct hs_plot *p, const double *x,
                            const double *y)
{
    hs_chart_table_begin(h, "Gain reduction, largest of each step, dB");
    hs_html_literal(h, "<thead><tr><th scope=\"col\">time</th><th scope=\"col\">largest gain "
                       "reduction</th></tr></thead><tbody>");
    for (size_t r = 0; r < ROWS; r++) {
        size_t from = r * POINTS / ROWS, to = (r + 1) * POINTS / ROWS;
        double most = NAN;
        for (size_t i = from; i < to; i++)
            most = isnan(most) ? y[i] : fmax(most, y[i]);
        time_row(h, p, (x[from] + x[to - 1]) / 2);
        number_cell(h, most);
        hs_html_literal(h, "</tr>");
    }
    hs_chart_table_end(h);
}

/* Downwards from 0 dB, as meters show it. */
static void chart_reduction(struct hs_html *h, const struct hs_track_result *t,
                            const struct course *c, const struct hs_value *s)
{
    /* One axis for all tracks; what is deeper ends at its foot. */
    const double top = 12;
    double most[POINTS], zero[POINTS] = {0};
    bool deeper = false;
    resample(s, 0, c->duration_s, most, POINTS, true);
    for (size_t i = 0; i < POINTS; i++)
        if (isfinite(most[i])) {
            deeper |= most[i] >= top;
            most[i] = fmin(fmax(most[i], 0), top);
        }
    struct hs_plot p = HS_CHART_PLOT(150);
    p.x = (struct hs_axis){0, c->duration_s, HS_LINEAR};
    double step = hs_svg_round_step(top, 4);
    p.y = (struct hs_axis){ceil(top / step) * step, 0, HS_LINEAR}; /* downwards, as meters do */
    const char *words = "What compression and limiting of the mastering took away, against "
                        "the passages that are not reduced.";
    hs_chart_begin(h, "Gain reduction over time", words);
    hs_svg_begin(h, &p, "reduction", "Gain reduction over time", words);
    hs_svg_grid_x_time(h, &p);
    for (double y = 0; y <= p.y.from + step / 2; y += step) {
        char text[32];
        hs_svg_rule_y(h, &p, "grid", y);
        hs_svg_label(h, p.left, hs_svg_y(&p, y) - 4, NULL, "start",
                     hs_num_fixed(text, y, hs_svg_step_digits(step)));
    }
    hs_svg_axis_names(h, &p, "min:s", "dB");
    hs_svg_area(h, &p, "reduced", c->x, zero, most, POINTS);
    mark_passages(h, &p, t);
    hs_svg_end(h);
    hs_html_literal(h, "<p class=\"key\"><span class=\"k-reduced\">gain reduction</span>");
    hs_html_text(h, deeper ? ", 12 dB and more at the foot" : "");
    hs_html_literal(h, "</p>");
    reduction_table(h, &p, c->x, most);
    hs_chart_end(h);
}

void hs_chart_time(struct hs_html *h, const struct hs_track_result *t)
{
    struct course *c = HS_NEW(struct course);
    if (fill_course(c, t)) {
        chart_loudness(h, t, c);
        const struct hs_value *s = reduction_of(&t->pair);
        if (s && t->pair.state != HS_PAIR_CANNOT_SAY)
            chart_reduction(h, t, c, s);
    }
    hs_free(c);
}
