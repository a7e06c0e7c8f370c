/* SPDX-License-Identifier: Apache-2.0 */
/* The moves of mastering as people call them: six zones of the tone, then loudness, peaks, width,
 * balance, decays. One table gives name, measure, unit, audible step and words for both signs; all
 * sentences, tables and charts of moves follow from it. */
#include "report/moves.h"

#include "model/measure.h"

#include <math.h>

/* Below these a change is not heard. */
#define WIDTH_DB 0.5
#define GAIN_DB 0.5
#define PEAKS_DB 1.0
#define BALANCE_DB 0.3
#define TAIL_DB 0.4

const struct hs_told_move hs_moves[HS_N_MOVES] = {
    {"Loudness", NULL, NULL, "gain_db", "dB", GAIN_DB, 1, "louder", "quieter", HS_PART_NONE},
    {"Peaks", "loudest passages", "what was taken off the peaks", "gain_reduction_db.p95", "dB",
     PEAKS_DB, -1, NULL, "taken off the loudest passages", HS_PART_PEAKS},
    {"Peaks over loudness", NULL, "the peaks over the loudness", "plr_change_db", "dB", PEAKS_DB, 1,
     "more peak over the loudness", "less peak over the loudness", HS_PART_NONE},
    {"Width", "300 Hz to 8 kHz", "the width", "width_change_db", "dB", WIDTH_DB, 1, "wider",
     "narrower", HS_PART_WIDTH},
    {"Left against right", NULL, "the balance of left and right", "balance_change_db", "dB",
     BALANCE_DB, 1, "to the left", "to the right", HS_PART_BALANCE},
    {"Decays", "reverberation", "the reverberation", "tail_change_db", "dB", TAIL_DB, 1,
     "more reverberation", "less reverberation", HS_PART_DECAYS},
    {"Dips at the low hits", "the whole ducks", NULL, "ducking_db", "dB", PEAKS_DB, -1, NULL,
     "deep at the low hits", HS_PART_NONE},
};

/* The mean of the known third octaves of a zone, in dB; NaN: none is known. */
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

void hs_html_lower(struct hs_html *h, const char *name)
{
    for (const char *c = name; *c; c++)
        hs_html_textf(h, "%c", *c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
}

/* "the bass raised by 1.5 dB"; nothing below the least change that is heard. */
static void say_zone(struct hs_html *h, const struct hs_zone *zone, double db, size_t *n)
{
    if (!(fabs(db) >= HS_TONE_HEARD_DB))
        return;
    next(h, n);
    hs_html_textf(h, "the %s %s by ", zone->name, db > 0 ? "raised" : "lowered");
    hs_html_quantity(h, fabs(db), 1, "dB");
}

/* "0.8 dB wider". A direction without words is not mentioned. */
static void say_move(struct hs_html *h, const struct hs_told_move *m, double x, size_t *n)
{
    const char *words = m->sign * x > 0 ? m->more : m->less;
    if (!(fabs(x) >= m->step) || !words)
        return;
    next(h, n);
    hs_html_quantity(h, fabs(x), 1, m->unit);
    hs_html_literal(h, " ");
    hs_html_text(h, words);
}

/* Moves of an audible step and more, as one sentence. */
void hs_html_moves_said(struct hs_html *h, const struct hs_pair *pair)
{
    const double *eq = hs_values_doubles(&pair->values, "eq_db", HS_BANDS);
    double trim = hs_values_or_nan(&pair->values, "trim_start_s");
    size_t n = 0;
    /* loudness first, then the tone from low to high, then the others */
    say_move(h, &hs_moves[0], hs_values_or_nan(&pair->values, hs_moves[0].key), &n);
    for (size_t z = 0; eq && z < HS_ZONES; z++)
        say_zone(h, &hs_zones[z], hs_zone_db(eq, &hs_zones[z]), &n);
    for (size_t i = 1; i < HS_N_MOVES; i++)
        say_move(h, &hs_moves[i], hs_values_or_nan(&pair->values, hs_moves[i].key), &n);
    if (trim >= 0.05) {
        next(h, &n);
        hs_html_quantity(h, trim, 2, "s");
        hs_html_literal(h, " cut from the start");
    }
    hs_html_text(h, n ? "." : "Nothing beyond an audible step.");
}
