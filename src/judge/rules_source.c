/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Source: faults of the recording, the transfer or the file, not of the music. All have fixed
 * thresholds.
 * 1. `dc_offset`, `silent`, `noisy`, `damaged`: one measure against its thresholds.
 * 2. `hum`: lines of the mains; a line that may be one of the lowest musical notes is a note at
 * most.
 * Ends that are cut off stand in rules_source_ends.c, copies that are not the original in
 * rules_source_copies.c.
 */
#include "core/num.h"
#include "judge/correct.h"
#include "judge/damaged.h"
#include "judge/hum.h"
#include "judge/pair_side.h"
#include "judge/reading.h"
#include "judge/scale.h"

#include <math.h>

/* An offset scales with the level: that of a mix is multiplied by the gain of mastering, so that
 * both files are compared at one level. */
static void read_dc(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    double gain_db;
    hs_read_first_need(rule, c, out);
    if (out->judged && c->role == HS_ROLE_MIX && c->result &&
        hs_values_read(&c->result->pair.values, "gain_db", &gain_db))
        out->value *= pow(10, gain_db / 20);
    if (out->judged && fabs(out->value) >= rule->thresholds[1])
        out->evidence = hs_arena_printf(c->arena,
                                        "The wave stands %.1f %% of full scale off its middle; up "
                                        "to %.1f %% is expected.",
                                        100 * fabs(out->value), 100 * rule->thresholds[1]);
}

static void correct_dc(const struct hs_rule *rule, const struct hs_case *c,
                       const struct hs_finding *f, struct hs_correction *out)
{
    (void)rule;
    hs_correct_words(c, f, out, &hs_move_high_pass, "Take the offset away: a high-pass at 5 Hz.");
    out->hz = 5;
    out->q = 0.7;
    out->after = 0;
}

/* A file that never reaches the absolute gate has no integrated loudness at all. */
static void read_silent(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    double lufs;
    if (hs_values_read(c->values, "integrated_lufs", &lufs))
        hs_reading_value(out, lufs);
    else if (hs_values_absence(c->values, "integrated_lufs") == HS_NOTHING_THERE) {
        hs_reading_value(out, -70);
        out->evidence = "Nothing above -70 LUFS.";
    } else
        hs_need(c, "integrated_lufs", &lufs, out);
    out->proven = hs_case_pair(c) &&
                  hs_values_or_nan(&c->result->mix.values, "integrated_lufs") > rule->thresholds[1];
}

/* Where the quietest moments of a mix are music, its floor is not known; the pair tells whether the
 * noise of the master is in it. What of 4 to 8 kHz is not coherent with the mix is as strong as the
 * noise: it was added, and the mix reads as a sound file. Hardly anything is left unexplained: the
 * noise is in the mix, as it is in the master. More than the noise: nobody knows. */
static void noise_by_the_pair(const struct hs_rule *rule, const struct hs_case *c,
                              struct hs_reading *out)
{
    enum { B4000 = 23, B8000 = 26 };
    const double alike_db = 4, hidden_db = 3, explained_db = 6;
    const struct hs_values *pair = hs_case_pair(c);
    const double *coherence = pair ? hs_values_doubles(pair, "coherence", HS_BANDS) : NULL;
    const double *bands = hs_values_doubles(&c->result->master.values, "bands_db", HS_BANDS);
    double noise, residual, all = 0, left = 0;
    if (!coherence || !bands || !hs_values_read(pair, "residual_db", &residual) ||
        !hs_values_read(&c->result->master.values, "noise_floor_db", &noise))
        return;
    for (size_t b = 0; b < HS_BANDS; b++)
        all += isfinite(bands[b]) ? hs_power_from_db(bands[b]) : 0;
    for (size_t b = B4000; b <= B8000; b++)
        left += hs_power_from_db(bands[b]) * (1 - coherence[b]);
    const double left_db = hs_db_from_power(left / all);
    if (residual < noise - explained_db)
        hs_reading_value(out, noise);
    else if (residual >= noise - hidden_db && fabs(left_db - noise) <= alike_db)
        hs_reading_value(out, rule->thresholds[0]);
}

