/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `channel_tone`: one channel was equalised and the other was not.
 *
 * 1. With a pair: what left was given over what right was, in third octaves, less the middle one of
 *    all (that is the gain of a channel: `lopsided`). The octave in which the least of it is the
 *    most counts: an equaliser, a shelf, a filter that one channel alone went through.
 * 2. One file alone: instruments stand to one side, so only what no picture explains counts: of 100
 *    songs above 8 kHz one channel lies up to 9 dB lower against the other than below 2 kHz. From
 *    12 dB on it is a head, a cable, a filter. An indication.
 * 3. A tone and a width that are no more severe and no larger than this makes them are part of it;
 *    so is a lean, and where that is more severe (a bass that moved to one side), this is as
 * severe. The pair knows the gain of the channel and the width apart from it: what it measured
 *    beyond the usual there is a move of its own. Of the rest of the width it makes what it lets
 *    through of the middle into the sides, in the bands that it reaches.
 */
#include "judge/correct.h"
#include "judge/reading.h"
#include "pair/channel_tone.h"

#include <math.h>

static const struct hs_move both_alike = {"both channels alike", HS_SHAPE_NONE, false};

/* Of a pair: what left has over right, in dB; 0 where the pair shows none. */
static double tone_of_pair(const struct hs_case *c, double hz[2])
{
    const struct hs_values *pair = c->role == HS_ROLE_MASTER ? hs_case_pair(c) : NULL;
    const double *where = pair ? hs_values_doubles(pair, "channel_tone_hz", 2) : NULL;
    double db;
    if (!where || !hs_values_read(pair, "channel_tone_db", &db))
        return 0;
    hz[0] = where[0];
    hz[1] = where[1];
    return db;
}

static long band_at(double hz)
{
    return HS_BAND_1KHZ + lround(10 * log10(hz / 1000));
}

/* The channel that has less. */
static const char *duller(double db)
{
    return db > 0 ? "right" : "left";
}

/* How a channel differs; of a pair that does not tell which one moved, and of a file alone, the one
 * that has less. */
static const char *direction_of(bool right, bool more)
{
    if (right)
        return more ? "right has more" : "right has less";
    return more ? "left has more" : "left has less";
}

static const char *name_of(int channel)
{
    return channel ? "right" : "left";
}

/* What was done, of the channel that was equalised; where the mix does not tell which, of the one
 * that has less. */
static const char *say_tone(const struct hs_case *c, double db, const double hz[2])
{
    char where[HS_SPAN_WORDS];
    const int moved = hs_channel_tone_moved(hs_case_pair(c));
    hs_span_words(hz[0], hz[1], where);
    if (moved >= 0)
        return hs_arena_printf(c->arena, "the %s channel was given %.1f dB %s %s", name_of(moved),
                               fabs(db), (db > 0) == (moved == 0) ? "more" : "less", where);
    return hs_arena_printf(c->arena, "the %s channel was given %.1f dB less than the %s one %s",
                           duller(db), fabs(db), duller(-db), where);
}

static void read_pair(const struct hs_case *c, double db, const double hz[2],
                      struct hs_reading *out)
{
    const int moved = hs_channel_tone_moved(hs_case_pair(c));
    hs_reading_value(out, fabs(db));
    out->direction =
        moved < 0 ? direction_of(db > 0, false) : direction_of(moved, (db > 0) == (moved == 0));
    out->lifts = moved >= 0 && (db > 0) == (moved == 0);
    out->lowers = moved >= 0 && !out->lifts;
    out->at_most = HS_SEVERE;
    out->proven = true;
    out->span[0] = hz[0] > 0 ? (unsigned char)band_at(hz[0]) : 0;
    out->span[1] = hz[1] > 0 ? (unsigned char)band_at(hz[1]) : HS_BANDS - 1;
    out->evidence =
        hs_arena_printf(c->arena, "Beside %s %s.", hs_case_other(c), say_tone(c, db, hz));
}

/* Bands of the file (measure/an_stereobands.c): 20-120, 120-500, 500-2k, 2k-8k, 8k-16k Hz. */
enum { BASS = 0, LOW = 1, MIDDLE = 2, HIGH = 3, AIR = 4 };

