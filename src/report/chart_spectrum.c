/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Three charts of third octaves, each with a table of the same numbers.
 * 1. Spectrum: master and mix in dB over the expected range at this loudness; at most 70 dB deep.
 * 2. Transfer: the equalisation of mid and side that turns the mix into the master, with the
 *    error bound as an area, over six named zones with what mastering usually does to each; the
 *    y axis ends at 24 dB.
 * 3. Stereo: correlation of left and right in five bands, from -1 (cancels in mono) to +1 (mono).
 */
#include "report/chart_spectrum.h"

#include "judge/curve.h"
#include "model/measure.h"
#include "report/chart.h"
#include "report/moves_rows.h"
#include "report/svg.h"

#include <math.h>

static const struct hs_tickmark octaves[] = {
    {31.5, "31"}, {63, "63"},   {125, "125"}, {250, "250"}, {500, "500"},
    {1000, "1k"}, {2000, "2k"}, {4000, "4k"}, {8000, "8k"}, {16000, "16k"}};

static void band_axis(double x[HS_BANDS])
{
    for (size_t i = 0; i < HS_BANDS; i++)
        x[i] = hs_band_hz(i);
}

/* Widens the range so that it holds the known values of y; NULL changes nothing. */
static void widen(double range[2], const double *y, size_t n)
{
    for (size_t i = 0; y && i < n; i++)
        if (isfinite(y[i])) {
            range[0] = fmin(range[0], y[i]);
            range[1] = fmax(range[1], y[i]);
        }
}

/* A y axis in round steps that holds the range. */
static void fit_y(struct hs_plot *p, const double range[2], double least)
{
    double low = range[0], high = range[1];
    if (!(high - low >= least)) {
        double middle = low <= high ? (low + high) / 2 : 0;
        low = middle - least / 2;
        high = middle + least / 2;
    }
    double step = hs_svg_round_step(high - low, 6);
    p->y = (struct hs_axis){floor(low / step) * step, ceil(high / step) * step, HS_LINEAR};
}

static void put_grid(struct hs_html *h, const struct hs_plot *p, const char *y_name)
{
    double step = hs_svg_round_step(p->y.to - p->y.from, 6);
    hs_svg_grid_x(h, p, octaves, sizeof octaves / sizeof *octaves);
    hs_svg_grid_y(h, p, step, hs_svg_step_digits(step));
    hs_svg_axis_names(h, p, "Hz", y_name);
}

/* A row of a table; `data-x` is the place of the band in the chart, where report.js draws its
 * cursor. */
static void row_begin(struct hs_html *h, const struct hs_plot *p, size_t band)
{
    hs_html_literal(h, "<tr");
    hs_html_attrf(h, "data-x", "%.1f", hs_svg_x(p, hs_band_hz(band)));
    hs_html_literal(h, "><th scope=\"row\">");
    hs_html_text(h, hs_band_name(band));
    hs_html_literal(h, "</th>");
}

static void cell(struct hs_html *h, double x, int digits, bool sign)
{
    hs_html_literal(h, "<td>");
    if (sign)
        hs_html_signed(h, x, digits);
    else
        hs_html_number(h, x, digits);
    hs_html_literal(h, "</td>");
}

static double at(const double *x, size_t i)
{
    return x ? x[i] : NAN;
}

struct spectrum_rows {
    const double *master, *mix;
    const struct hs_expected_curve *curve;
};

/* For those who do not see the chart. */
static void spectrum_table(struct hs_html *h, const struct hs_plot *p,
                           const struct spectrum_rows *r)
{
    hs_chart_table_begin(h, "Third octaves, dB relative to the median of 200 Hz to 2 kHz");
    hs_html_literal(h, "<thead><tr><th scope=\"col\">Hz</th><th scope=\"col\">master</th>");
    if (r->mix)
        hs_html_literal(h, "<th scope=\"col\">mix</th>");
    if (r->curve)
        hs_html_literal(h, "<th scope=\"col\">expected from</th><th scope=\"col\">expected "
                           "to</th>");
    hs_html_literal(h, "</tr></thead><tbody>");
    for (size_t i = 0; i < HS_BANDS; i++) {
        row_begin(h, p, i);
        cell(h, at(r->master, i), 1, false);
        if (r->mix)
            cell(h, r->mix[i], 1, false);
        if (r->curve) {
            cell(h, r->curve->low[i], 1, false);
            cell(h, r->curve->high[i], 1, false);
        }
        hs_html_literal(h, "</tr>");
    }
    hs_chart_table_end(h);
}

