/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. What kind of pair it is: aligned, edited, different, cannot say.
 * 2. What mastering did: level, tone by zone (mean of the third octaves), peaks, range, width,
 *    balance, decays, each only beyond the least change that is worth a word.
 * 3. Devices with their gain reduction; whether the sound was encoded in between; fades and
 *    rides; defects.
 * 4. Instruments whose level changed against the whole.
 * 5. Findings by what mastering did to them: brought in, made worse, exposed, cured or eased, in
 *    the mix already, or of unknown origin.
 */
#include "report/pair_words.h"

#include "core/num.h"
#include "core/num_text.h"
#include "core/text.h"
#include "model/measure.h"
#include "report/edit_words.h"
#include "report/instruments.h"
#include "report/moves.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Below these a change is not worth a word. */
static const double width_db = 0.5, gain_db = 0.5, peaks_db = 1, tail_db = 0.4, ducking_db = 1,
                    ends_s = 0.05, drift_ppm = 3, balance_db = 0.5, range_lu = 1, level_lu = 0.5;
/* The sides of a zone against the middle; two steps, since sides are soft. What neither filter nor
 * device explains is told from -20 dB on: a hundredth of the master. */
static const double sides_db = 2 * HS_TONE_HEARD_DB, unexplained_db = -20;
/* Sides below this are none. */
static const double no_side_db = -40;
/* A device that takes less than this in a twentieth of the time has no figure. */
static const double least_reduction_db = 0.05;
/* Between a hard and a soft curve, with a residual that hides which (docs/pairs.md). */
static const double hard_knee_db = -0.25, soft_knee_db = -0.6, hidden_db = -25;

/* A sentence that is written as it comes: its start, commas, its full stop. */
struct sentence {
    struct hs_buf *out;
    const char *start;
    size_t n;
};

/* Begins the sentence, or adds a comma. */
static void part(struct sentence *s)
{
    hs_buf_puts(s->out, s->n++ ? ", " : s->start);
}

static void end(struct sentence *s)
{
    if (s->n)
        hs_buf_puts(s->out, ".\n");
}

/* A number with its unit. */
static void put(struct hs_buf *out, double x, int digits, const char *unit)
{
    char text[HS_NUM_TEXT];
    hs_buf_printf(out, "%s %s", hs_num_fixed(text, x, digits), unit);
}

/* Positive words for both signs. */
static void put_change(struct sentence *s, double x, double least, int digits, const char *unit,
                       const char *what, const char *up, const char *down)
{
    if (!(fabs(x) >= least))
        return;
    part(s);
    hs_buf_printf(s->out, "%s%s%s by ", what, *what ? " " : "", x > 0 ? up : down);
    put(s->out, fabs(x), digits, unit);
}

/* Each zone of the tone that moved by an audible step. */
static void put_tone(struct sentence *s, const struct hs_values *v)
{
    const double *eq = hs_values_doubles(v, "eq_db", HS_BANDS);
    for (size_t i = 0; eq && i < HS_ZONES; i++) {
        char name[64];
        snprintf(name, sizeof name, "the %s (%s)", hs_zones[i].name, hs_zones[i].hz);
        put_change(s, hs_zone_db(eq, &hs_zones[i]), HS_TONE_HEARD_DB, 1, "dB", name, "up", "down");
    }
}

/* Zones of the sides that moved against the whole. */
static void put_sides(struct sentence *s, const struct hs_values *v)
{
    const double *eq = hs_values_doubles(v, "eq_db", HS_BANDS);
    const double *side = hs_values_doubles(v, "side_eq_db", HS_BANDS);
    for (size_t i = 0; eq && side && i < HS_ZONES; i++) {
        char name[80];
        snprintf(name, sizeof name, "the sides of the %s (%s)", hs_zones[i].name, hs_zones[i].hz);
        put_change(s, hs_zone_db(side, &hs_zones[i]) - hs_zone_db(eq, &hs_zones[i]), sides_db, 1,
                   "dB", name, "up", "down");
    }
}

static bool is_mono(const struct hs_file *f)
{
    double equal = 0, side = 0;
    return (hs_values_read(&f->values, "channels_equal", &equal) && equal != 0) ||
           (hs_values_read(&f->values, "side_mid_db", &side) && side < no_side_db);
}

