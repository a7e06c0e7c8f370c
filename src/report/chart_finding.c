/* SPDX-License-Identifier: Apache-2.0 */
/* The chart beside a finding: one horizontal scale with the expected range as a bar, the mix as a
 * dot, the master as a second dot, and an arrow from one to the other. Lengths are in percent of
 * the width and pixels of the height. */
#include "report/chart_finding.h"

#include "core/num.h"
#include "core/num_text.h"
#include "report/chart.h"
#include "report/turned.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

/* The bar and its words: above the two values, below the range. */
enum { HEIGHT = 72, MIDDLE = 38, HALF = 10, ABOVE = 17, BELOW = 66 };

/* Widens the axis so that it holds x; what is not known changes nothing. */
static void hold(struct hs_axis *a, double x)
{
    if (!isfinite(x))
        return;
    a->from = fmin(a->from, x);
    a->to = fmax(a->to, x);
}

/* The scale holds master, mix and both ends of the range, with a margin of a tenth or half an
 * audible step. False: the value is not known, and there is nothing to draw. */
static bool fit(struct hs_plot *p, const struct hs_finding *f)
{
    p->x = (struct hs_axis){INFINITY, -INFINITY, HS_LINEAR};
    hold(&p->x, f->value);
    hold(&p->x, f->expected[0]);
    hold(&p->x, f->expected[1]);
    hold(&p->x, f->mix_value);
    if (!isfinite(f->value) || !(p->x.from <= p->x.to))
        return false;
    double margin = fmax((p->x.to - p->x.from) * 0.1, isfinite(f->jnd) ? f->jnd / 2 : 0.25);
    p->x.from -= margin;
    p->x.to += margin;
    return true;
}

/* An open end of the range runs to the border. The line inside it is the centre of the reference
 * model. */
static void put_range(struct hs_html *h, const struct hs_plot *p, const struct hs_finding *f)
{
    double low = isfinite(f->expected[0]) ? f->expected[0] : p->x.from;
    double high = isfinite(f->expected[1]) ? f->expected[1] : p->x.to;
    hs_svg_segment(h, "l-axis", 0, MIDDLE, 100, MIDDLE);
    if (!isfinite(f->expected[0]) && !isfinite(f->expected[1]))
        return;
    hs_svg_box(h, p, "f-usual", low, high, 0.5 - HALF / 40.0, 0.5 + HALF / 40.0);
    if (isfinite(f->centre) && f->centre > p->x.from && f->centre < p->x.to)
        hs_svg_segment(h, "l-mid", hs_svg_x(p, f->centre), MIDDLE - HALF, hs_svg_x(p, f->centre),
                       MIDDLE + HALF);
}

/* A word at its mark, kept inside the drawing, and apart from a neighbour at `other`. */
static void put_word(struct hs_html *h, double at, double other, double y, const char *klass,
                     const char *text)
{
    const char *anchor = at < 14 ? "start" : at > 86 ? "end" : "middle";
    if (isfinite(other) && fabs(at - other) < 34)
        anchor = at < other ? "end" : "start";
    if (at < 14 && at < other)
        anchor = "end"; /* pushed over the border rather than over its neighbour */
    double x = anchor[0] == 'e' ? fmax(at, 22) : anchor[0] == 's' ? fmin(at, 72) : at;
    hs_svg_label(h, x, y, klass, anchor, text);
}

/* "master 3.1 dB", with a true minus sign and a narrow space before the unit. */
static const char *quantity(char out[64], const char *before, double x, int digits,
                            const char *unit)
{
    char text[HS_NUM_TEXT];
    unit = hs_num_readable(&x, &digits, unit);
    hs_num_fixed(text, x, digits);
    snprintf(out, 64, "%s%s%s%s%s", before, *text == '-' ? "\xe2\x88\x92" : "",
             text + (*text == '-'), unit && *unit ? "\xe2\x80\xaf" : "", unit ? unit : "");
    return out;
}