/* How many bands stand outside the range, in words for those who cannot see the lines. */
static void describe_spectrum(char *out, size_t size, const struct spectrum_rows *r)
{
    size_t above = 0, below = 0;
    for (size_t i = 0; r->curve && i < HS_BANDS; i++) {
        above += r->master[i] > r->curve->high[i];
        below += r->master[i] < r->curve->low[i];
    }
    if (r->curve)
        snprintf(out, size,
                 "Of 31 third-octave bands %zu lie above and %zu below the "
                 "expected range (%s).",
                 above, below, r->curve->target ? r->curve->target : "distribution not named");
    else
        snprintf(out, size, "31 third-octave bands; no expected range is known.");
}

/* The expected range depends on the loudness of the master, so it is computed for each track.
 * Without a range the chart shows the lines alone. */
void hs_chart_spectrum(struct hs_html *h, const struct hs_track_result *t,
                       const struct hs_expected_spectrum *expected)
{
    struct hs_expected_curve curve;
    bool known = false;
    if (expected)
        hs_curve_expected(expected, &t->master.values, &curve);
    for (size_t i = 0; expected && i < HS_BANDS; i++)
        known |= isfinite(curve.low[i]) && curve.high[i] > curve.low[i];
    struct spectrum_rows r = {hs_values_doubles(&t->master.values, "bands_db", HS_BANDS),
                              hs_values_doubles(&t->mix.values, "bands_db", HS_BANDS),
                              known ? &curve : NULL};
    if (!r.master)
        return;
    double x[HS_BANDS], range[2] = {INFINITY, -INFINITY};
    band_axis(x);
    /* one y axis for all that is drawn */
    widen(range, r.master, HS_BANDS);
    widen(range, r.mix, HS_BANDS);
    if (r.curve) {
        widen(range, r.curve->low, HS_BANDS);
        widen(range, r.curve->high, HS_BANDS);
    }
    range[0] = fmax(range[0], range[1] - 70); /* what lies deeper is not heard */
    struct hs_plot p = HS_CHART_PLOT(270);
    p.x = (struct hs_axis){hs_band_low_hz(0), hs_band_high_hz(HS_BANDS - 1), HS_LOG};
    fit_y(&p, range, 20);
    char words[200];
    describe_spectrum(words, sizeof words, &r);
    hs_chart_begin(h, "Spectrum of the whole programme", words);
    hs_svg_begin(h, &p, "spectrum", "Spectrum against the expected range", words);
    put_grid(h, &p, "dB");
    if (r.curve) {
        hs_svg_area(h, &p, "expected", x, r.curve->low, r.curve->high, HS_BANDS);
        hs_svg_line(h, &p, "centre", x, r.curve->centre, HS_BANDS);
    }
    if (r.mix)
        hs_svg_line(h, &p, "mix", x, r.mix, HS_BANDS);
    hs_svg_line(h, &p, "master", x, r.master, HS_BANDS);
    hs_svg_end(h);
    hs_chart_key(h, r.curve != NULL, r.mix != NULL);
    spectrum_table(h, &p, &r);
    hs_chart_end(h);
}

struct transfer_rows {
    const double *eq, *side, *coherence;
    double bound;
};

