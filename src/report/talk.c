/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The paragraph for a polite talk with the mastering engineer: what the mix brought along,
 * what mastering changed, what came of it, and what to ask. Facts with their numbers; what
 * was asked for at the time is not known here.
 */
#include "report/talk.h"

#include "model/measure.h"
#include "report/html.h"
#include "report/pieces.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

/* Below these a change is not worth a word. */
#define TONE_DB 0.7
#define WIDTH_DB 0.5
#define GAIN_DB 0.5
#define REDUCED_DB 1.0
#define TRIM_S 0.05
#define TAIL_DB 0.4 /* one step of wet and dry */

static const struct {
    size_t first, last; /* third octaves by index, see model/measure.h */
    const char *name;
} regions[] = {
    {0, 3, "the sub bass (up to 40 Hz)"},   {4, 8, "the bass (50-125 Hz)"},
    {9, 13, "the low middle (160-400 Hz)"}, {20, 24, "the presence (2-5 kHz)"},
    {25, 29, "the treble (6-16 kHz)"},
};

static double region_db(const double *eq, size_t first, size_t last)
{
    double sum = 0;
    size_t n = 0;
    for (size_t b = first; b <= last; b++)
        if (isfinite(eq[b])) {
            sum += eq[b];
            n++;
        }
    return n ? sum / (double)n : NAN;
}

/* "a", "a, b": the parts of a sentence that is written as it comes. */
static void next(struct hs_html *h, size_t *n)
{
    if ((*n)++)
        hs_html_literal(h, ", ");
}

static void put_tone(struct hs_html *h, const struct hs_values *v, size_t *n)
{
    const double *eq = hs_values_doubles(v, "eq_db", HS_BANDS);
    for (size_t i = 0; eq && i < sizeof regions / sizeof *regions; i++) {
        double db = region_db(eq, regions[i].first, regions[i].last);
        if (!(fabs(db) >= TONE_DB))
            continue;
        next(h, n);
        hs_html_text(h, regions[i].name);
        hs_html_text(h, db > 0 ? " raised by " : " lowered by ");
        hs_html_quantity(h, fabs(db), 1, "dB");
    }
}

static void put_dynamics(struct hs_html *h, const struct hs_values *v, size_t *n)
{
    double reduced = hs_values_or_nan(v, "gain_reduction_db.p95");
    double plr = hs_values_or_nan(v, "plr_change_db");
    if (reduced >= REDUCED_DB) {
        const struct hs_value *kind = hs_values_get(v, "reducer");
        next(h, n);
        hs_html_quantity(h, reduced, 1, "dB");
        hs_html_literal(h, " of gain reduction in the loudest passages");
        if (kind && kind->kind == HS_TEXT && strcmp(kind->text, "none")) {
            hs_html_literal(h, " (");
            hs_html_text(h, kind->text);
            hs_html_literal(h, ")");
        }
    }
    if (fabs(plr) >= REDUCED_DB) {
        next(h, n);
        hs_html_literal(h, "peaks ");
        hs_html_quantity(h, fabs(plr), 1, "dB");
        hs_html_text(h, plr < 0 ? " closer to the loudness" : " further above the loudness");
    }
}

/* What was done to decays, and to everything at the low hits. */
static void put_space(struct hs_html *h, const struct hs_values *v, size_t *n)
{
    double tails = hs_values_or_nan(v, "tail_change_db");
    double dip = hs_values_or_nan(v, "ducking_db");
    if (fabs(tails) >= TAIL_DB) {
        next(h, n);
        hs_html_text(h, tails > 0 ? "decays and reverberation up by "
                                  : "decays and reverberation down by ");
        hs_html_quantity(h, fabs(tails), 1, "dB");
    }
    if (dip >= REDUCED_DB) {
        next(h, n);
        hs_html_literal(h, "the gain dips by ");
        hs_html_quantity(h, dip, 1, "dB");
        hs_html_literal(h, " at the low hits");
    }
}