/* Folded to mono, or made stereo. */
static void put_fold(struct sentence *s, const struct hs_track_result *t)
{
    double of_mix = NAN, of_master = NAN;
    hs_values_read(&t->mix.values, "side_mid_db", &of_mix);
    hs_values_read(&t->master.values, "side_mid_db", &of_master);
    if (of_mix > no_side_db && is_mono(&t->master)) {
        part(s);
        hs_buf_puts(s->out, "folded to mono");
    } else if (of_master > no_side_db && is_mono(&t->mix)) {
        part(s);
        hs_buf_puts(s->out, "made stereo from mono");
    }
}

/* The knee of the curve lies between hard and soft, and the residual is too large to decide:
 * clipper or saturation. */
static bool curve_unclear(const struct hs_values *v)
{
    double knee = hs_values_or_nan(v, "knee_db");
    return knee <= hard_knee_db && knee >= soft_knee_db &&
           hs_values_or_nan(v, "residual_db") > hidden_db;
}

/* Whether a device has a figure: gain that it takes away for some of the time. */
static bool takes_gain(const struct hs_device_use *d)
{
    return !hs_device_is_curve(d->kind) && d->db >= least_reduction_db;
}

/* The devices in the order of the signal: "compressor 2.1 dB, then limiter at least 4.0 dB". */
void hs_pair_chain_words(const struct hs_pair *p, struct hs_buf *out)
{
    double lower = 0;
    hs_values_read(&p->values, "gain_reduction_lower_bound", &lower);
    for (size_t i = 0; i < p->n_chain; i++) {
        const struct hs_device_use *d = &p->chain[i];
        hs_buf_puts(out, i ? ", then " : "");
        if (hs_device_is_curve(d->kind)) {
            hs_buf_puts(out, curve_unclear(&p->values) ? "clipper or saturation"
                                                       : hs_device_name(d->kind));
            continue;
        }
        hs_buf_puts(out, hs_device_name(d->kind));
        if (!takes_gain(d)) {
            hs_buf_puts(out, " at the highest peaks alone");
            continue;
        }
        hs_buf_puts(out, lower != 0 ? " at least " : " ");
        put(out, d->db, 1, "dB");
    }
}

/* The chain, whether a compressor may hide before it, and whether the sound was encoded in between.
 */
static void put_devices(struct hs_buf *out, const struct hs_pair *p)
{
    const struct hs_values *v = &p->values;
    double hidden = 0, noise;
    size_t figures = 0;
    /* devices with a figure of reduction */
    for (size_t i = 0; i < p->n_chain; i++)
        figures += takes_gain(&p->chain[i]);
    if (p->n_chain) {
        hs_buf_puts(out, "Devices: ");
        hs_pair_chain_words(p, out);
        if (figures)
            hs_buf_puts(out, " (reduction that is exceeded for 5 % of the time)");
        if (hs_values_read(v, "hidden_compressor", &hidden) && hidden != 0)
            hs_buf_puts(out, "; a compressor before it cannot be ruled out");
        hs_buf_puts(out, ".\n");
    } else {
        hs_buf_puts(out, "No compressor, limiter or clipper is proven.\n");
    }
    if (hs_values_read(v, "encoded.noise_db", &noise)) {
        hs_buf_puts(out, "Encoded, or noise that follows the music: coherent with the mix up to ");
        put(out, hs_values_or_nan(v, "encoded.bandwidth_hz") / 1000, 1, "kHz, noise ");
        put(out, noise, 0, "dB.\n");
    } else if (hs_values_or_nan(v, "residual_db") > unexplained_db) {
        put(out, 100 * hs_power_from_db(hs_values_or_nan(v, "residual_db")), 0,
            "% of the master is explained by none of this: something was added, or changed in "
            "another way.\n");
    }
}

static const char *shown(const struct hs_candidate *c)
{
    const char *name = c->source ? c->source->shown : NULL,
               *slash = name ? strrchr(name, '/') : NULL;
    return slash ? slash + 1 : name ? name : "";
}

/* Mixes that cannot be told apart by what they leave unexplained; nothing without a tie. */
void hs_pair_tie_words(const struct hs_pair *p, struct hs_buf *out)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_candidates; i++) {
        if (!p->candidates[i].tied)
            continue;
        hs_buf_puts(out, n++ ? " and " : "Cannot tell ");
        hs_text_put_plain(out, shown(&p->candidates[i]));
    }
    if (!n)
        return;
    hs_buf_puts(out, " from ");
    hs_text_put_plain(out, shown(&p->candidates[p->chosen]));
    hs_buf_puts(out, ": what they leave unexplained differs by less than its bound.\n");
}

