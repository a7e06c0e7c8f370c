/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Data are mapped to per cent of the width and pixels of the height, linear or logarithmic, and
 * clamped to the plotted area. Curves stand in a drawing of their own that is stretched to the
 * width, so that their lines keep one thickness; a NaN breaks a line. Grids take round steps (1,
 * 2, 5 times a power of ten; for time the steps of a clock). Numbers have at most two digits
 * behind the point, which is finer than any screen.
 */
#include "report/svg.h"

#include "core/num.h"
#include "core/num_text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Two digits behind the point, without zeros at the end: finer than any screen or printer shows. */
static void put_number(struct hs_html *h, double x)
{
    char text[HS_NUM_TEXT];
    hs_num_fixed(text, x, 2);
    size_t n = strlen(text);
    while (n && text[n - 1] == '0')
        text[--n] = 0;
    if (n && text[n - 1] == '.')
        text[--n] = 0;
    hs_buf_puts(&h->out, text);
}

static void put_attr(struct hs_html *h, const char *name, double x, const char *unit)
{
    hs_buf_printf(&h->out, " %s=\"", name);
    put_number(h, x);
    hs_buf_puts(&h->out, unit);
    hs_buf_putc(&h->out, '"');
}

/* Width is in per cent, so that a chart fits any page; height in pixels. report.js reads where the
 * plot begins and ends. */
void hs_svg_begin(struct hs_html *h, const struct hs_plot *p, const char *id, const char *title,
                  const char *description)
{
    hs_html_literal(h, "<svg role=\"img\"");
    put_attr(h, "height", p->height, "");
    hs_html_attrf(h, "aria-labelledby", "%s-t %s-d", id, id);
    hs_html_attrf(h, "data-top", "%g", p->top);
    hs_html_attrf(h, "data-bottom", "%g", p->height - p->bottom);
    hs_html_literal(h, "><title");
    hs_html_attrf(h, "id", "%s-t", id);
    hs_html_literal(h, ">");
    hs_html_text(h, title);
    hs_html_literal(h, "</title><desc");
    hs_html_attrf(h, "id", "%s-d", id);
    hs_html_literal(h, ">");
    hs_html_text(h, description);
    hs_html_literal(h, "</desc>");
}

/* Without title and description: beside text that says the same. `label` NULL: hidden from screen
 * readers. */
void hs_svg_begin_plain(struct hs_html *h, const struct hs_plot *p, const char *label)
{
    hs_html_literal(h, "<svg");
    put_attr(h, "height", p->height, "");
    if (label) {
        hs_html_literal(h, " role=\"img\"");
        hs_html_attr(h, "aria-label", label);
    } else {
        hs_html_literal(h, " aria-hidden=\"true\"");
    }
    hs_html_literal(h, ">");
}

void hs_svg_end(struct hs_html *h)
{
    hs_html_literal(h, "</svg>");
}

/* Where v lies on the axis, 0 to 1; beyond its ends, and where it is not known, at the ends. */
static double share_of(const struct hs_axis *a, double v)
{
    double share = a->scale == HS_LOG ? log(v / a->from) / log(a->to / a->from)
                                      : (v - a->from) / (a->to - a->from);
    return !(share > 0) ? 0 : share > 1 ? 1 : share;
}

double hs_svg_x(const struct hs_plot *p, double x)
{
    return p->left + share_of(&p->x, x) * (100 - p->left - p->right);
}

double hs_svg_y(const struct hs_plot *p, double y)
{
    return p->height - p->bottom - share_of(&p->y, y) * (p->height - p->top - p->bottom);
}

void hs_svg_segment(struct hs_html *h, const char *klass, double x1, double y1, double x2,
                    double y2)
{
    hs_html_literal(h, "<line");
    hs_html_attr(h, "class", klass);
    put_attr(h, "x1", x1, "%");
    put_attr(h, "y1", y1, "");
    put_attr(h, "x2", x2, "%");
    put_attr(h, "y2", y2, "");
    hs_html_literal(h, "/>");
}

void hs_svg_rule_x(struct hs_html *h, const struct hs_plot *p, const char *klass, double x)
{
    hs_svg_segment(h, klass, hs_svg_x(p, x), p->top, hs_svg_x(p, x), p->height - p->bottom);
}

