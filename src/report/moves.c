/* SPDX-License-Identifier: Apache-2.0 */
#include "report/moves.h"

#include "model/measure.h"

#include <math.h>

const struct hs_zone hs_zones[] = {
    {"Sub", "20 to 40 Hz", 0, 3},        {"Bass", "50 to 125 Hz", 4, 8},
    {"Low mid", "160 to 400 Hz", 9, 13}, {"Middle", "500 Hz to 1.6 kHz", 14, 19},
    {"Presence", "2 to 5 kHz", 20, 24},  {"Treble", "6 to 16 kHz", 25, 29},
};
const size_t hs_n_zones = sizeof hs_zones / sizeof *hs_zones;

/* Below these a change is not heard. */
#define TONE_DB 0.7
#define WIDTH_DB 0.5
#define GAIN_DB 0.5
#define PEAKS_DB 1.0
#define BALANCE_DB 0.3
#define TAIL_DB 0.4

static const struct move {
    const char *name, *sub, *key, *unit;
    double step, sign; /* sign: of what is shown against what is stored */
    const char *more, *less;
} moves[] = {
    {"Loudness", NULL, "gain_db", "dB", GAIN_DB, 1, "louder", "quieter"},
    {"Peaks", "loudest passages", "gain_reduction_db.p95", "dB", PEAKS_DB, -1, NULL,
     "taken off the loudest passages"},
    {"Width", "300 Hz to 8 kHz", "width_change_db", "dB", WIDTH_DB, 1, "wider", "narrower"},
    {"Left against right", NULL, "balance_change_db", "dB", BALANCE_DB, 1, "to the left",
     "to the right"},
    {"Decays", "reverberation", "tail_change_db", "dB", TAIL_DB, 1, "more reverberation",
     "less reverberation"},
    {"Dips at the low hits", "the whole ducks", "ducking_db", "dB", PEAKS_DB, -1, NULL,
     "deep at the low hits"},
};
enum { N_MOVES = sizeof moves / sizeof *moves };

double hs_zone_db(const double *eq, const struct hs_zone *zone)
{
    double sum = 0;
    size_t n = 0;
    for (size_t b = zone->first; b <= zone->last; b++)
        if (isfinite(eq[b])) {
            sum += eq[b];
            n++;
        }
    return n ? sum / (double)n : NAN;
}

static void next(struct hs_html *h, size_t *n)
{
    if ((*n)++)
        hs_html_literal(h, ", ");
}

static void say_zone(struct hs_html *h, const struct hs_zone *zone, double db, size_t *n)
{
    if (!(fabs(db) >= TONE_DB))
        return;
    next(h, n);
    hs_html_literal(h, "the ");
    for (const char *c = zone->name; *c; c++)
        hs_html_textf(h, "%c", *c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
    hs_html_text(h, db > 0 ? " raised by " : " lowered by ");
    hs_html_quantity(h, fabs(db), 1, "dB");
}

static void say_move(struct hs_html *h, const struct move *m, double x, size_t *n)
{
    const char *words = m->sign * x > 0 ? m->more : m->less;
    if (!(fabs(x) >= m->step) || !words)
        return;
    next(h, n);
    hs_html_quantity(h, fabs(x), 1, m->unit);
    hs_html_literal(h, " ");
    hs_html_text(h, words);
}

void hs_html_moves_said(struct hs_html *h, const struct hs_pair *pair)
{
    const double *eq = hs_values_doubles(&pair->values, "eq_db", HS_BANDS);
    double trim = hs_values_or_nan(&pair->values, "trim_start_s");
    size_t n = 0;
    say_move(h, &moves[0], hs_values_or_nan(&pair->values, moves[0].key), &n);
    for (size_t z = 0; eq && z < hs_n_zones; z++)
        say_zone(h, &hs_zones[z], hs_zone_db(eq, &hs_zones[z]), &n);
    for (size_t i = 1; i < N_MOVES; i++)
        say_move(h, &moves[i], hs_values_or_nan(&pair->values, moves[i].key), &n);
    if (trim >= 0.05) {
        next(h, &n);
        hs_html_quantity(h, trim, 2, "s");
        hs_html_literal(h, " cut from the start");
    }
    hs_html_text(h, n ? "." : "Nothing beyond an audible step.");
}

static const struct hs_column columns[] = {
    {"where", NULL}, {"change", "n"}, {"", "lane whole"}, {"in words", "text"}};

/* The change on a scale that is the same for all rows: twelve dB to either side. */
static void put_lane(struct hs_html *h, double x, bool heard)
{
    struct hs_plot p = {.height = 24, .x = {-12, 12, HS_LINEAR}, .y = {0, 1, HS_LINEAR}};
    hs_html_td(h, &columns[2], NAN);
    hs_svg_begin_plain(h, &p, NULL);
    hs_svg_segment(h, "l-axis", 0, 12, 100, 12);
    hs_svg_segment(h, "l-axis", 50, 4, 50, 20);
    hs_svg_box(h, &p, "bar", fmin(x, 0), fmax(x, 0), 0.42, 0.58);
    hs_svg_dot(h, &p, heard ? "d-master" : "d-mix", x, 0.5, 6);
    hs_svg_end(h);
    hs_html_literal(h, "</td>");
}

static void put_row(struct hs_html *h, const char *name, const char *sub, double x, bool heard,
                    const char *words)
{
    if (!isfinite(x))
        return;
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_text(h, name);
    if (sub) {
        hs_html_literal(h, "<span class=\"sub\">");
        hs_html_text(h, sub);
        hs_html_literal(h, "</span>");
    }
    hs_html_literal(h, "</th>");
    hs_html_td(h, &columns[1], x);
    hs_html_signed(h, x, 1);
    hs_html_literal(h, "\xe2\x80\xaf"
                       "dB</td>");
    put_lane(h, x, heard);
    hs_html_td(h, &columns[3], NAN);
    hs_html_text(h, heard ? words : "no audible change");
    hs_html_literal(h, "</td></tr>\n");
}

void hs_html_moves(struct hs_html *h, const struct hs_pair *pair)
{
    const double *eq = hs_values_doubles(&pair->values, "eq_db", HS_BANDS);
    hs_html_table_begin(h, NULL, "fold compact",
                        "The moves: loudness, tone from low to high, then the others. Filled: "
                        "audible. The scale reaches 12 dB to either side.");
    hs_html_columns(h, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < N_MOVES; i++) {
        const struct move *m = &moves[i];
        double x = m->sign * hs_values_or_nan(&pair->values, m->key);
        put_row(h, m->name, m->sub, x, fabs(x) >= m->step && (x > 0 ? m->more : m->less),
                x > 0 ? m->more : m->less);
        for (size_t z = 0; !i && eq && z < hs_n_zones; z++) {
            double db = hs_zone_db(eq, &hs_zones[z]);
            put_row(h, hs_zones[z].name, hs_zones[z].hz, db, fabs(db) >= TONE_DB,
                    db > 0 ? "raised" : "lowered");
        }
    }
    hs_html_table_end(h);
}