/* Coherence says how far each band of the pair can be believed. */
static void transfer_table(struct hs_html *h, const struct hs_plot *p,
                           const struct transfer_rows *r)
{
    hs_chart_table_begin(h, "Master over mix in third octaves, dB");
    hs_html_literal(h, "<thead><tr><th scope=\"col\">Hz</th><th scope=\"col\">mid</th><th "
                       "scope=\"col\">side</th><th scope=\"col\">coherence</th></tr></thead>"
                       "<tbody>");
    for (size_t i = 0; i < HS_BANDS; i++) {
        row_begin(h, p, i);
        cell(h, at(r->eq, i), 1, true);
        cell(h, at(r->side, i), 1, true);
        cell(h, at(r->coherence, i), 2, false);
        hs_html_literal(h, "</tr>");
    }
    hs_chart_table_end(h);
}

/* The zones that the moves are named by, with what mastering usually does to each, around 0 dB. */
static bool put_zones(struct hs_html *h, const struct hs_plot *p, const struct hs_track_result *t)
{
    bool any = false;
    for (size_t z = 0; z < HS_ZONES; z++) {
        const struct hs_zone *zone = &hs_zones[z];
        double from = hs_band_low_hz(zone->first), to = hs_band_high_hz(zone->last), usual[2];
        hs_moves_usual_of_zone(t, zone, usual);
        if (isfinite(usual[0])) {
            hs_svg_box(h, p, "f-usual", from, to, fmax(usual[0], p->y.from),
                       fmin(usual[1], p->y.to));
            any = true;
        }
        if (z)
            hs_svg_rule_x(h, p, "l-grid", from);
        hs_svg_label(h, hs_svg_x(p, sqrt(from * to)), p->top - 8, "wide", "middle", zone->name);
    }
    return any;
}

/* The words for each line that is drawn, with the error bound of the equalisation in dB. */
static void put_transfer_key(struct hs_html *h, const struct transfer_rows *r, bool usual)
{
    hs_html_literal(h, "<p class=\"key\"><span class=\"k-line\">mid</span>");
    if (r->side)
        hs_html_literal(h, " <span class=\"k-side\">side</span>");
    if (usual)
        hs_html_literal(h, " <span class=\"k-usual\">usual of mastering, by zone</span>");
    if (isfinite(r->bound)) {
        hs_html_literal(h, " <span class=\"k-bound\">mid \xc2\xb1 ");
        hs_html_quantity(h, r->bound, 1, "dB");
        hs_html_literal(h, " error bound</span>");
    }
    hs_html_literal(h, "</p>");
}

/* Nothing without a pair. */
void hs_chart_transfer(struct hs_html *h, const struct hs_track_result *t)
{
    const struct hs_pair *pair = &t->pair;
    const struct hs_value *eq = hs_values_get(&pair->values, "eq_db");
    struct transfer_rows r = {hs_values_doubles(&pair->values, "eq_db", HS_BANDS),
                              hs_values_doubles(&pair->values, "side_eq_db", HS_BANDS),
                              hs_values_doubles(&pair->values, "coherence", HS_BANDS),
                              eq ? eq->bound : NAN};
    if (!r.eq)
        return;
    double x[HS_BANDS], low[HS_BANDS], high[HS_BANDS], range[2] = {-3, 3};
    band_axis(x);
    /* the uncertainty of the measure as a band about the curve */
    for (size_t i = 0; i < HS_BANDS; i++) {
        low[i] = r.eq[i] - r.bound;
        high[i] = r.eq[i] + r.bound;
    }
    widen(range, r.eq, HS_BANDS);
    widen(range, r.side, HS_BANDS);
    /* bands in which mix or master is silent would stretch the axis */
    range[0] = fmax(range[0], -24);
    range[1] = fmin(range[1], 24);
    struct hs_plot p = HS_CHART_PLOT(230);
    p.x = (struct hs_axis){hs_band_low_hz(0), hs_band_high_hz(HS_BANDS - 1), HS_LOG};
    fit_y(&p, range, 6);
    const char *words = "Equalisation that turns the mix into the master, by band; overall "
                        "gain taken out (median of 200 Hz to 2 kHz).";
    hs_chart_begin(h, "What mastering did to the tone", words);
    hs_svg_begin(h, &p, "transfer", "Equalisation of mid and side", words);
    bool usual = put_zones(h, &p, t);
    put_grid(h, &p, "dB");
    hs_svg_area(h, &p, "bound", x, low, high, HS_BANDS);
    if (r.side)
        hs_svg_line(h, &p, "side", x, r.side, HS_BANDS);
    hs_svg_line(h, &p, "master", x, r.eq, HS_BANDS);
    hs_svg_end(h);
    put_transfer_key(h, &r, usual);
    transfer_table(h, &p, &r);
    hs_chart_end(h);
}

