/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Channels: polarity, swap, one that was filled with the other, and one that comes later by a
 *    tenth of a millisecond or more. What takes a delay of mastering back is none.
 * 2. Start, speed and cuts; a fade of a second or more at either end.
 * 3. Steady tones and a swinging level that the old file does not have.
 * 4. An encoder: the pair shows noise that follows the music, the new file by itself shows the
 *    signs of one, and the old file is not the one that went through it. Of an old file that did,
 *    or may have, nothing is said.
 * 5. What is left unexplained, from a hundredth of the power on.
 * 6. Skips and breaks that are new, where others are to be mended.
 */
#include "catalogue/side_effects_pair.h"

#include "catalogue/side_effects_damage.h"
#include "catalogue/verify_channels.h"
#include "catalogue/verify_files.h"
#include "core/num.h"
#include "judge/rule.h"

#include <math.h>
#include <string.h>

static const double start_step_s = 0.05, fade_step_s = 1;
static const double speed_step_ppm = 300; /* half a cent; slower tape is a transfer, not a remark */
static const double swing_step_db = 1;

static void add(struct hs_verification *v, size_t most, struct hs_side_effect s)
{
    if (v->n_side_effects < most)
        v->side_effects[v->n_side_effects++] = s;
}

/* Without a figure. */
static void say(struct hs_verification *v, size_t most, const char *what, const char *words)
{
    add(v, most,
        (struct hs_side_effect){
            .what = what, .unit = "", .change = NAN, .step = NAN, .words = words});
}

/* What mastering did, of a new master; NaN where it is not known. */
static double by_mastering(const struct hs_verification *v, const char *key)
{
    bool known = v->kind == HS_UPDATE_MASTER && (v->track->pair.state == HS_PAIR_ALIGNED ||
                                                 v->track->pair.state == HS_PAIR_EDITED);
    return known ? hs_values_or_nan(&v->track->pair.values, key) : NAN;
}

/* Where a channel comes later than in the old file, the most of all stretches. What takes a delay
 * of mastering, or of the old file itself, back is none, also where it does so in part. */
static void look_at_delay(struct hs_arena *arena, size_t most, struct hs_verification *v)
{
    struct hs_late_stretch s[HS_LATE_STRETCHES_MOST];
    struct hs_late_part late = {0};
    const bool known =
        !isnan(by_mastering(v, "delay_s")) || !isnan(by_mastering(v, "channel_delay_change_ms"));
    const size_t n = hs_late_stretches(v, s, HS_LATE_STRETCHES_MOST);
    for (size_t i = 0; i < n; i++) {
        const bool by_master = known && hs_late_kind_of(&s[i].made) == HS_LATE_MADE;
        const bool taken_back =
            hs_late_kind_of(&s[i].now) != HS_LATE_MADE ||
            (by_master && fabs(s[i].made.ms + s[i].now.ms) < fabs(s[i].made.ms));
        if (taken_back || !(fabs(s[i].now.ms) >= hs_late_alike_ms) ||
            !(fabs(s[i].now.ms) > fabs(late.ms)))
            continue;
        late = s[i].now;
        late.from_s = s[i].from_s;
        late.to_s = s[i].to_s;
    }
    if (late.ms == 0 || hs_verify_is_planned(v, "channel_delay"))
        return;
    const struct hs_late_words words = hs_late_words_of(&late);
    const char *where = isfinite(late.to_s)
                            ? hs_arena_printf(arena, "from %.1f to %.1f s ", late.from_s, late.to_s)
                        : late.from_s > 0 ? hs_arena_printf(arena, "from %.1f s on ", late.from_s)
                                          : "";
    add(v, most,
        (struct hs_side_effect){.what = "late channel",
                                .unit = "ms",
                                .change = late.ms,
                                .step = hs_late_alike_ms,
                                .words = hs_arena_printf(arena, "%sthe %s channel comes %.1f ms %s",
                                                         where, words.channel, fabs(late.ms),
                                                         words.how)});
}

/* The sign of a channel (0 left, 1 right): one number for both, or one each. NaN: not known. */
static double sign_of(const struct hs_values *pair, size_t channel)
{
    const struct hs_value *x = hs_values_get(pair, "polarity");
    if (x && x->kind == HS_ARRAY && x->n == 2)
        return x->array[channel];
    return hs_values_or_nan(pair, "polarity");
}

/* Whether a channel was turned over that no plan asked for, and that mastering had not turned over
 * itself. */
static bool is_turned(const struct hs_verification *v, size_t channel)
{
    bool undone =
        !isnan(by_mastering(v, "delay_s")) && sign_of(&v->track->pair.values, channel) < 0;
    return sign_of(&v->pair.values, channel) < 0 && !undone &&
           !hs_verify_is_planned(v, "out_of_phase");
}