/* Mix, arrow, master; one word where both stand at one place. */
static void put_values(struct hs_html *h, const struct hs_plot *p, const struct hs_finding *f)
{
    int digits = hs_unit_digits(f->unit);
    double master = hs_svg_x(p, f->value), mix = NAN;
    bool out = f->origin != HS_ORIGIN_CURED && f->severity >= HS_MINOR;
    char text[64];
    if (isfinite(f->mix_value)) {
        mix = hs_svg_x(p, f->mix_value);
        hs_svg_segment(h, "l-arrow", mix, MIDDLE, master, MIDDLE);
        hs_svg_dot(h, p, "d-mix", f->mix_value, 0.5, 6);
    }
    hs_svg_dot(h, p, out ? "d-out" : "d-master", f->value, 0.5, 7);
    if (isfinite(mix) && fabs(mix - master) < 3) { /* one place, one word */
        put_word(h, master, NAN, ABOVE, out ? "t-out" : "t-ink",
                 quantity(text, "mix and master ", f->value, digits, f->unit));
        return;
    }
    const char *of_mix = f->unit && !strcmp(f->unit, "ppm") ? f->unit : NULL; /* or of percent */
    if (isfinite(mix))
        put_word(h, mix, master, ABOVE, NULL, quantity(text, "mix ", f->mix_value, digits, of_mix));
    put_word(h, master, mix, ABOVE, out ? "t-out" : "t-ink",
             quantity(text, "master ", f->value, digits, f->unit));
}

/* The expected range below the line, anchored so that the words stay inside the chart. */
static void put_range_words(struct hs_html *h, const struct hs_plot *p, const struct hs_finding *f)
{
    int digits = hs_unit_digits(f->unit);
    double low = f->expected[0], high = f->expected[1];
    char a[64], b[64], text[160];
    if (isfinite(low) && isfinite(high))
        snprintf(text, sizeof text, "expected %s to %s", quantity(a, "", low, digits, NULL),
                 quantity(b, "", high, digits, f->unit));
    else if (isfinite(low) || isfinite(high))
        snprintf(text, sizeof text, "expected %s",
                 isfinite(high) ? quantity(a, "up to ", high, digits, f->unit)
                                : quantity(a, "from ", low, digits, f->unit));
    else
        return;
    double x =
        ((isfinite(low) ? hs_svg_x(p, low) : 0) + (isfinite(high) ? hs_svg_x(p, high) : 100)) / 2;
    const char *anchor = x < 30 ? "start" : x > 70 ? "end" : "middle";
    hs_svg_label(h, x < 30 ? 0 : x > 70 ? 100 : x, BELOW, "t-usual", anchor, text);
}

/* Nothing where the values do not fit one scale. */
void hs_chart_finding(struct hs_html *h, const struct hs_finding *given)
{
    struct hs_turned room;
    const struct hs_finding *f = hs_finding_turned(given, &room);
    struct hs_plot p = {.height = HEIGHT,
                        .top = MIDDLE - 20,
                        .bottom = HEIGHT - MIDDLE - 20,
                        .y = {0, 1, HS_LINEAR}};
    char words[256], a[64], b[64] = "";
    if (!fit(&p, f))
        return;
    int digits = hs_unit_digits(f->unit);
    if (isfinite(f->mix_value))
        quantity(b, "mix ", f->mix_value, digits, f->unit);
    snprintf(words, sizeof words, "%s: %s%s%s", hs_finding_title(f), b, *b ? ", " : "",
             quantity(a, "master ", f->value, digits, f->unit));
    hs_html_literal(h, "<figure class=\"reveal\">");
    hs_svg_begin_plain(h, &p, words);
    put_range(h, &p, f);
    put_values(h, &p, f);
    put_range_words(h, &p, f);
    hs_svg_end(h);
    hs_html_literal(h, "</figure>");
}