/* What the pair shows to have come in is told where the quietest moments are music, too. */
static void read_added_noise(const struct hs_case *c, struct hs_reading *out)
{
    const struct hs_values *pair = c->role == HS_ROLE_MASTER ? hs_case_pair(c) : NULL;
    const double alike_db = 3; /* two readings of one noise */
    double db;
    if (!pair || !hs_values_read(pair, "added_noise_db", &db))
        return;
    if (out->judged && out->value > db) {
        out->proven = out->value <= db + alike_db;
        return;
    }
    hs_reading_value(out, db);
    out->proven = true;
    out->evidence = hs_arena_printf(c->arena,
                                    "Steady noise, %.0f dB below the master from 4 to 8 kHz, that "
                                    "is not in %s.",
                                    -db, hs_case_other(c));
}

static void read_noise(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    hs_read_first_need(rule, c, out);
    read_added_noise(c, out);
    if (!out->judged && c->role == HS_ROLE_MIX && c->result)
        noise_by_the_pair(rule, c, out);
}

/* At most 10 dB. */
static void correct_noise(const struct hs_rule *rule, const struct hs_case *c,
                          const struct hs_finding *f, struct hs_correction *out)
{
    (void)rule;
    double db = round(fmin(fabs(hs_correct_wanted(f)), 10));
    hs_correct_words(c, f, out, &hs_move_noise_reduction, NULL);
    out->db = -db;
    out->after = f->value - db;
    out->words = hs_arena_printf(c->arena,
                                 "In the %s: broadband noise reduction of at most %.0f dB, and "
                                 "clean cuts where nobody plays.",
                                 hs_place_name(out->where), db);
}

static void correct_silent(const struct hs_rule *rule, const struct hs_case *c,
                           const struct hs_finding *f, struct hs_correction *out)
{
    (void)rule;
    hs_correct_words(c, f, out, &hs_move_another_copy,
                     "Find out whether this is the right file; deliver another copy.");
}

#define SOURCE_RULE(identity, name, words)                                                         \
    .id = identity, .dimension = &hs_dimension_source, .title = name, .heard_as = words