/* Polarity, sides, and what became of each channel. */
static void look_at_channels(struct hs_arena *arena, size_t most, struct hs_verification *v)
{
    const bool left = is_turned(v, 0), right = is_turned(v, 1);
    const struct hs_value *copied = hs_values_get(&v->pair.values, "copied_channel");
    if (left && right)
        say(v, most, "polarity", "the polarity is reversed");
    else if (left || right)
        say(v, most, "polarity",
            left ? "the polarity of the left channel is reversed"
                 : "the polarity of the right channel is reversed");
    if (hs_values_or_nan(&v->pair.values, "swapped") == 1 && by_mastering(v, "swapped") != 1)
        say(v, most, "channels", "left and right have changed places");
    if (copied && copied->kind == HS_TEXT)
        say(v, most, "replaced channel",
            hs_arena_printf(arena, "the %s channel was replaced by the other one", copied->text));
    look_at_delay(arena, most, v);
}

static void look_at_time(struct hs_arena *arena, size_t most, struct hs_verification *v)
{
    double delay = hs_values_or_nan(&v->pair.values, "delay_s");
    double drift = hs_values_or_nan(&v->pair.values, "drift_ppm");
    /* where one channel is late, the start may be that of either */
    double late_s = hs_values_or_nan(&v->pair.values, "channel_delay_change_ms") / 1000;
    if (fabs(delay) - (isfinite(late_s) ? fabs(late_s) : 0) >= start_step_s)
        add(v, most,
            (struct hs_side_effect){.what = "start",
                                    .unit = "s",
                                    .change = delay,
                                    .step = start_step_s,
                                    .words =
                                        hs_arena_printf(arena, "begins %.2f s %s", fabs(delay),
                                                        delay > 0 ? "further in" : "earlier")});
    /* a wrong speed of mastering that is taken back */
    double drift_made = by_mastering(v, "drift_ppm");
    bool back = fabs(drift + drift_made) < fmax(speed_step_ppm, 0.01 * fabs(drift));
    if (fabs(drift) >= speed_step_ppm && !back)
        add(v, most,
            (struct hs_side_effect){.what = "speed",
                                    .unit = "ppm",
                                    .change = drift,
                                    .step = speed_step_ppm,
                                    .words = hs_arena_printf(arena, "plays %.2f %% (%.0f ppm) %s",
                                                             fabs(drift) / 1e4, fabs(drift),
                                                             drift > 0 ? "faster" : "slower")});
    if (v->pair.state == HS_PAIR_EDITED && !hs_verify_is_planned(v, "damaged"))
        say(v, most, "edit", "it is cut differently from the old file");
}

static void look_at_fades(struct hs_arena *arena, size_t most, struct hs_verification *v)
{
    double in_s = hs_values_or_nan(&v->pair.values, "fade_in_s");
    double out_s = hs_values_or_nan(&v->pair.values, "fade_out_s");
    struct hs_side_effect s = {.what = "fade", .unit = "s", .step = fade_step_s};
    if (in_s >= fade_step_s) {
        s.change = in_s;
        s.words = hs_arena_printf(arena, "fades in over the first %.1f s", in_s);
        add(v, most, s);
    }
    if (out_s >= fade_step_s) {
        s.change = out_s;
        s.words = hs_arena_printf(arena, "fades out over the last %.1f s", out_s);
        add(v, most, s);
    }
}

static void look_at_additions(struct hs_arena *arena, size_t most, struct hs_verification *v)
{
    const struct hs_value *hz = hs_values_get(&v->pair.values, "added_tones_hz");
    double swing_hz, swing_db = hs_values_or_nan(&v->pair.values, "swing_db");
    if (hz && hz->kind == HS_ARRAY && hz->n && isfinite(hz->array[0]))
        say(v, most, "tone added",
            hs_arena_printf(arena, "a steady tone at %.0f Hz%s that the old file does not have",
                            hz->array[0],
                            hz->n > 1 && isfinite(hz->array[1]) ? " and others" : ""));
    if (swing_db >= swing_step_db && hs_values_read(&v->pair.values, "swing_hz", &swing_hz))
        add(v, most,
            (struct hs_side_effect){
                .what = "level swings",
                .unit = "dB",
                .change = swing_db,
                .step = swing_step_db,
                .words = hs_arena_printf(arena, "the level swings by %.1f dB, %.1f times a second",
                                         swing_db, swing_hz)});
}

/* How many signs of an encoder a file shows by itself; 0 where that is not known. */
static double signs_of(const struct hs_audit *audit, const struct hs_verification *v,
                       const struct hs_file *file, struct hs_arena *arena)
{
    const struct hs_rule *rule = hs_rule_find("lossy_source");
    struct hs_reading r = {.judged = false};
    if (rule)
        r = hs_verify_read(rule, audit, v->track, file, HS_UPDATE_MASTER, arena);
    return r.judged ? r.value : 0;
}