void hs_svg_rule_y(struct hs_html *h, const struct hs_plot *p, const char *klass, double y)
{
    hs_svg_segment(h, klass, p->left, hs_svg_y(p, y), 100 - p->right, hs_svg_y(p, y));
}

/* x in per cent, y in pixels. */
void hs_svg_label(struct hs_html *h, double x, double y_px, const char *klass, const char *anchor,
                  const char *text)
{
    hs_html_literal(h, "<text");
    hs_html_attr(h, "class", klass);
    hs_html_attr(h, "text-anchor", anchor);
    put_attr(h, "x", x, "%");
    put_attr(h, "y", y_px, "");
    hs_html_literal(h, ">");
    hs_html_text(h, text);
    hs_html_literal(h, "</text>");
}

/* Under the plotted area; at the borders it stays inside. */
void hs_svg_label_x(struct hs_html *h, const struct hs_plot *p, const char *klass, double x,
                    const char *text)
{
    double at = hs_svg_x(p, x);
    const char *anchor = at < 3 ? "start" : at > 97 ? "end" : "middle";
    hs_svg_label(h, at, p->height - p->bottom + 16, klass, anchor, text);
}

void hs_svg_grid_x(struct hs_html *h, const struct hs_plot *p, const struct hs_tickmark *t,
                   size_t n)
{
    for (size_t i = 0; i < n; i++) {
        hs_svg_rule_x(h, p, "grid", t[i].at);
        if (t[i].label)
            hs_svg_label_x(h, p, i % 2 ? NULL : "wide", t[i].at, t[i].label);
    }
}

/* A number with a true minus sign. */
static const char *minus_text(char *out, size_t size, double x, int digits)
{
    char text[HS_NUM_TEXT];
    hs_num_fixed(text, x, digits);
    snprintf(out, size, "%s%s", *text == '-' ? "\xe2\x88\x92" : "", text + (*text == '-'));
    return out;
}

void hs_svg_grid_y(struct hs_html *h, const struct hs_plot *p, double step, int digits)
{
    for (long k = lround(ceil(p->y.from / step - 1e-9)); (double)k * step <= p->y.to + step * 1e-9;
         k++) {
        char text[48];
        hs_svg_rule_y(h, p, k ? "grid" : "grid zero", (double)k * step);
        hs_svg_label(h, p->left, hs_svg_y(p, (double)k * step) - 4, NULL, "start",
                     minus_text(text, sizeof text, (double)k * step, digits));
    }
}

/* Lines at round numbers; that at zero is marked. */
void hs_svg_grid_x_round(struct hs_html *h, const struct hs_plot *p, int digits)
{
    double step = hs_svg_round_step(p->x.to - p->x.from, 8);
    if (digits < hs_svg_step_digits(step))
        digits = hs_svg_step_digits(step);
    for (long k = lround(ceil(p->x.from / step - 1e-9)); (double)k * step <= p->x.to + step * 1e-9;
         k++) {
        char text[48];
        hs_svg_rule_x(h, p, k ? "grid" : "grid zero", (double)k * step);
        hs_svg_label(h, hs_svg_x(p, (double)k * step), p->height - p->bottom + 14, "tick", "middle",
                     minus_text(text, sizeof text, (double)k * step, digits));
    }
}

/* Steps of a clock, so that there are at most nine. */
void hs_svg_grid_x_time(struct hs_html *h, const struct hs_plot *p)
{
    static const double steps[] = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600};
    double span = p->x.to - p->x.from, step = 7200;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (span / steps[i] <= 9) {
            step = steps[i];
            break;
        }
    for (double t = ceil(p->x.from / step) * step; t <= p->x.to; t += step) {
        char text[32];
        long s = lround(t);
        snprintf(text, sizeof text, "%ld:%02ld", s / 60, s % 60);
        hs_svg_rule_x(h, p, "grid", t);
        hs_svg_label_x(h, p, NULL, t, text);
    }
}

void hs_svg_axis_names(struct hs_html *h, const struct hs_plot *p, const char *x, const char *y)
{
    if (x) /* above the axis: below it stand the numbers, up to its end */
        hs_svg_label(h, 100 - p->right, p->height - p->bottom - 6, "t-ink", "end", x);
    if (y) /* to the right, since the numbers stand to the left */
        hs_svg_label(h, 100 - p->right, p->top - 8, "t-ink", "end", y);
}

