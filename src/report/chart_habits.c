/* SPDX-License-Identifier: Apache-2.0 */
/* The chart of what one engineer usually does to the tone: the median move of each third octave
 * with its interval, over five zones with the range that is usual elsewhere. A zone whose median
 * lies outside of that range carries its number. catalogue/habits makes the values; page_habits.c
 * draws one chart for each engineer. */
#include "report/chart_habits.h"

#include "model/measure.h"
#include "report/chart.h"

#include <math.h>

/* A move that is not known better than this fills the drawing. */
static const double most_db = 12;

const struct hs_usual_move *hs_habits_move(const struct hs_habits *habits, enum hs_moved_part part)
{
    for (size_t i = 0; part && i < habits->n_moves; i++)
        if (habits->moves[i].part == part)
            return &habits->moves[i];
    return NULL;
}

/* Both ends are NaN where no rule judges this part, so that every comparison with them is false. */
void hs_habits_usual_of(const struct hs_habits *habits, enum hs_moved_part part, double usual[2])
{
    const struct hs_usual_move *move = hs_habits_move(habits, part);
    usual[0] = move ? move->usual[0] : NAN;
    usual[1] = move ? move->usual[1] : NAN;
}

void hs_habits_usual(const struct hs_habits *habits, size_t zone, double usual[2])
{
    hs_habits_usual_of(habits, hs_zones[zone].part, usual);
}

bool hs_habits_is_unusual(const struct hs_habits *habits, size_t zone)
{
    double usual[2];
    hs_habits_usual(habits, zone, usual);
    return habits->zone[zone].median < usual[0] || habits->zone[zone].median > usual[1];
}

struct curve {
    double x[HS_BANDS], median[HS_BANDS], low[HS_BANDS], high[HS_BANDS];
};

/* The y axis ends at 12 dB to either side, however wide an interval is. */
static double held(double x)
{
    return fmax(-most_db, fmin(most_db, x));
}

/* Medians and intervals of the third octaves, and a y axis in steps of 3 dB that holds them, from
 * -3 to +3 dB at least. */
static void fill(const struct hs_habits *habits, struct curve *c, struct hs_axis *y)
{
    double from = -3, to = 3;
    for (size_t b = 0; b < HS_BANDS; b++) {
        const struct hs_usual *u = &habits->band[b];
        c->x[b] = hs_band_hz(b);
        c->median[b] = u->median;
        c->low[b] = u->interval.low;
        c->high[b] = u->interval.high;
        from = fmin(from, held(fmin(u->median, u->interval.low)));
        to = fmax(to, held(fmax(u->median, u->interval.high)));
    }
    *y = (struct hs_axis){3 * floor(from / 3), 3 * ceil(to / 3), HS_LINEAR};
}

/* Edges of a zone in Hz: those of its first and last third octave. */
static double low_edge(size_t zone)
{
    return hs_band_low_hz(hs_zones[zone].first);
}

static double high_edge(size_t zone)
{
    return hs_band_high_hz(hs_zones[zone].last);
}

/* Names and borders of the zones, with the usual range of each behind the curve. A name stands at
 * the geometric middle, which is the middle of a logarithmic axis. */
static void put_zones(struct hs_html *h, const struct hs_plot *plot, const struct hs_habits *habits)
{
    for (size_t z = 0; z < HS_ZONES; z++) {
        double middle = sqrt(low_edge(z) * high_edge(z)), usual[2];
        hs_habits_usual(habits, z, usual);
        if (isfinite(usual[0]))
            hs_svg_box(h, plot, "f-usual", low_edge(z), high_edge(z), usual[0], usual[1]);
        if (z)
            hs_svg_rule_x(h, plot, "l-grid", low_edge(z));
        hs_svg_label(h, hs_svg_x(plot, middle), plot->top - 8, "wide", "middle", hs_zones[z].name);
    }
}

/* The number of a zone that is more than usual stands on the curve. */
static void put_marks(struct hs_html *h, const struct hs_plot *plot, const struct hs_habits *habits)
{
    char text[24];
    for (size_t z = 0; z < HS_ZONES; z++) {
        double x = habits->zone[z].median, middle = sqrt(low_edge(z) * high_edge(z));
        if (!hs_habits_is_unusual(habits, z))
            continue;
        snprintf(text, sizeof text, "%s%.1f dB", x < 0 ? "\xe2\x88\x92" : "+", fabs(x));
        hs_svg_label(h, hs_svg_x(plot, middle), hs_svg_y(plot, x) + (x < 0 ? 20 : -10), "t-out",
                     "middle", text);
    }
}

/* The same numbers as a table, for readers that see no chart. */
static void put_table(struct hs_html *h, const struct hs_plot *plot, const struct curve *c)
{
    hs_chart_table_begin(h, "Third octaves, dB");
    hs_html_literal(h, "<thead><tr><th scope=\"col\">Hz</th><th scope=\"col\">median</th><th "
                       "scope=\"col\">from</th><th scope=\"col\">to</th></tr></thead><tbody>");
    for (size_t b = 0; b < HS_BANDS; b++) {
        hs_html_literal(h, "<tr");
        hs_html_attrf(h, "data-x", "%.1f", hs_svg_x(plot, c->x[b]));
        hs_html_literal(h, "><th scope=\"row\">");
        hs_html_text(h, hs_band_name(b));
        hs_html_literal(h, "</th><td>");
        hs_html_signed(h, c->median[b], 1);
        hs_html_literal(h, "</td><td>");
        hs_html_signed(h, c->low[b], 1);
        hs_html_literal(h, "</td><td>");
        hs_html_signed(h, c->high[b], 1);
        hs_html_literal(h, "</td></tr>");
    }
    hs_chart_table_end(h);
}

/* `id` makes the names of the chart's parts unique on its page. */
void hs_chart_habits(struct hs_html *h, const struct hs_habits *habits, const char *heading,
                     const char *sentence, const char *id)
{
    static const struct hs_tickmark octaves[] = {{31.5, "31"}, {125, "125"}, {500, "500"},
                                                 {2000, "2k"}, {8000, "8k"}, {16000, "16k"}};
    struct hs_plot plot = HS_CHART_PLOT(190);
    struct curve c;
    plot.x = (struct hs_axis){hs_band_low_hz(0), hs_band_high_hz(HS_BANDS - 1), HS_LOG};
    fill(habits, &c, &plot.y);
    hs_chart_begin(h, heading, sentence);
    hs_svg_begin(h, &plot, id, heading, sentence);
    /* what is usual by zone behind, the engineer's own curve in front */
    put_zones(h, &plot, habits);
    hs_svg_grid_x(h, &plot, octaves, sizeof octaves / sizeof *octaves);
    hs_svg_grid_y(h, &plot, plot.y.to - plot.y.from > 12 ? 6 : 3, 0);
    hs_svg_axis_names(h, &plot, "Hz", "dB");
    hs_svg_area(h, &plot, "f-spread", c.x, c.low, c.high, HS_BANDS);
    hs_svg_line(h, &plot, "l-master", c.x, c.median, HS_BANDS);
    put_marks(h, &plot, habits);
    hs_svg_end(h);
    put_table(h, &plot, &c);
    hs_chart_end(h);
}
