/* SPDX-License-Identifier: Apache-2.0 */
/* The chart of one rule on the page of a preview: its value at each loudness target as a line, the
 * limit of the rule as a dashed line, and the master that was released as a dot. */
#include "report/chart_preview.h"

#include "report/chart.h"
#include "report/words.h"

#include <math.h>

struct course {
    double lufs[HS_PREVIEW_MOST_TARGETS], value[HS_PREVIEW_MOST_TARGETS];
    size_t n;
    double limit, mix, master;
    const char *rule, *unit;
};

/* The value of a rule from target to target, with its limit and the mix; a master that is there
 * is drawn as well. */
static struct course course_of(const struct hs_preview *p, size_t rule)
{
    struct course c = {.limit = NAN, .mix = NAN, .master = NAN};
    for (size_t i = 0; i < p->n_targets; i++) {
        const struct hs_standing *s = &p->targets[i].standings[rule];
        if (!s->rule || !isfinite(s->value))
            continue;
        c.rule = s->rule;
        c.unit = s->unit;
        c.lufs[c.n] = p->targets[i].reached_lufs;
        c.value[c.n++] = s->value;
        c.limit = s->limit;
        c.mix = s->mix_value;
    }
    if (p->actual && p->actual[rule].rule)
        c.master = p->actual[rule].value;
    return c;
}

/* Widens the axis so that it holds x; what is not known changes nothing. */
static void hold(struct hs_axis *a, double x)
{
    if (!isfinite(x))
        return;
    a->from = fmin(a->from, x);
    a->to = fmax(a->to, x);
}

/* False where there is nothing to draw a line through. */
static bool set_axes(const struct course *c, double master_lufs, struct hs_plot *plot)
{
    plot->x = (struct hs_axis){INFINITY, -INFINITY, HS_LINEAR};
    plot->y = (struct hs_axis){INFINITY, -INFINITY, HS_LINEAR};
    for (size_t i = 0; i < c->n; i++) {
        hold(&plot->x, c->lufs[i]);
        hold(&plot->y, c->value[i]);
    }
    hold(&plot->y, c->limit);
    hold(&plot->y, c->mix);
    if (isfinite(c->master)) {
        hold(&plot->y, c->master);
        hold(&plot->x, master_lufs);
    }
    double margin = fmax(0.1 * (plot->y.to - plot->y.from), 1e-3);
    plot->y.from -= margin;
    plot->y.to += margin;
    return c->n > 1 && plot->x.to > plot->x.from;
}

/* The rows carry the place in the chart, which the reading line of report.js takes. */
static void put_table(struct hs_html *h, const struct hs_plot *plot, const struct course *c)
{
    hs_chart_table_begin(h, "Value at each loudness");
    hs_html_literal(h, "<thead><tr><th scope=\"col\">LUFS</th><th scope=\"col\">value</th></tr>"
                       "</thead><tbody>");
    for (size_t i = 0; i < c->n; i++) {
        hs_html_literal(h, "<tr");
        hs_html_attrf(h, "data-x", "%.1f", hs_svg_x(plot, c->lufs[i]));
        hs_html_literal(h, "><th scope=\"row\">");
        hs_html_number(h, c->lufs[i], 1);
        hs_html_literal(h, "</th><td>");
        hs_html_quantity(h, c->value[i], 2, c->unit);
        hs_html_literal(h, "</td></tr>");
    }
    hs_chart_table_end(h);
}

/* Nothing where the rule has no value at two targets. The dot is the master that was released. */
void hs_chart_preview(struct hs_html *h, const struct hs_preview *p, size_t rule,
                      double master_lufs, const char *id)
{
    const struct course c = course_of(p, rule);
    struct hs_plot plot = HS_CHART_PLOT(130);
    char title[96];
    if (!set_axes(&c, master_lufs, &plot))
        return;
    struct hs_arena a = {0};
    const char *unit = *c.unit ? hs_arena_printf(&a, " Unit: %s.", c.unit) : "";
    hs_chart_begin(h, hs_rule_capital(c.rule, title),
                   hs_arena_printf(&a,
                                   "Its value against loudness, LUFS; dashed: where it becomes "
                                   "a fault.%s",
                                   unit));
    hs_svg_begin(h, &plot, id, hs_rule_title(c.rule),
                 "The value that the rule reads of each preview, from quiet to loud.");
    hs_svg_grid_x_round(h, &plot, 0);
    hs_svg_grid_y(h, &plot, hs_svg_round_step(plot.y.to - plot.y.from, 4),
                  hs_svg_step_digits(hs_svg_round_step(plot.y.to - plot.y.from, 4)));
    if (isfinite(c.limit))
        hs_svg_rule_y(h, &plot, "centre", c.limit);
    hs_svg_line(h, &plot, "master", c.lufs, c.value, c.n);
    if (isfinite(c.master) && isfinite(master_lufs))
        hs_svg_dot(h, &plot, "dot d3", master_lufs, c.master, 5);
    hs_svg_end(h);
    put_table(h, &plot, &c);
    hs_chart_end(h);
    hs_arena_free(&a);
}
