/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Moves: level, tone by zone (mean of the third octaves of the transfer), the side of a zone
 *    where it went another way than the whole width, peaks, range, one channel that is late or
 *    equalised alone, width, balance, decays.
 * 2. Devices with their gain reduction; whether the sound was encoded in between.
 * 3. Fades and rides; what is more or less at both ends; edits (report/edit_words.h); defects.
 * 4. How much of the master nothing explains.
 * Each is said only beyond the least change that is worth a word.
 */
#include "report/pair_did.h"

#include "core/num.h"
#include "core/num_text.h"
#include "model/measure.h"
#include "report/edit_words.h"
#include "report/moves.h"
#include "report/pair_added.h"
#include "report/pair_bands.h"
#include "report/pair_channels.h"
#include "report/pair_defects.h"
#include "report/pair_ranges.h"
#include "report/sentence.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Below these a change is not worth a word. */
static const double width_db = 0.5, encoded_width_db = 2, gain_db = 0.5, peaks_db = 1,
                    tail_db = 0.4, ducking_db = 1, ends_s = 0.05, balance_db = 0.5, range_lu = 1;
/* A side below this counts as none. */
static const double no_side_db = -40;
/* A device that takes less than this in a twentieth of the time has no figure. */
static const double least_reduction_db = 0.05;
/* Between a hard and a soft curve, with a residual that hides which (docs/pair-method.md). */
static const double hard_knee_db = -0.25, soft_knee_db = -0.6, hidden_db = -25;
/* From 1 % of the power on. */
static const double unexplained_db = -20;
/* Less than this an encoder that the file names leaves by itself (AAC of 64 kbit/s -9). */
static const double most_by_encoder_db = -8;

/* Above this noise an encoder moves peaks and the sides of single zones by more than a step: AAC
 * 64, MP3 64 and Opus 48 of two songs (-10 to -22 dB) raised peaks by up to 2.8 dB. Vorbis q0 of
 * five songs (-14 to -23 dB) moved zones by up to 1.3 dB and the sides by 1.6. */
static bool is_hidden_by_encoder(const struct hs_values *v)
{
    const double loud_db = -25;
    return hs_values_or_nan(v, "encoded.noise_db") > loud_db;
}

/* Each zone of the tone that moved by an audible step, and by more than an encoder moves it. */
static void put_tone(struct hs_sentence *s, const struct hs_values *v)
{
    const double encoded_db = 1.5;
    const double least_db =
        is_hidden_by_encoder(v) ? fmax(encoded_db, HS_TONE_HEARD_DB) : HS_TONE_HEARD_DB;
    const double *eq = hs_values_doubles(v, "eq_db", HS_BANDS);
    for (size_t i = 0; eq && i < HS_ZONES; i++) {
        char name[64];
        snprintf(name, sizeof name, "the %s (%s)", hs_zones[i].name, hs_zones[i].hz);
        hs_sentence_change(s, hs_zone_db(eq, &hs_zones[i]), least_db, 1, "dB", name, "up", "down");
    }
}

/* The side over the middle in each zone that went another way than the width as a whole, by more
 * than its bounds. */
static void put_sides(struct hs_sentence *s, const struct hs_values *v)
{
    const double *mid = hs_values_doubles(v, "eq_db", HS_BANDS);
    const double *side = hs_values_doubles(v, "side_eq_db", HS_BANDS);
    const double *bound = hs_values_doubles(v, "side_eq_bound_db", HS_BANDS);
    double width = hs_values_or_nan(v, "width_change_db"), over[HS_BANDS];
    double told = fabs(width) >= width_db ? width : 0;
    for (size_t b = 0; b < HS_BANDS; b++)
        over[b] = mid && side ? side[b] - mid[b] : NAN;
    for (size_t i = 0; i < HS_ZONES; i++) {
        char name[64];
        double x = hs_zone_db(over, &hs_zones[i]);
        double sure = bound ? hs_zone_db(bound, &hs_zones[i]) : 0;
        snprintf(name, sizeof name, "the sides of the %s (%s)", hs_zones[i].name, hs_zones[i].hz);
        if (fabs(x - told) >= fmax(1, sure))
            hs_sentence_change(s, x, HS_TONE_HEARD_DB, 1, "dB", name, "up", "down");
    }
}