static void put_times(struct hs_buf *out, const char *what, const struct hs_passage *p, size_t n)
{
    char from[HS_NUM_TEXT], to[HS_NUM_TEXT];
    for (size_t i = 0; i < n; i++)
        hs_buf_printf(out, "%s%s to %s s", i ? ", " : what, hs_num_fixed(from, p[i].from_s, 1),
                      hs_num_fixed(to, p[i].to_s, 1));
    if (n)
        hs_buf_puts(out, ".\n");
}

/* Seconds cut from the mix, or added, at one end. */
static void put_end(struct sentence *s, double cut_s, const char *which)
{
    if (!(fabs(cut_s) >= ends_s))
        return;
    part(s);
    put(s->out, fabs(cut_s), 1, "s");
    hs_buf_printf(
        s->out, cut_s > 0 ? " of the mix cut from the %s" : " more at the %s than the mix", which);
}

static bool is_turned(const struct hs_values *v)
{
    const struct hs_value *polarity = hs_values_get(v, "polarity");
    double swapped = 0;
    return (polarity && polarity->kind == HS_ARRAY) ||
           (polarity && polarity->kind == HS_NUMBER && polarity->number < 0) ||
           (hs_values_read(v, "swapped", &swapped) && swapped != 0);
}

/* Whether mastering did what no move tells: channels, or a fault that it brought in. */
static bool did_something_else(const struct hs_track_result *t)
{
    bool brought = false;
    for (size_t i = 0; i < t->n_findings; i++)
        brought |= !t->findings[i].explained_by && (t->findings[i].origin == HS_ORIGIN_MASTERING ||
                                                    t->findings[i].origin == HS_ORIGIN_WORSENED);
    return brought || is_turned(&t->pair.values);
}

/* Moves of an audible step and more, then devices, passages, ends and defects. */
static void put_what_mastering_did(struct hs_buf *out, const struct hs_track_result *t)
{
    const struct hs_pair *p = &t->pair;
    const struct hs_values *v = &p->values;
    struct sentence level = {out, "Mastering: ", 0}, ends = {out, "Ends: ", 0};
    struct sentence defects = {out, "Defects: ", 0};
    double gain = hs_values_or_nan(v, "gain_db");
    if (fabs(gain) >= gain_db) {
        part(&level);
        put(out, fabs(gain), 1, gain > 0 ? "dB louder" : "dB quieter");
    }
    put_fold(&level, t);
    put_tone(&level, v);
    put_sides(&level, v);
    put_change(&level, hs_values_or_nan(v, "plr_change_db"), peaks_db, 1, "dB",
               "peaks over loudness", "up", "down");
    put_change(&level, hs_values_or_nan(v, "lra_change_lu"), range_lu, 1, "LU", "loudness range",
               "up", "down");
    put_change(&level, hs_values_or_nan(v, "width_change_db"), width_db, 1, "dB", "the sides",
               "wider", "narrower");
    put_change(&level, hs_values_or_nan(v, "balance_change_db"), balance_db, 1, "dB", "", "left up",
               "right up");
    put_change(&level, hs_values_or_nan(v, "tail_change_db"), tail_db, 1, "dB", "decays", "up",
               "down");
    /* ducking only counts where the gain dips */
    put_change(&level, fmax(hs_values_or_nan(v, "ducking_db"), 0), ducking_db, 1, "dB",
               "at low hits the gain", "up", "down");
    if (!level.n && !did_something_else(t))
        hs_buf_puts(out, "Mastering: no change of level, tone, width or range beyond an audible "
                         "step.\n");
    end(&level);
    hs_pair_tie_words(p, out);
    put_devices(out, p);
    put_times(out, "Fades by mastering: ", p->fades, p->n_fades);
    put_times(out, "Level rides by mastering: ", p->rides, p->n_rides);
    put_end(&ends, hs_values_or_nan(v, "trim_start_s"), "start");
    put_end(&ends, hs_values_or_nan(v, "trim_end_s"), "end");
    end(&ends);
    hs_edit_words(p, out);
    put_change(&defects, hs_values_or_nan(v, "clipped_change_ppm"), 1, 0, "ppm", "clipped samples",
               "up", "down");
    put_change(&defects, hs_values_or_nan(v, "noise_change_db"), 3, 1, "dB", "noise", "up", "down");
    put_change(&defects, hs_values_or_nan(v, "hum_change_db"), 3, 1, "dB", "hum", "up", "down");
    put_change(&defects, hs_values_or_nan(v, "dc_change"), 0.002, 3, "of full scale", "DC offset",
               "up", "down");
    end(&defects);
}