static void put_changes(struct hs_html *h, const struct hs_values *v)
{
    double gain = hs_values_or_nan(v, "gain_db"), trim = hs_values_or_nan(v, "trim_start_s");
    double width = hs_values_or_nan(v, "width_change_db");
    size_t n = 0;
    hs_html_literal(h, "<p><strong>What mastering changed:</strong> ");
    if (fabs(gain) >= GAIN_DB) {
        next(h, &n);
        hs_html_quantity(h, fabs(gain), 1, "dB");
        hs_html_text(h, gain > 0 ? " louder" : " quieter");
    }
    put_tone(h, v, &n);
    put_dynamics(h, v, &n);
    if (fabs(width) >= WIDTH_DB) {
        next(h, &n);
        hs_html_text(h, width > 0 ? "the sides wider by " : "the sides narrower by ");
        hs_html_quantity(h, fabs(width), 1, "dB");
    }
    put_space(h, v, &n);
    if (trim >= TRIM_S) {
        next(h, &n);
        hs_html_quantity(h, trim, 2, "s");
        hs_html_literal(h, " cut from the start");
    }
    hs_html_text(h, n ? "." : "nothing beyond an audible step.");
    hs_html_literal(h, "</p>");
}

static bool is_told(const struct hs_finding *f, unsigned origins)
{
    return !f->explained_by && !f->accepted && (origins >> f->origin & 1);
}

/* The findings of some origins with their values; returns how many. */
static size_t put_findings(struct hs_html *h, const struct hs_track_result *t, unsigned origins)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n_findings; i++) {
        const struct hs_finding *f = &t->findings[i];
        int digits = hs_unit_digits(f->unit);
        if (!is_told(f, origins))
            continue;
        next(h, &n);
        hs_html_rule_link(h, f->rule);
        if (isfinite(f->mix_value) && isfinite(f->value)) {
            hs_html_literal(h, " (mix ");
            hs_html_quantity(h, f->mix_value, digits, f->unit);
            hs_html_literal(h, ", master ");
            hs_html_quantity(h, f->value, digits, f->unit);
            hs_html_literal(h, ")");
        }
        if (f->exposed_by) {
            hs_html_literal(h, ", pushed over by ");
            hs_html_text(h, f->exposed_by);
        }
    }
    return n;
}

static bool any(const struct hs_track_result *t, unsigned origins)
{
    for (size_t i = 0; i < t->n_findings; i++)
        if (is_told(&t->findings[i], origins))
            return true;
    return false;
}

enum {
    HELPED = 1u << HS_ORIGIN_CURED | 1u << HS_ORIGIN_EASED,
    PASSED_ON = 1u << HS_ORIGIN_MIX,
    BROUGHT = 1u << HS_ORIGIN_MASTERING | 1u << HS_ORIGIN_WORSENED | 1u << HS_ORIGIN_EXPOSED
};

static void put_list(struct hs_html *h, const struct hs_track_result *t, unsigned origins,
                     const char *what)
{
    if (!any(t, origins))
        return;
    hs_html_literal(h, "<p><strong>");
    hs_html_text(h, what);
    hs_html_literal(h, "</strong> ");
    put_findings(h, t, origins);
    hs_html_literal(h, ".</p>");
}

void hs_html_talk(struct hs_html *h, const struct hs_track_result *t)
{
    if (t->pair.state != HS_PAIR_ALIGNED && t->pair.state != HS_PAIR_EDITED)
        return;
    hs_html_literal(h, "<section class=\"talk\"><h2>For a talk with the mastering engineer</h2>");
    put_list(h, t, HELPED, "The mix came with this, and mastering helped:");
    put_list(h, t, PASSED_ON, "The mix came with this, and it was passed on:");
    if (!any(t, HELPED | PASSED_ON))
        hs_html_literal(h, "<p>The mix came without a fault that could be judged.</p>");
    put_changes(h, &t->pair.values);
    put_list(h, t, BROUGHT, "Brought in, brought out or made worse on the way:");
    if (any(t, BROUGHT))
        hs_html_literal(h, "<p>Worth asking, politely: was that wished for at the time, and is "
                           "there a version without it?</p>");
    else
        hs_html_literal(h, "<p>Nothing that was judged got worse in mastering.</p>");
    hs_html_literal(h, "</section>\n");
}