/* The side over the middle; -infinity where there is none, NaN where it is not known. */
static double side_of(const struct hs_file *f)
{
    double equal = 0;
    hs_values_read(&f->values, "channels_equal", &equal);
    return equal != 0 ? -INFINITY : hs_values_or_nan(&f->values, "side_mid_db");
}

/* False where one channel is all that is left, which has no balance. */
static bool put_width(struct hs_sentence *s, const struct hs_track_result *t)
{
    const struct hs_values *v = &t->pair.values;
    double mix = side_of(&t->mix), master = side_of(&t->master);
    const struct hs_value *copied = hs_values_get(v, "copied_channel");
    if (copied && copied->kind == HS_TEXT) {
        hs_sentence_part(s);
        hs_buf_printf(s->out, "the %s channel replaced by the other one", copied->text);
        return false;
    }
    bool folded = mix > no_side_db && master < no_side_db;
    if (folded || (master > no_side_db && mix < no_side_db)) {
        hs_sentence_part(s);
        hs_buf_puts(s->out, folded ? "folded to mono" : "made stereo from mono");
        return !folded;
    }
    hs_sentence_change(s, hs_values_or_nan(v, "width_change_db"),
                       is_hidden_by_encoder(v) ? encoded_width_db : width_db, 1, "dB", "the sides",
                       "wider", "narrower");
    if (!is_hidden_by_encoder(v))
        put_sides(s, v);
    return true;
}