static const struct hs_rule rules[] = {
    {SOURCE_RULE("dc_offset", "direct current", "dc offset,direct current,offset,dc"),
     .listen = "Nothing to hear here: the file shows it. At most it clicks where the song is cut.",
     .hearable = HS_NEVER_HEARD,
     .unit = "",
     .side = 0,
     .jnd = 0.01,
     .tier = HS_MEASURED,
     .min_duration_s = 1,
     .judges_mix = true,
     .repeatability = 0.0001,
     .thresholds = (const double[]){0, 0.01, 0.02, 0.12, 0.3},
     .fix = {.move = &hs_move_high_pass},
     .base = {17, 164},
     .mending = HS_BY_REPAIR,
     .measured = "Mean of the samples, full scale 1, the worse channel. It clicks at every "
                 "cut and takes headroom from one half wave.",
     .limit_from = "Fixed thresholds: -40, -34, -18 and -10 dB of full scale. At -40 dB it takes "
                   "0.09 dB of headroom and clicks at a cut in a quiet place; below that it is "
                   "to be measured, not heard.",
     .source = "definition; converters since 1995 stay below 0.001",
     .needs = {"dc_offset"},
     .read = read_dc,
     .correct = correct_dc},
    {SOURCE_RULE("silent", "silent", "silent,silence,nothing there,empty file"),
     .listen = "nothing where there should be music.", .unit = "LUFS", .side = -1, .jnd = 5,
     .tier = HS_MEASURED, .min_duration_s = 0, .repeatability = 0.1,
     .thresholds = (const double[]){-20, -40, -45, -50, -60},
     .fix = {.move = &hs_move_another_copy}, .base = {0, 164}, .mending = HS_BY_COPY,
     .measured = "Integrated loudness: a file with nothing in it is a wrong or broken copy.",
     .limit_from = "Fixed thresholds: -40, -45, -50 and -60 LUFS; the quietest releases of "
                   "music lie above -35.",
     .source = "ITU-R BS.1770-5, absolute gate", .needs = {"integrated_lufs"}, .read = read_silent,
     .correct = correct_silent},
    {SOURCE_RULE(
         "damaged", "damaged",
         "damaged,dropouts,glitches,broken file,one side "
         "missing,side missing,channel missing,clicks,crackle,skip,stutter,channel dead,channel "
         "silent,wrong speed,swapped"),
     .listen = "gaps, clicks, a bit heard twice, one side that drops out, or a wrong pitch.",
     .unit = "s", .side = +1, .jnd = 0.01, .tier = HS_MEASURED, .judges_mix = true,
     .repeatability = 0, .thresholds = (const double[]){0, 0.01, 0.1, 1, 5},
     .fix = {.move = &hs_move_another_copy}, .mending = HS_BY_COPY,
     .measured =
         "Music that is missing in the file: damaged packets that were left out, samples "
         "that are no audio, what one of two mono files has beyond the end of the "
         "other, and with the mix what is silent in the midst of it, or 20 dB down and more "
         "for a tenth of a second (moderate). Without one, what is "
         "silent in up to 24 places with the wave cut through at both ends: moderate at "
         "most, since music may be cut so. Where it is so more often it is an effect. One channel "
         "that is 40 dB below the other, all through or for a while in which the other plays on as "
         "before, is counted too (five seconds are severe). The mix also "
         "shows where something else sounds, a bit of the song is heard again or left out (a "
         "skip), "
         "the wave breaks (a lost buffer, a stutter, a thump) and clicks "
         "that came in since (one is minor, five moderate, fifty severe), left and right swapped "
         "(minor), and a wrong "
         "speed: 0.3 % is a note, 0.6 % minor, 1 % moderate, what a wrong sample rate makes "
         "severe.",
     .limit_from = "Fixed thresholds: a hundredth, a tenth, one and five seconds. Speed: 5, 10 and "
                   "17 cents.",
     .source = "definition",
     .needs = {"lost_s", "remarks", "dropouts", "dropouts_s", "dropout_times", "one_side"},
     .read = hs_read_damaged, .correct = hs_correct_damaged},
    {SOURCE_RULE("hum", "hum", "hum,mains,earth loop,ground loop,50 hz,60 hz"),
     .listen = "a steady low tone in the pauses, the same through the whole song.", .unit = "dB",
     .side = +1, .jnd = 3, .tier = HS_MEASURED, .min_duration_s = 20, .judges_mix = true,
     .exposable = true, .repeatability = 1, .thresholds = (const double[]){-75, -60, -52, -45, -36},
     .fix = {.move = &hs_move_notches}, .base = {0, 164},
     .measured =
         "Lines at multiples of 50 or 60 Hz that are never away and never lower, relative "
         "to the programme; off speed by up to 3 % where three lines show, at most a note "
         "where that is a note of the scale. Where they are there, or to be seen, in a passage "
         "alone (the intro, until a channel is muted, before a fade), three lines within "
         "half a per cent are asked for, and it is minor at most. A kick, a bass line or a "
         "drone that swells is none. A drone of exactly 50 or 60 Hz that never stops, 22 dB and "
         "more below the "
         "music, equals a hum and cannot be told from it: answer it with accept. What is louder "
         "than that is not judged by the file: it may be music. The mix tells whether it came in "
         "since.",
     .limit_from = "Fixed thresholds, from where hum is heard in pauses at home levels: -60, "
                   "-52, -45 and -36 dB.",
     .source = "compare Brandt & Bitzer, AES 136 (2014)",
     .needs = {"hum_db", "hum_hz", "hum_from_s", "hum_to_s"}, .read = hs_read_hum,
     .correct = hs_correct_hum},
    {SOURCE_RULE("noisy", "noisy", "noisy,tape noise,background noise"),
     .listen = "a hiss in soft passages, and where the song begins and ends.", .unit = "dB",
     .side = +1, .jnd = 3, .tier = HS_MEASURED, .min_duration_s = 20, .judges_mix = true,
     .exposable = true, .repeatability = 1, .thresholds = (const double[]){-75, -55, -49, -43, -34},
     .fix = {.move = &hs_move_noise_reduction}, .base = {0, 14},
     .measured = "Power of 4 to 8 kHz in the quietest moments, where these are steady and "
                 "without lines, and most noise of the file stands there, relative to the "
                 "programme; above -30 dB noise is part of the music. Surf and noise that swells "
                 "are none. Where the quietest moments are music, the pair tells whether "
                 "noise came in since. Steady rain far below the music equals hiss and cannot "
                 "be told from it: answer it with accept.",
     .limit_from = "Fixed thresholds: -55 (a good cassette), -49, -43 and -34 dB.",
     .source = "docs/distributions.md", .needs = {"noise_floor_db"}, .read = read_noise,
     .correct = correct_noise},
};

const struct hs_rule_table hs_rules_source = {rules, sizeof rules / sizeof *rules};