/* What kind of pair it is, with drift in ppm, wow in ms, polarity and swapped channels. */
static void put_kind(struct hs_buf *out, const struct hs_pair *p)
{
    static const char *const kinds[] = {
        [HS_PAIR_NONE] = "Not compared",
        [HS_PAIR_ALIGNED] = "Mix and master are the same recording",
        [HS_PAIR_EDITED] = "Mix and master are the same recording, cut differently",
        [HS_PAIR_DIFFERENT] = "Not the same recording",
        [HS_PAIR_CANNOT_SAY] = "Cannot say whether mix and master belong together",
    };
    const struct hs_values *v = &p->values;
    const struct hs_value *polarity = hs_values_get(v, "polarity");
    double drift = hs_values_or_nan(v, "drift_ppm"), wow = hs_values_or_nan(v, "wow_ms");
    double swapped = 0;
    hs_buf_puts(out, kinds[p->state]);
    /* how the two clocks and channels lie to each other */
    if (p->state == HS_PAIR_ALIGNED && fabs(drift) >= drift_ppm) {
        hs_buf_puts(out, ", the master ");
        put(out, fabs(drift), 0, drift > 0 ? "ppm faster" : "ppm slower");
    }
    if (wow > 0) {
        hs_buf_puts(out, ", with ");
        put(out, wow, 2, "ms of wow");
    }
    if (polarity && polarity->kind == HS_NUMBER && polarity->number < 0)
        hs_buf_puts(out, ", with inverted polarity");
    if (polarity && polarity->kind == HS_ARRAY)
        hs_buf_puts(out, ", with one channel inverted");
    if (hs_values_read(v, "swapped", &swapped) && swapped != 0)
        hs_buf_puts(out, ", with left and right swapped");
    if (p->why) {
        hs_buf_puts(out, ": ");
        hs_text_put_plain(out, p->why);
    }
    hs_buf_puts(out, ".\n");
}

/* Findings of some origins, by rule. */
static void put_findings(struct hs_buf *out, const struct hs_track_result *t, const char *what,
                         unsigned origins)
{
    struct sentence s = {out, what, 0};
    for (size_t i = 0; i < t->n_findings; i++) {
        const struct hs_finding *f = &t->findings[i];
        if (f->explained_by || !(origins >> f->origin & 1))
            continue;
        part(&s);
        hs_buf_puts(out, f->rule);
        if (f->severity > HS_NO_FAULT)
            hs_buf_printf(out, " (%s)", hs_severity_name(f->severity));
        if (f->exposed_by) {
            hs_buf_puts(out, " by ");
            hs_text_put_plain(out, f->exposed_by);
        }
    }
    end(&s);
}

/* Against the whole: what is louder now has others below it. */
static void put_instruments(struct hs_buf *out, const struct hs_track_result *t)
{
    struct sentence s = {out, "Against the whole: ", 0};
    struct hs_instrument_change change;
    for (size_t i = 0; hs_instruments_change(t, i, &change); i++)
        put_change(&s, change.lu, level_lu, 1, "LU", change.name, "up", "down");
    end(&s);
}

/* `hindsight compare` in plain text. */
void hs_pair_words(const struct hs_track_result *t, struct hs_buf *out)
{
    const struct hs_pair *p = &t->pair;
    put_kind(out, p);
    if (p->state != HS_PAIR_ALIGNED && p->state != HS_PAIR_EDITED)
        return;
    put_what_mastering_did(out, t);
    put_instruments(out, t);
    put_findings(out, t, "Brought in by mastering: ", 1u << HS_ORIGIN_MASTERING);
    put_findings(out, t, "Made worse: ", 1u << HS_ORIGIN_WORSENED);
    put_findings(out, t, "In the mix, exposed by mastering: ", 1u << HS_ORIGIN_EXPOSED);
    put_findings(out, t, "Cured or eased: ", 1u << HS_ORIGIN_CURED | 1u << HS_ORIGIN_EASED);
    put_findings(out, t, "In the mix already: ", 1u << HS_ORIGIN_MIX);
    put_findings(out, t, "Cannot say where it came in: ", 1u << HS_ORIGIN_CANNOT_SAY);
}