bool hs_pair_moves_words(const struct hs_track_result *t, struct hs_buf *out)
{
    const struct hs_values *v = &t->pair.values;
    struct hs_sentence level = {out, "Mastering: ", 0};
    double gain = hs_values_or_nan(v, "gain_db");
    if (fabs(gain) >= gain_db) {
        hs_sentence_part(&level);
        hs_sentence_number(out, fabs(gain), 1, gain > 0 ? "dB louder" : "dB quieter");
    }
    put_tone(&level, v);
    const double peaks = hs_values_or_nan(v, "plr_change_db");
    hs_sentence_change(&level, is_hidden_by_encoder(v) ? fmin(peaks, 0) : peaks, peaks_db, 1, "dB",
                       "peaks over loudness", "up", "down");
    hs_sentence_change(&level, hs_values_or_nan(v, "lra_change_lu"), range_lu, 1, "LU",
                       "loudness range", "up", "down");
    hs_pair_channel_words(&level, v);
    const bool two = put_width(&level, t);
    hs_sentence_change(&level, two ? hs_values_or_nan(v, "balance_change_db") : NAN, balance_db, 1,
                       "dB", "", "left up", "right up");
    hs_sentence_change(&level, hs_values_or_nan(v, "tail_change_db"), tail_db, 1, "dB", "decays",
                       "up", "down");
    /* ducking only counts where the gain dips */
    hs_sentence_change(&level, fmax(hs_values_or_nan(v, "ducking_db"), 0), ducking_db, 1, "dB",
                       "at low hits the gain", "down", "up");
    return hs_sentence_end(&level);
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

/* Where a device is on one channel, or on the middle or the sides, alone. */
static void put_place(const struct hs_pair *p, const char *key, struct hs_buf *out)
{
    const struct hs_value *place = hs_values_get(&p->values, key);
    const bool channel = !strcmp(key, "curve_channel");
    if (place && place->kind == HS_TEXT)
        hs_buf_printf(out, " on the %s%s alone", place->text, channel ? " channel" : "");
}

/* The devices in the order of the signal: "compressor 2.1 dB, then limiter at least 4.0 dB", or
 * "compressor, then limiter: 5.8 dB together" where what each of them takes is not known. */
void hs_pair_chain_words(const struct hs_pair *p, struct hs_buf *out)
{
    double lower = 0, together_db;
    bool unshared = false;
    hs_values_read(&p->values, "gain_reduction_lower_bound", &lower);
    for (size_t i = 0; i < p->n_chain; i++) {
        const struct hs_device_use *d = &p->chain[i];
        hs_buf_puts(out, i ? ", then " : "");
        if (hs_device_is_curve(d->kind)) {
            hs_buf_puts(out, curve_unclear(&p->values) ? "clipper or saturation"
                                                       : hs_device_name(d->kind));
            put_place(p, "curve_channel", out);
            continue;
        }
        hs_buf_puts(out, hs_device_name(d->kind));
        if (isnan(d->db)) {
            unshared = true;
            continue;
        }
        if (!takes_gain(d) && d->kind != HS_DEVICE_MULTIBAND) {
            hs_buf_puts(out, " at the highest peaks alone");
            continue;
        }
        hs_buf_puts(out, lower != 0 ? " at least " : " ");
        hs_sentence_number(out, d->db, 1, "dB");
        put_place(p, "gain_part", out);
        if (d->kind == HS_DEVICE_MULTIBAND)
            hs_pair_bands_words(&p->values, out);
    }
    if (unshared && hs_values_read(&p->values, "gain_reduction_db.p95", &together_db)) {
        hs_buf_puts(out, lower != 0 ? ": at least " : ": ");
        hs_sentence_number(out, together_db, 1, "dB together");
    }
}

static const char *encoder_of(const struct hs_values *v)
{
    const struct hs_value *by = hs_values_get(v, "encoded.by");
    return by && by->kind == HS_TEXT ? by->text : NULL;
}

static bool put_encoded(struct hs_buf *out, const struct hs_values *v)
{
    double noise;
    const bool found = hs_values_read(v, "encoded.noise_db", &noise);
    const char *by = encoder_of(v);
    if (by)
        hs_buf_printf(out, "Encoded (%s)", by);
    else if (found)
        hs_buf_puts(out, "Encoded, or noise that follows the music");
    if (found) {
        hs_buf_puts(out, ": coherent with the mix up to ");
        hs_sentence_number(out, hs_values_or_nan(v, "encoded.bandwidth_hz") / 1000, 1,
                           "kHz, noise ");
        hs_sentence_number(out, noise, 0, "dB.\n");
    } else if (by) {
        hs_buf_puts(out, ".\n");
    }
    return found || by;
}

/* The chain, whether a compressor may hide before it, and whether the sound was encoded in between.
 */
bool hs_pair_devices_words(const struct hs_pair *p, struct hs_buf *out)
{
    const struct hs_values *v = &p->values;
    const struct hs_value *reduction = hs_values_get(v, "gain_reduction_db.p95");
    double hidden = 0;
    size_t figures = 0;
    /* devices with a figure of reduction */
    for (size_t i = 0; i < p->n_chain; i++)
        figures += takes_gain(&p->chain[i]) || isnan(p->chain[i].db);
    if (p->n_chain) {
        hs_buf_puts(out, "Devices: ");
        hs_pair_chain_words(p, out);
        if (figures)
            hs_buf_puts(out, " (reduction that is exceeded for 5 % of the time)");
        if (hs_values_read(v, "hidden_compressor", &hidden) && hidden != 0)
            hs_buf_puts(out, "; a compressor before it cannot be ruled out");
        hs_buf_puts(out, ".\n");
        hs_pair_by_band_words(v, out);
    } else if (reduction && reduction->kind == HS_ABSENT) {
        hs_buf_printf(out, "Cannot say whether a compressor, limiter or clipper was at work: %s.\n",
                      reduction->why);
    } else {
        hs_buf_puts(out, "No compressor, limiter or clipper is proven.\n");
    }
    return put_encoded(out, v) || p->n_chain;
}

static void put_span(struct hs_buf *out, double from_s, double to_s)
{
    char from[HS_NUM_TEXT], to[HS_NUM_TEXT];
    hs_buf_printf(out, "%s to %s s", hs_num_fixed(from, from_s, 1), hs_num_fixed(to, to_s, 1));
}

static bool put_times(struct hs_buf *out, const char *what, const struct hs_passage *p, size_t n)
{
    struct hs_sentence s = {out, what, 0};
    for (size_t i = 0; i < n; i++) {
        hs_sentence_part(&s);
        put_span(out, p[i].from_s, p[i].to_s);
    }
    return hs_sentence_end(&s);
}

/* A slow gain follows the level, and then its times are those of the music, or it was ridden. */
static bool put_slow_gain(struct hs_buf *out, const struct hs_pair *p)
{
    double slope, range = hs_values_or_nan(&p->values, "slow_range_db");
    if (!hs_values_read(&p->values, "level_slope", &slope))
        return put_times(out, "Level rides by mastering: ", p->rides, p->n_rides);
    hs_buf_puts(out, "Level by level: quiet passages turned ");
    hs_buf_puts(out, slope > 0 ? "down by up to " : "up by up to ");
    hs_sentence_number(out, range, 1, slope > 0 ? "dB (an expander or gate).\n" : "dB.\n");
    return true;
}

/* Seconds cut from the mix, or added, at one end. */
static void put_end(struct hs_sentence *s, double cut_s, const char *which)
{
    if (!(fabs(cut_s) >= ends_s))
        return;
    hs_sentence_part(s);
    hs_sentence_number(s->out, fabs(cut_s), 1, "s");
    hs_buf_printf(
        s->out, cut_s > 0 ? " of the mix cut from the %s" : " more at the %s than the mix", which);
}

static bool put_cuts(struct hs_buf *out, const struct hs_pair *p)
{
    struct hs_sentence ends = {out, "Ends: ", 0};
    put_end(&ends, hs_values_or_nan(&p->values, "trim_start_s"), "start");
    put_end(&ends, hs_values_or_nan(&p->values, "trim_end_s"), "end");
    bool said = hs_sentence_end(&ends);
    const size_t before = out->len;
    hs_edit_words(p, out);
    return said || out->len > before;
}

/* The share of the power that neither the mix nor a device explains, where no encoder says why. */
static bool put_unexplained(struct hs_buf *out, const struct hs_track_result *t)
{
    const struct hs_values *v = &t->pair.values;
    double noise, residual = hs_values_or_nan(v, "residual_db"), tones = 0;
    hs_values_read(v, "rest_residual_db", &residual);
    /* what a hum or a drone leaves over */
    if (hs_values_read(v, "added_tones_db", &tones))
        residual =
            hs_db_from_power(fmax(hs_power_from_db(residual) - hs_power_from_db(tones), 1e-9));
    if (!(residual >= unexplained_db) || hs_values_read(v, "encoded.noise_db", &noise) ||
        (encoder_of(v) && residual < most_by_encoder_db))
        return false;
    hs_sentence_number(out, 100 * hs_power_from_db(residual), 0,
                       "% of the master is explained by none of this");
    hs_pair_unexplained_words(t, out);
    hs_buf_puts(out, ": something was added, or changed in another way.\n");
    return true;
}

bool hs_pair_passages_words(const struct hs_track_result *t, struct hs_buf *out)
{
    const struct hs_pair *p = &t->pair;
    /* an expander closes on a quiet end, too */
    bool expands = hs_values_or_nan(&p->values, "level_slope") > 0;
    bool said = put_times(
        out, expands ? "Fades by mastering, or the expander at the ends: " : "Fades by mastering: ",
        p->fades, p->n_fades);
    said |= put_slow_gain(out, p);
    said |= hs_pair_added_words(&p->values, out);
    said |= put_cuts(out, p);
    said |= hs_pair_defects_words(t, out);
    said |= put_unexplained(out, t);
    return said;
}