static bool is_lossless(const struct hs_file *f)
{
    double lossless = 0;
    return hs_values_read(&f->values, "lossless", &lossless) && lossless != 0;
}

/* Whether the noise between both files may be that of the old one: it went through an encoder or a
 * device, or nothing explains it from the mix any better than the new one from it. Without a mix,
 * its own signs tell. */
static bool has_noise_of_its_own(const struct hs_audit *audit, const struct hs_verification *v,
                                 const struct hs_file *old, struct hs_arena *arena)
{
    const double better_db = 6;
    const struct hs_rule *clipped = hs_rule_find("clipped");
    double of_old = by_mastering(v, "residual_db");
    if (v->kind == HS_UPDATE_MASTER && isfinite(of_old))
        return isfinite(by_mastering(v, "encoded.bandwidth_hz")) || v->track->pair.n_chain ||
               of_old > hs_values_or_nan(&v->pair.values, "residual_db") - better_db;
    struct hs_reading r = {.judged = false};
    if (clipped)
        r = hs_verify_read(clipped, audit, v->track, old, v->kind, arena);
    return signs_of(audit, v, old, arena) > 0 || (r.judged && r.value > clipped->thresholds[1]);
}

static void look_at_encoder(const struct hs_audit *audit, struct hs_arena *arena, size_t most,
                            struct hs_verification *v)
{
    const struct hs_file *old = hs_verify_old(v->track, v->kind), *now = &v->track->update;
    double hz = hs_values_or_nan(&v->pair.values, "encoded.bandwidth_hz");
    if (!is_lossless(old))
        return;
    if (!is_lossless(now)) {
        say(v, most, "encoded", "the file is lossy, and the old one is not");
        return;
    }
    /* what a clipper leaves, of either file, follows the music as well */
    if (!isfinite(hz) || v->pair.n_chain || has_noise_of_its_own(audit, v, old, arena) ||
        !(signs_of(audit, v, now, arena) > 0))
        return;
    add(v, most,
        (struct hs_side_effect){
            .what = "encoded",
            .unit = "Hz",
            .change = hz,
            .step = NAN,
            .words = hs_arena_printf(arena,
                                     "it went through an encoder: the old file's sound up to %.1f "
                                     "kHz, and noise that follows it",
                                     hz / 1000)});
}

/* Whether what the old file had lost, and what is to come back, may be that much of the new one. A
 * channel that comes back may be half of it. */
static bool comes_back(const struct hs_verification *v, double left_db)
{
    const double most_db = -10;
    bool channel = false;
    for (size_t i = 0; i < v->n_plan; i++)
        channel |=
            !strcmp(v->plan[i].rule, "damaged") && (v->plan[i].move.channel == HS_CHANNEL_LEFT ||
                                                    v->plan[i].move.channel == HS_CHANNEL_RIGHT);
    const bool planned = hs_verify_is_planned(v, "clipped") || hs_verify_is_planned(v, "damaged");
    return channel || (planned && left_db <= most_db);
}

/* More of the new master than a hundredth is explained by no filter, gain or device. Nothing is
 * said where that of the old one was not either, or where the song was to be mixed again. Tops
 * that the old one had lost, and that are to come back, are more. */
static void look_at_rest(struct hs_arena *arena, size_t most, struct hs_verification *v)
{
    /* a clip of 20 dB leaves -15 dB */
    const bool tops = v->kind == HS_UPDATE_MASTER && hs_verify_is_planned(v, "clipped");
    const double most_db = tops ? -10 : -20;
    double left = hs_values_or_nan(&v->pair.values, "residual_db");
    double left_before = by_mastering(v, "residual_db");
    bool encoded = isfinite(hs_values_or_nan(&v->pair.values, "encoded.bandwidth_hz"));
    if (hs_verify_is_remixed(v) || !(left > most_db) || left_before > most_db || encoded ||
        v->pair.state != HS_PAIR_ALIGNED)
        return;
    add(v, most,
        (struct hs_side_effect){
            .what = "something else",
            .unit = "dB",
            .change = left,
            .step = most_db,
            /* what a device leaves that is not known well, or what the old file had lost */
            .remark = v->pair.n_chain > 0 || comes_back(v, left),
            .words = hs_arena_printf(arena,
                                     "%.0f %% of it is explained by nothing that is known: "
                                     "something was added, or changed in another way",
                                     100 * hs_power_from_db(left))});
}

void hs_side_effects_pair(const struct hs_audit *audit, struct hs_arena *arena, size_t most,
                          struct hs_verification *out)
{
    look_at_channels(arena, most, out);
    look_at_time(arena, most, out);
    look_at_fades(arena, most, out);
    look_at_additions(arena, most, out);
    look_at_encoder(audit, arena, most, out);
    look_at_rest(arena, most, out);
    hs_side_effects_damage(audit, arena, most, out);
}