static void read_alone(const struct hs_case *c, struct hs_reading *out)
{
    const double shared = 0.3, same_db = 3, gone_db = 12;
    const double *balance = hs_values_doubles(c->values, "band_balance_db", HS_STEREO_BANDS);
    const double *alike = hs_values_doubles(c->values, "band_correlation", HS_STEREO_BANDS);
    if (!balance || !alike) {
        hs_reading_refuse(out, hs_arena_printf(c->arena, "band_balance_db: %s",
                                               hs_values_why(c->values, "band_balance_db")));
        return;
    }
    if (!isfinite(balance[LOW] + balance[MIDDLE] + balance[HIGH] + balance[AIR])) {
        hs_reading_refuse(out, "band_balance_db: nothing from 8 to 16 kHz, or in a band below");
        return;
    }
    hs_reading_value(out, 0);
    const double base = (balance[LOW] + balance[MIDDLE]) / 2;
    const double air = balance[AIR] - base, high = balance[HIGH] - base;
    const bool same = fmax(alike[BASS], fmax(alike[LOW], alike[MIDDLE])) >= shared &&
                      fabs(balance[LOW] - balance[MIDDLE]) <= same_db;
    if (!same || !(fabs(air) >= gone_db) || !(high * air > 0))
        return;
    hs_reading_value(out, fabs(air));
    out->direction = direction_of(air > 0, false);
    out->at_most = HS_MINOR;
    out->evidence = hs_arena_printf(c->arena,
                                    "Above 8 kHz the %s channel lies %.0f dB further below the "
                                    "other one than it does below 2 kHz.",
                                    duller(air), fabs(air));
}

static void read_channel_tone(const struct hs_rule *rule, const struct hs_case *c,
                              struct hs_reading *out)
{
    double hz[2] = {0}, db = tone_of_pair(c, hz);
    read_alone(c, out);
    if (fabs(db) >= rule->thresholds[1])
        read_pair(c, db, hz, out);
}

/* What both channels' middle takes of it. */
static double most_of_middle(double db)
{
    return fmax(fabs(20 * log10((1 + pow(10, db / 20)) / 2)),
                fabs(20 * log10((1 + pow(10, -db / 20)) / 2)));
}

/* The most that the side is of the middle where one channel was given so much less than the other:
 * each lets through half of the sum of both gains, and gets half of the difference of the other. */
static double widest(double tone_db, double side_mid_db)
{
    const double gain = pow(10, -tone_db / 20), side = pow(10, side_mid_db / 10);
    const double own = pow((1 + gain) / 2, 2), of_other = pow((1 - gain) / 2, 2);
    return 10 * log10((side * own + of_other) / (own + side * of_other));
}

/* Whether it is in one of these third octaves. */
static bool reaches(const struct hs_finding *lead, unsigned first, unsigned last)
{
    return lead->span[0] <= last && lead->span[1] >= first;
}

/* Whether it is in the middle, against which every tone is held. */
static bool is_in_the_middle(const struct hs_finding *lead)
{
    enum { B500 = 14, B1600 = 19 };
    return reaches(lead, B500, B1600);
}

/* What was taken from one channel lifts nothing, nor the other way round, but against a middle that
 * it moved. */
static bool is_against(const struct hs_finding *lead, double change)
{
    return !is_in_the_middle(lead) && ((lead->lifts && change < 0) || (lead->lowers && change > 0));
}

/* Within half an octave and an octave of it, which the skirt of a shelf reaches; or it is in the
 * middle. Of a rule that names no place, always. */
static bool is_near(const struct hs_finding *lead, double hz)
{
    enum { SKIRT = 5 };
    return !(hz > 0) || is_in_the_middle(lead) ||
           (band_at(hz) + SKIRT >= lead->span[0] && band_at(hz) <= lead->span[1] + SKIRT);
}

/* The width that it makes. Where the mix has sides the pair knows how far these were widened. */
static bool makes_width(const struct hs_finding *lead, const struct hs_finding *f)
{
    enum { B20 = 0, B100 = 7, B315 = 12, B4000 = 23 };
    const double slack_db = 0.5, balance_share = 0.6, most_db = 6;
    const bool bass = hs_same_rule(f->rule, "bass_wide"),
               sides = hs_same_rule(f->rule, "sides_wide"), all = hs_same_rule(f->rule, "wide");
    if ((!bass && !sides && !all) || (bass && !reaches(lead, B20, B100)) ||
        (sides && !reaches(lead, B315, B4000)))
        return false;
    if (all && f->moved && f->mix_value > hs_mono_side_db)
        return false;
    /* of the whole it shifts the balance of narrow and wide bands as well: 4.9 dB on one channel's
     * bass made 1.1 and 3.0 dB of real music */
    if (all && f->value - f->mix_value <= fmin(balance_share * lead->value + slack_db, most_db))
        return true;
    return f->value <= widest(lead->value, fmax(f->mix_value, hs_mono_side_db)) + slack_db;
}

