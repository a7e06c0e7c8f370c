/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stereo: how wide, where the weight lies, and what is lost in mono.
 *
 * 1. Width (whole, sides, bass) is side over mid, against songs; a mix in mono has the
 *    value that equal channels have, so that widening it is seen. A change by mastering is
 *    read above 300 Hz: a bass that is put into the middle makes nothing narrow.
 * 2. Balance is loudness left less right; the louder channel is lowered.
 * 3. Phase and delay have fixed thresholds: they are geometry. A late channel is the cause
 *    of the width and the phase that it makes (hs_channel_late_makes).
 * 4. A lean lifts the side of a bass that stands in the middle: what the lean accounts for is not
 *    told again as a bass out of the middle.
 * 5. A channel that is gone for a while makes the whole lean, which is told with that (`damaged`).
 *    Reverberation that mastering added is seldom as loud on both sides, nor is what a shelf lifts:
 *    the lean of it is told with the reverberation or the tone; a channel that was turned up beside
 *    it is a move of its own. So it is with a channel that was equalised alone.
 */
#include "judge/channel_late.h"
#include "judge/correct.h"
#include "judge/reading.h"

#include <math.h>
#include <string.h>

static void read_balance(const struct hs_rule *rule, const struct hs_case *c,
                         struct hs_reading *out)
{
    (void)rule;
    double balance;
    if (!hs_need(c, "balance_db", &balance, out))
        return;
    hs_reading_value(out, balance);
    out->direction = balance > 0 ? "left" : "right";
}

/* The gain by which one channel is louder in every band that both channels share (correlation 0.7
 * or more): the smallest balance of those bands where all have one sign, else 0. An instrument that
 * stands to one side shifts some bands, the gain of a channel shifts all alike. Of 218 songs of 22
 * artists 9 reach 0.5 dB (docs/artists.md). False with fewer than two such bands. */
static bool tell_channel_gain(const struct hs_case *c, enum hs_severity *severity)
{
    const double shared = 0.7, begins_db[] = {0.3, 0.5, 1, 2};
    const double *balance = hs_values_doubles(c->values, "band_balance_db", HS_STEREO_BANDS);
    const double *correlation = hs_values_doubles(c->values, "band_correlation", HS_STEREO_BANDS);
    double least = INFINITY, most = -INFINITY;
    int bands = 0;
    for (size_t b = 0; balance && correlation && b < HS_STEREO_BANDS; b++) {
        if (!isfinite(balance[b]) || !(correlation[b] >= shared))
            continue;
        least = fmin(least, balance[b]);
        most = fmax(most, balance[b]);
        bands++;
    }
    if (bands < 2)
        return false;
    double gain_db = fmax(fmax(least, -most), 0);
    *severity = HS_NO_FAULT;
    for (int level = HS_NOTE; level <= HS_SEVERE; level++)
        if (gain_db >= begins_db[level - HS_NOTE])
            *severity = (enum hs_severity)level;
    return true;
}

/* What a channel was turned up beside an equaliser that it alone went through, as far as the
 * loudness shows it; NaN: none did, or it is not known (a tilt leaves no part of the spectrum
 * alone): then the lean stands by itself, as it was read. */
static double gain_beside_tone(const struct hs_case *c, const struct hs_values *pair)
{
    double gain_db, before, after;
    if (!hs_values_read(pair, "channel_gain_db", &gain_db) ||
        !hs_values_read(&c->result->mix.values, "balance_db", &before) ||
        !hs_values_read(c->values, "balance_db", &after))
        return NAN;
    if (!((after - before) * gain_db > 0))
        return 0;
    return copysign(fmin(fabs(after - before), fabs(gain_db)), gain_db);
}

/* Where mastering changed the tails by an audible step, the loudness of the channels is that of
 * the reverberation too: then what the pair has of both channels' own gain. That also says where
 * no channel was turned up: then a lean is what an equaliser lifts that stands to one side. */
static double change_of_balance(const struct hs_rule *rule, const struct hs_case *c)
{
    (void)rule;
    const double one_step_db = 0.4, none_db = 0.1;
    const struct hs_values *pair = hs_case_pair(c);
    const double beside_tone_db = pair ? gain_beside_tone(c, pair) : NAN;
    bool reverberated = fabs(hs_values_or_nan(pair, "tail_change_db")) >= one_step_db;
    double gain_db = hs_values_or_nan(pair, "balance_change_db");
    if (isfinite(beside_tone_db))
        return beside_tone_db;
    return reverberated || fabs(gain_db) < none_db ? gain_db : NAN;
}