/* Curves stand in a drawing of their own that is stretched to the width. */
static void begin_curve(struct hs_html *h, const struct hs_plot *p, const char *klass)
{
    hs_html_literal(h, "<svg viewBox=\"0 0 100 ");
    put_number(h, p->height);
    hs_html_literal(h, "\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><path");
    hs_html_attr(h, "class", klass);
    hs_html_literal(h, " d=\"");
}

static void end_curve(struct hs_html *h)
{
    hs_html_literal(h, "\"/></svg>");
}

/* Gaps where there is no value. */
void hs_svg_line(struct hs_html *h, const struct hs_plot *p, const char *klass, const double *x,
                 const double *y, size_t n)
{
    bool pen = false, any = false;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(y[i])) {
            pen = false;
            continue;
        }
        if (!any) {
            begin_curve(h, p, klass);
            any = true;
        }
        hs_buf_putc(&h->out, pen ? 'L' : 'M');
        put_number(h, hs_svg_x(p, x[i]));
        hs_buf_putc(&h->out, ' ');
        put_number(h, hs_svg_y(p, y[i]));
        pen = true;
    }
    if (any)
        end_curve(h);
}

/* One area without a gap: along the upper edge and back along the lower. */
static void put_run(struct hs_html *h, const struct hs_plot *p, const double *x, const double *low,
                    const double *high, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        hs_buf_putc(&h->out, i == from ? 'M' : 'L');
        put_number(h, hs_svg_x(p, x[i]));
        hs_buf_putc(&h->out, ' ');
        put_number(h, hs_svg_y(p, high[i]));
    }
    for (size_t i = to; i-- > from;) {
        hs_buf_putc(&h->out, 'L');
        put_number(h, hs_svg_x(p, x[i]));
        hs_buf_putc(&h->out, ' ');
        put_number(h, hs_svg_y(p, low[i]));
    }
    hs_buf_putc(&h->out, 'Z');
}

/* Between two curves; each run of values is a shape. */
void hs_svg_area(struct hs_html *h, const struct hs_plot *p, const char *klass, const double *x,
                 const double *low, const double *high, size_t n)
{
    bool any = false;
    for (size_t from = 0, to; from < n; from = to + 1) {
        for (to = from; to < n && isfinite(low[to]) && isfinite(high[to]); to++)
            ;
        if (to == from)
            continue;
        if (!any) {
            begin_curve(h, p, klass);
            any = true;
        }
        put_run(h, p, x, low, high, from, to);
    }
    if (any)
        end_curve(h);
}

/* In the units of the axes. */
void hs_svg_box(struct hs_html *h, const struct hs_plot *p, const char *klass, double x0, double x1,
                double y0, double y1)
{
    double left = hs_svg_x(p, x0), right = hs_svg_x(p, x1), low = hs_svg_y(p, y0),
           high = hs_svg_y(p, y1);
    hs_html_literal(h, "<rect");
    hs_html_attr(h, "class", klass);
    put_attr(h, "x", left < right ? left : right, "%");
    put_attr(h, "y", low < high ? low : high, "");
    put_attr(h, "width", fabs(right - left), "%");
    put_attr(h, "height", fabs(low - high), "");
    hs_html_literal(h, "/>");
}

void hs_svg_dot(struct hs_html *h, const struct hs_plot *p, const char *klass, double x, double y,
                double radius)
{
    hs_html_literal(h, "<circle");
    hs_html_attr(h, "class", klass);
    put_attr(h, "cx", hs_svg_x(p, x), "%");
    put_attr(h, "cy", hs_svg_y(p, y), "");
    put_attr(h, "r", radius, "");
    hs_html_literal(h, "/>");
}

/* The smallest of 1, 2, 5 times a power of ten that makes at most `most` steps of the span. */
double hs_svg_round_step(double span, int most)
{
    if (!(span > 0) || !isfinite(span))
        return 1;
    double power = pow(10, floor(log10(span / most)));
    static const double factors[] = {1, 2, 5, 10};
    for (size_t i = 0; i < 4; i++)
        if (span / (factors[i] * power) <= most + 1e-9)
            return factors[i] * power;
    return 10 * power;
}

/* How many digits behind the point the multiples of a step need. */
int hs_svg_step_digits(double step)
{
    int digits = 0;
    while (digits < 6 && fabs(step - round(step)) > 1e-9 * step) {
        step *= 10;
        digits++;
    }
    return digits;
}