/* The lean, the tone and the width that an equaliser on one channel makes. */
static bool makes(const struct hs_finding *lead, const struct hs_finding *f)
{
    /* the octave that was read may hold the corner of a shelf */
    const double slack_db = 0.5, corner = 1.5;
    const struct hs_rule *rule = hs_rule_find(f->rule);
    /* what a channel was given makes dull music less dull as well */
    if (lead->tier != HS_MEASURED ||
        (f->origin != HS_ORIGIN_MASTERING && f->origin != HS_ORIGIN_EXPOSED &&
         f->origin != HS_ORIGIN_CURED))
        return false;
    const double change = f->moved ? f->moved->change : f->change;
    if (hs_same_rule(f->rule, "lopsided")) /* the gain of the channel is known apart from it */
        return !f->moved;
    if (f->severity > lead->severity)
        return false;
    if (rule->moves.part >= HS_PART_SUB && rule->moves.part <= HS_PART_TREBLE)
        return is_near(lead, rule->fix.hz) && !is_against(lead, change) &&
               fabs(change) <= most_of_middle(corner * lead->value) + slack_db;
    return makes_width(lead, f);
}

/* Of a pair that tells which channel it was, that one; else both. */
static const char *say_correction(const struct hs_case *c)
{
    double hz[2], db = tone_of_pair(c, hz);
    const int moved = db != 0 ? hs_channel_tone_moved(hs_case_pair(c)) : -1;
    if (moved < 0)
        return "Master it again with both channels through the same filters.";
    return hs_arena_printf(c->arena,
                           "Master it again with both channels through the same filters: %s, and "
                           "the %s one was not.",
                           say_tone(c, db, hz), name_of(!moved));
}

static void correct_channel_tone(const struct hs_rule *rule, const struct hs_case *c,
                                 const struct hs_finding *f, struct hs_correction *out)
{
    (void)rule;
    hs_correct_words(c, f, out, &both_alike,
                     f->tier == HS_MEASURED
                         ? say_correction(c)
                         : "Listen to each channel alone; look for a better transfer, with the "
                           "head in line and both cables whole.");
}

/* Of a mix whose channels are equal. */
static const double alike_db = 0;

static const struct hs_rule rules[] = {
    {.id = "channel_tone",
     .dimension = &hs_dimension_stereo,
     .title = "one channel sounds different",
     .heard_as = "channel tone,one channel sound different,one channel duller,one side duller,one "
                 "side dull,one channel dull,"
                 "left dull,right dull,left bright,right bright",
     .listen = "cymbals that lean to one side while voice and kick stand in the middle.",
     .unit = "dB",
     .when_mono = &alike_db,
     .side = +1,
     .jnd = 1,
     .tier = HS_INDICATION,
     .min_duration_s = 10,
     .judges_mix = true,
     .repeatability = 0.1,
     .thresholds = (const double[]){0, HS_CHANNEL_TONE_DB, 2.5, 4, 8},
     .fix = {.move = &both_alike},
     .base = {0, 100},
     .needs = {"band_balance_db", "band_correlation"},
     .read = read_channel_tone,
     .correct = correct_channel_tone,
     .accounts_for = makes,
     .as_severe = true,
     .measured = "With the mix: what left was given over what right was, in third octaves from 63 "
                 "Hz to 12.5 kHz, less the middle one of all; the octave that has least of it in "
                 "no third. Without: the balance above 8 kHz where both channels hold the same "
                 "below 2 kHz.",
     .limit_from = "Fixed thresholds: 2.5 dB are minor as of a move of tone, 4 moderate, 8 severe. "
                   "Without the mix from 12 dB on, at most minor.",
     .source = "docs/judging.md"},
};

const struct hs_rule_table hs_rules_channel_tone = {rules, sizeof rules / sizeof *rules};