/* A channel that is gone for a while makes the whole lean to the other side. */
static bool is_one_side_gone(const struct hs_finding *lean, const struct hs_finding *damage)
{
    const double nothing_left_db = 40;
    const enum hs_move_channel soft = lean->value > 0 ? HS_CHANNEL_RIGHT : HS_CHANNEL_LEFT;
    return damage->severity >= lean->severity && damage->correction.channel == soft &&
           (!lean->moved || fabs(lean->value) >= nothing_left_db);
}

/* A clipper takes more of the channel with the higher peaks: the balance moves, and nobody turned a
 * channel. */
static bool is_of_clipping(const struct hs_finding *lean, const struct hs_finding *clipped)
{
    return lean->origin == HS_ORIGIN_MASTERING && lean->severity <= HS_MINOR &&
           clipped->severity >= HS_MODERATE &&
           (clipped->origin == HS_ORIGIN_MASTERING || clipped->origin == HS_ORIGIN_WORSENED);
}

/* A lean that came in with reverberation, or with a move of tone, while no channel was turned up
 * beyond what is usual. One that is severe, or more severe than that move, stands by itself. */
static bool came_with(const struct hs_finding *lean, const struct hs_finding *move)
{
    const struct hs_rule *rule = hs_rule_find(move->rule);
    if (!strcmp(move->rule, "clipped"))
        return is_of_clipping(lean, move);
    if (rule && rule->mending == HS_BY_COPY)
        return is_one_side_gone(lean, move);
    return move->moved && !lean->moved && lean->origin == HS_ORIGIN_MASTERING &&
           lean->severity < HS_SEVERE && lean->severity <= move->severity;
}

/* The louder channel is lowered by all of it, so that the other one stays as it is. */
static void correct_balance(const struct hs_rule *rule, const struct hs_case *c,
                            const struct hs_finding *f, struct hs_correction *out)
{
    (void)rule;
    double db = round(10 * fabs(hs_correct_wanted(f))) / 10;
    if (db == 0)
        return;
    enum hs_move_channel loud = f->value > 0 ? HS_CHANNEL_LEFT : HS_CHANNEL_RIGHT;
    *out = (struct hs_correction){.where = hs_correct_where(c, f),
                                  .move = &hs_move_gain,
                                  .channel = loud,
                                  .hz = NAN,
                                  .db = -db,
                                  .q = NAN,
                                  .after = f->value - copysign(db, f->value)};
    out->words = hs_arena_printf(c->arena, "In the %s: lower the %s channel by %.1f dB.",
                                 hs_place_name(out->where), hs_move_channel_name(loud), db);
}

/* Far below zero one channel is reversed as a whole; nearer to it, a part. */
static void correct_phase(const struct hs_rule *rule, const struct hs_case *c,
                          const struct hs_finding *f, struct hs_correction *out)
{
    (void)rule;
    const double all_of_it = -0.5;
    hs_correct_words(
        c, f, out, &hs_move_polarity,
        f->value < all_of_it
            ? "Most likely one channel is upside down: reverse its polarity, and listen."
            : "Find the source with one side reversed (a microphone, a widener, a "
              "cable) and turn it round; failing that, narrow the side below its "
              "level of the mid.");
}

/* Above 300 Hz: a bass that is put into the middle makes nothing narrow. */
static double change_of_width(const struct hs_rule *rule, const struct hs_case *c)
{
    (void)rule;
    return hs_values_or_nan(hs_case_pair(c), "width_change_db");
}

/* A channel that is louder by x dB gives what stands in the middle a side of tanh(x ln 10 / 40)
 * of its mid: where the rest of the side is in range, the lean is all that there is. */
static bool is_all_lean(const struct hs_finding *wide, const struct hs_finding *lean)
{
    double side = pow(10, wide->value / 10);
    double of_lean = pow(tanh(fabs(lean->value) * log(10) / 40), 2);
    return side <= of_lean || 10 * log10(side - of_lean) <= wide->expected[1];
}

static const char *const lean_comes_with[] = {"wet",       "bright",  "dull",    "harsh",
                                              "muddy",     "hollow",  "boomy",   "thin",
                                              "sub_heavy", "damaged", "clipped", NULL};
static const char *const of_lean[] = {"lopsided", NULL};
/* Bass is in the middle: too much of it narrows the whole. */
static const char *const by_bass[] = {"boomy", "sub_heavy", NULL};
static const char *const by_width[] = {"wide", "out_of_phase", NULL};
static const char *const by_phase[] = {"out_of_phase", NULL};

/* Of a mix whose channels are equal. */
static const double in_phase = 1, in_the_middle = 0;

#define WIDTH_LIMITS                                                                               \
    "Distance from the references blended with the built-in distribution of real "                 \
    "catalogues, in steps and in spreads. There is no published step for the width of "            \
    "music; 2 dB of side is what a change of correlation by 0.1 amounts to."
