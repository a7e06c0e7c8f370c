/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Charts as inline SVG: a frame with axes, and marks in data units. Places along x are per
 * cent of whatever width the page gives, places along y and all type are pixels, so type
 * has one size in every width. Colours and line styles are classes of the style sheet, so that
 * charts follow light, dark and print; no style attribute is ever written. A chart is a <figure>:
 * title and description for screen readers, the drawing, and a table of the same numbers in
 * <details>.
 */
#ifndef HS_REPORT_SVG_H
#define HS_REPORT_SVG_H

#include "report/html.h"

enum hs_axis_kind { HS_LINEAR, HS_LOG };

struct hs_axis {
    double from, to;
    enum hs_axis_kind scale;
};

struct hs_plot {
    double height;      /* of the drawing, pixels */
    double left, right; /* margins beside the plotted area, per cent of the width */
    double top, bottom; /* above and below it, pixels */
    struct hs_axis x, y;
};

/* <figure ...><svg ...><title/><desc/>; `id` is unique on the page. */
void hs_svg_begin(struct hs_html *h, const struct hs_plot *p, const char *id, const char *title,
                  const char *description);
/* A drawing with one sentence for those who cannot see it; NULL: it repeats what stands beside. */
void hs_svg_begin_plain(struct hs_html *h, const struct hs_plot *p, const char *label);
void hs_svg_end(struct hs_html *h); /* </svg>; the caller closes the figure */

/* Clamped to the plotted area: per cent and pixels. */
double hs_svg_x(const struct hs_plot *p, double x);
double hs_svg_y(const struct hs_plot *p, double y);

/* Grid lines and labels at the given places; `format` NULL writes the number itself. */
struct hs_tickmark {
    double at;
    const char *label; /* NULL: the line alone */
};
void hs_svg_grid_x(struct hs_html *h, const struct hs_plot *p, const struct hs_tickmark *t,
                   size_t n);
void hs_svg_grid_y(struct hs_html *h, const struct hs_plot *p, double step, int digits);
/* Round steps (1, 2, 5 x 10^k) on x. */
void hs_svg_grid_x_round(struct hs_html *h, const struct hs_plot *p, int digits);
void hs_svg_grid_x_time(struct hs_html *h, const struct hs_plot *p);
void hs_svg_axis_names(struct hs_html *h, const struct hs_plot *p, const char *x, const char *y);

/* A line through the points that are not NaN, broken where one is. */
void hs_svg_line(struct hs_html *h, const struct hs_plot *p, const char *klass, const double *x,
                 const double *y, size_t n);
/* The area between two courses. */
void hs_svg_area(struct hs_html *h, const struct hs_plot *p, const char *klass, const double *x,
                 const double *low, const double *high, size_t n);
void hs_svg_box(struct hs_html *h, const struct hs_plot *p, const char *klass, double x0, double x1,
                double y0, double y1);
void hs_svg_rule_x(struct hs_html *h, const struct hs_plot *p, const char *klass, double x);
void hs_svg_rule_y(struct hs_html *h, const struct hs_plot *p, const char *klass, double y);
void hs_svg_dot(struct hs_html *h, const struct hs_plot *p, const char *klass, double x, double y,
                double radius);
void hs_svg_label(struct hs_html *h, double x, double y_px, const char *klass, const char *anchor,
                  const char *text);
void hs_svg_label_x(struct hs_html *h, const struct hs_plot *p, const char *klass, double x,
                    const char *text);
void hs_svg_segment(struct hs_html *h, const char *klass, double x1, double y1, double x2,
                    double y2);

/* Round step that gives at most `most` intervals over a span. */
double hs_svg_round_step(double span, int most);
/* Digits behind the point that a round step needs. */
int hs_svg_step_digits(double step);

#endif