static const char *const stereo_names[HS_STEREO_BANDS] = {"20\xe2\x80\x93"
                                                          "120 Hz",
                                                          "120\xe2\x80\x93"
                                                          "500 Hz",
                                                          "500 Hz\xe2\x80\x93"
                                                          "2 kHz",
                                                          "2\xe2\x80\x93"
                                                          "8 kHz",
                                                          "8\xe2\x80\x93"
                                                          "16 kHz"};

/* One row for each band. */
static void stereo_table(struct hs_html *h, const double *master, const double *mix)
{
    hs_chart_table_begin(h, "Correlation by band");
    hs_html_literal(h, "<thead><tr><th scope=\"col\">band</th><th scope=\"col\">master</th>");
    if (mix)
        hs_html_literal(h, "<th scope=\"col\">mix</th>");
    hs_html_literal(h, "</tr></thead><tbody>");
    for (size_t i = 0; i < HS_STEREO_BANDS; i++) {
        hs_html_literal(h, "<tr><th scope=\"row\">");
        hs_html_text(h, stereo_names[i]);
        hs_html_literal(h, "</th>");
        cell(h, master[i], 2, true);
        if (mix)
            cell(h, mix[i], 2, true);
        hs_html_literal(h, "</tr>");
    }
    hs_chart_table_end(h);
}

/* One row for each band: a bar from 0 to the correlation of the master, a mark at that of the mix.
 * The left half is shaded, where the sum of both channels loses level. */
void hs_chart_stereo(struct hs_html *h, const struct hs_track_result *t)
{
    const double *master =
        hs_values_doubles(&t->master.values, "band_correlation", HS_STEREO_BANDS);
    const double *mix = hs_values_doubles(&t->mix.values, "band_correlation", HS_STEREO_BANDS);
    if (!master)
        return;
    struct hs_plot p = HS_CHART_PLOT(190);
    p.left = 26;
    p.x = (struct hs_axis){-1, 1, HS_LINEAR};
    p.y = (struct hs_axis){HS_STEREO_BANDS, 0, HS_LINEAR};
    const char *words = "Correlation of left and right: +1 is mono, 0 is wide, below 0 cancels "
                        "when the channels are added.";
    hs_chart_begin(h, "Stereo by band", words);
    hs_svg_begin(h, &p, "stereo", "Correlation of left and right by band", words);
    hs_svg_box(h, &p, "cancel", -1, 0, 0, HS_STEREO_BANDS);
    hs_svg_grid_x_round(h, &p, 1);
    /* bars from 0 are the master, narrow marks the mix */
    for (size_t i = 0; i < HS_STEREO_BANDS; i++) {
        double y = (double)i + 0.5;
        hs_svg_label(h, 0, hs_svg_y(&p, y) + 4, NULL, "start", stereo_names[i]);
        if (isfinite(master[i]))
            hs_svg_box(h, &p, "bar", 0, master[i], y - 0.22, y + 0.22);
        if (mix && isfinite(mix[i]))
            hs_svg_box(h, &p, "mixmark", mix[i] - 0.006, mix[i] + 0.006, y - 0.38, y + 0.38);
    }
    hs_svg_end(h);
    hs_html_literal(h, "<p class=\"key\"><span class=\"k-bar\">master</span>");
    if (mix)
        hs_html_literal(h, " <span class=\"k-mixmark\">mix</span>");
    hs_html_literal(h, "</p>");
    stereo_table(h, master, mix);
    hs_chart_end(h);
}