#define STEREO(identity, name, words, direction, step)                                             \
    .id = identity, .dimension = &hs_dimension_stereo, .title = name, .heard_as = words,           \
    .side = direction, .jnd = step, .min_duration_s = 10, .judges_mix = true, .span_s = 8

static const struct hs_rule rules[] = {
    {STEREO("wide", "too wide", "wide,much width", +1, 2),
     .listen = "a sound that stands beside you and leaves the middle empty; in one loudspeaker "
               "much of it is gone.",
     .unit = "dB", .when_mono = &hs_mono_side_db, .tier = HS_INFERRED, .repeatability = 0.1,
     .fix = {&hs_move_width, HS_CHANNEL_SIDE, NAN, NAN, 1, 4}, .series = "sides_mid_course_db",
     .series_side = +1, .base = {0, 141},
     .moves = {.spread = 1.2,
               .title = "widened by mastering",
               .change = change_of_width,
               .else_difference = true,
               .part = HS_PART_WIDTH},
     .measured = "Power of the side (L - R) over that of the mid (L + R), whole file. Wide "
                 "music thins out in mono and leaves the middle empty.",
     .limit_from = WIDTH_LIMITS, .source = "docs/distributions.md", .needs = {"side_mid_db"},
     .read = hs_read_first_need, .explained_by = by_phase, .follows_from = of_lean,
     .follows = is_all_lean},
    {STEREO("narrow", "too narrow",
            "narrow,mono,no width,little width,lack width,not wide,small,side low", -1, 2),
     .listen = "instruments that all come from one place in the middle.", .unit = "dB",
     .tier = HS_INFERRED, .repeatability = 0.1,
     .fix = {&hs_move_width, HS_CHANNEL_SIDE, NAN, NAN, 1, 4}, .series = "sides_mid_course_db",
     .series_side = -1, .base = {3, 141},
     .moves = {.spread = 1.2,
               .title = "narrowed by mastering",
               .change = change_of_width,
               .else_difference = true,
               .part = HS_PART_WIDTH},
     .measured = "Power of the side (L - R) over that of the mid (L + R), whole file, when "
                 "too little. Not judged, as nothing of stereo is, where both channels are equal "
                 "(see dual_mono).",
     .limit_from = WIDTH_LIMITS, .source = "docs/distributions.md", .needs = {"side_mid_db"},
     .read = hs_read_first_need, .explained_by = by_bass},
    {STEREO("sides_wide", "the sides are too wide",
            "guitar wide,synth wide,key wide,keyboard wide,piano wide,side wide,side loud,"
            "double wide,guitar far out",
            +1, 2),
     .listen = "guitars and keys at the far left and far right, with a hole beside the voice.",
     .unit = "dB", .when_mono = &hs_mono_side_db, .tier = HS_INFERRED, .repeatability = 0.1,
     .fix = {&hs_move_width, HS_CHANNEL_SIDE, 1200, 0.4, 0.85, 3}, .series = "sides_mid_course_db",
     .series_side = +1, .base = {0, 141},
     .moves = {.spread = 1.2, .title = "its sides widened by mastering"},
     .measured = "Power of the side over that of the mid from 300 Hz to 4 kHz, where "
                 "guitars, keyboards and strings are.",
     .limit_from = WIDTH_LIMITS, .source = "docs/distributions.md", .needs = {"sides_mid_db"},
     .read = hs_read_first_need, .explained_by = by_width, .follows_from = of_lean,
     .follows = is_all_lean},
    {STEREO("lopsided", "leaning to one side",
            "lopsided,unbalanced,left loud,right loud,off centre,off center,leaning,"
            "left heavy,right heavy,left louder,right louder,left low,right low,lean left,lean "
            "right,left side loud,right side loud,left side low,right side low,left quieter,right "
            "quieter,one side loud,one side low,one side louder,one side quieter,one channel "
            "loud,one channel low,one channel louder,one channel quieter",
            0, 0.6),
     .listen = "voice and kick that sit beside the middle; turn the headphones round and they "
               "change sides.",
     .unit = "dB", .when_mono = &in_the_middle, .tier = HS_MEASURED, .repeatability = 0.05,
     .fix = {.move = &hs_move_gain}, .base = {10, 164},
     .heard_sides = {"right loud,right louder,right heavy,lean right,leaning right,left low,left "
                     "quieter",
                     "left loud,left louder,left heavy,lean left,leaning left,right low,right "
                     "quieter"},
     .moves = {.spread = 0.3,
               .title = "pushed to one side by mastering",
               .change = change_of_balance,
               .else_difference = true,
               .part = HS_PART_BALANCE},
     .measured = "Loudness of the left minus that of the right channel (BS.1770, one channel "
                 "at a time).",
     .limit_from = "Distance from the references blended with the built-in distribution; the "
                   "step is the just noticeable interaural level difference of 0.5 to 1 dB.",
     .source = "Breebaart & Faller, Spatial Audio Processing (2007), chapter 3; ITU-R "
               "BS.1770-5",
     .needs = {"balance_db", "band_balance_db", "band_correlation"}, .read = read_balance,
     .correct = correct_balance, .follows_from = lean_comes_with, .follows = came_with,
     .physics = {.tell = tell_channel_gain,
                 .fired = {15, 9, 5, 4},
                 .judged = 218,
                 .artists = 22,
                 .counted = "one channel is louder in all that both share on %d of %d tracks"}},
    {STEREO(
         "bass_wide", "bass not in the centre",
         "bass wide,bass not in the centre,wide low-end,stereo bass,low-end phasey,bass not mono",
         +1, 2),
     .listen = "a bass that pulls to one side, on headphones.", .unit = "dB",
     .when_mono = &hs_mono_side_db, .tier = HS_INFERRED, .repeatability = 0.2,
     .fix = {&hs_move_width, HS_CHANNEL_SIDE, 120, 0.7, 1, 6}, .series = "sides_mid_course_db",
     .series_side = +1, .base = {0, 141},
     .measured = "Power of the side over that of the mid from 20 to 120 Hz, so that loud "
                 "bass counts most. It cannot be cut to vinyl, and is lost in mono and on "
                 "one woofer.",
     .limit_from = "Distance from the references blended with the built-in distribution.",
     .source = "Pestana & Reiss, AES 53 (2014): bass is the most central part of released "
               "music; docs/distributions.md",
     .needs = {"bass_side_mid_db"}, .read = hs_read_first_need, .explained_by = by_width,
     .follows_from = of_lean, .follows = is_all_lean},
    {STEREO("out_of_phase", "out of phase",
            "out of phase,phase,phasey,phasing,vanish in mono,not mono compatible,mono "
            "compatible,mono problem,apart in mono,disappear in mono,collapse in mono,cancel in "
            "mono,low in mono",
            -1, 0.1),
     .listen = "a sound that has no place and pulls at the ears; in one loudspeaker it grows thin.",
     .unit = "", .when_mono = &in_phase, .tier = HS_MEASURED, .repeatability = 0.01,
     .thresholds = (const double[]){0.5, -0.05, -0.15, -0.3, -0.5}, .series = "correlation_course",
     .series_side = -1, .fix = {.move = &hs_move_polarity}, .base = {1, 164},
     .measured = "Correlation of left and right over the whole file. Below nought the side "
                 "is louder than the mid: a mono player loses more than 3 dB, and what is "
                 "in the middle of the stereo picture goes first.",
     .limit_from = "Geometry: at -0.05 mono loses 3.2 dB, at -0.15 3.7, at -0.3 4.6, at "
                   "-0.5 6 dB. Released records lie between 0 and 1.",
     .source = "Pearson's coefficient; loss = 10 log10((1 + r) / 2)", .needs = {"correlation"},
     .read = hs_read_first_need, .correct = correct_phase},
    {STEREO("channel_delay", "one channel is late",
            "channel delay,channel late,left late,right late,delay between channel,haas,comb", 0,
            0.1),
     .heard_sides = {"right late", "left late"},
     .listen = "a voice that comes from the side that is first although both are as loud.",
     .unit = "ms", .when_mono = &in_the_middle, .tier = HS_MEASURED, .repeatability = 0.02,
     .thresholds = (const double[]){0, 0.08, 0.25, 1, 3}, .fix = {.move = &hs_move_delay},
     .base = {0, 141},
     .measured = "With the mix, how much later one channel comes than it does there, up to half a "
                 "second, also in a part of the song. Else the lag at which left and right agree "
                 "best at all frequencies at once, within 5 ms; 0 unless it stands out. One "
                 "channel late by more than 0.1 ms moves the picture; added to mono it combs.",
     .limit_from = "Fixed thresholds: 0.08, 0.25, 1 and 3 ms either way. A tape head out of "
                   "line makes 0.1 ms, a plug-in of unequal latency some milliseconds.",
     .source = "Knapp & Carter, IEEE TASSP 24 (1976); first notch at 1 / (2 t)",
     .needs = {"channel_delay_ms", "channel_delay_peak", "channel_delay_ratio"},
     .read = hs_read_channel_late, .correct = hs_correct_channel_late, .cause = true,
     .accounts_for = hs_channel_late_makes, .as_severe = true},
};

const struct hs_rule_table hs_rules_stereo = {rules, sizeof rules / sizeof *rules};
