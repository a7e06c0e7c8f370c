/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tone: zones of the long-term third-octave spectrum.
 * 1. Bands are in dB against the median of 200 Hz to 2 kHz (hs_bands_centre). A zone is the mean
 *    power of its bands; `harsh` is a zone against its two neighbours.
 * 2. A zone is held against references blended with the built-in distribution. The centre of some
 *    rules moves with percussiveness, because bass and treble grow with percussion (judge/rule.c).
 * 3. The middle bands of music with few notes may lie far apart. Where the median stands beside a
 * gap of 10 dB, it jumps with little: what is held against it is minor at most, unless the pair has
 *    measured a move.
 * 4. `sibilant` reads the stem of the voice, never the whole file, and stays a note.
 */
#include "judge/reading.h"

#include "core/num.h"

#include <math.h>
#include <string.h>

/* Third octaves by index: 20 Hz is 0, 1 kHz is 17. */
enum {
    B31 = 2,
    B50 = 4,
    B63 = 5,
    B125 = 8,
    B160 = 9,
    B200 = 10,
    B315 = 12,
    B400 = 13,
    B1000 = 17,
    B1250 = 18,
    B2000 = 20,
    B2500 = 21,
    B4000 = 23,
    B5000 = 24,
    B6300 = 25,
    B8000 = 26,
    B12500 = 28
};

/* The widest gap next to the median of 200 Hz to 2 kHz, or one band further, in dB: a band or two
 * that move take the median over it. */
static double gap_of(const double *bands)
{
    enum { N = B2000 - B200 + 1, MEDIAN = N / 2 };
    double x[N], gap = 0;
    memcpy(x, bands + B200, sizeof x);
    hs_sort(x, N);
    for (size_t i = MEDIAN - 1; i <= MEDIAN + 2; i++)
        gap = fmax(gap, x[i] - x[i - 1]);
    return gap;
}

/* The level of a zone against the middle. */
static void read_level(const struct hs_case *c, size_t first, size_t last, struct hs_reading *out)
{
    const double a_gap_db = 10;
    double level;
    if (!hs_need_zone(c, first, last, &level, out))
        return;
    hs_reading_value(out, level);
    const double gap = gap_of(hs_values_doubles(c->values, "bands_db", HS_BANDS));
    if (gap < a_gap_db)
        return;
    out->at_most = HS_MINOR;
    out->evidence = hs_arena_printf(c->arena,
                                    "%.1f dB against a middle whose third octaves lie %.0f dB "
                                    "apart: a band more or less there moves it.",
                                    level, gap);
}

static void read_sub(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    (void)rule;
    read_level(c, B31, B50, out);
}

static void read_bass(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    (void)rule;
    read_level(c, B63, B125, out);
}

static void read_thin(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    (void)rule;
    read_level(c, B63, B160, out);
}

static void read_low_middle(const struct hs_rule *rule, const struct hs_case *c,
                            struct hs_reading *out)
{
    (void)rule;
    read_level(c, B200, B400, out);
}

/* Without the band of 400 Hz, which read_low_middle has: it belongs to the middle that a missing
 * low middle is held against. */
static void read_hole(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    (void)rule;
    read_level(c, B200, B315, out);
}

/* Presence against both neighbours: a shelf lifts presence and air alike and is no
 * harshness of its own. */
static void read_presence(const struct hs_rule *rule, const struct hs_case *c,
                          struct hs_reading *out)
{
    (void)rule;
    double mid, presence, air;
    if (hs_need_zone(c, B1000, B1250, &mid, out) && hs_need_zone(c, B2500, B4000, &presence, out) &&
        hs_need_zone(c, B6300, B8000, &air, out))
        hs_reading_value(out, presence - (mid + air) / 2);
}

static void read_treble(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    (void)rule;
    read_level(c, B5000, B12500, out);
}

/* Hiss of consonants, from the stem of the voice: in a finished track nothing tells it from
 * cymbals. Assumed, not measured on enough voices, so it stays a note. */
static const struct hs_builtin voice_hiss = {"", 0, 5, 5, 0, 0, 0.5, 1, 1};

/* From the stem of the voice alone; an instrumental, and a track without a stem, is not judged. */
static void read_sibilance(const struct hs_rule *rule, const struct hs_case *c,
                           struct hs_reading *out)
{
    double db;
    (void)rule;
    struct hs_case voice = *c;
    voice.values = hs_voice_stem(c);
    if (c->result && c->result->track && c->result->track->instrumental)
        hs_reading_refuse(out, "instrumental, says the job file");
    else if (!voice.values)
        hs_need(c, "vocal_presence", &db, out);
    else if (hs_need(&voice, "sibilance_db", &db, out)) {
        hs_reading_value(out, db);
        out->instead = &voice_hiss;
        out->at_most = HS_NOTE;
    }
}

static const char *const by_treble_shelf[] = {"bright", "harsh", NULL};
static const char *const by_boomy[] = {"boomy", NULL};
static const char *const by_bass[] = {"boomy", "thin", NULL};
static const char *const by_treble[] = {"bright", "dull", NULL};

#define SPECTRUM_SOURCE                                                                            \
    "Elowsson & Friberg, AES 142 (2017), paper 9762 (12,345 tracks); "                             \
    "docs/distributions.md; step: broadband level, Zwicker & Fastl"
#define LIMITS                                                                                     \
    "A finding needs an audible distance from the centre of the distribution and a rare "          \
    "one: note from 1 step and 1.28 spreads, minor from 2 and 1.65, moderate from 3 and 2, "       \
    "severe from 5 and 3. The distribution is the user's references blended with the "             \
    "built-in one, moved by how percussive the music is. Where the bands of 200 Hz to 2 kHz lie "  \
    "10 dB apart at their median, as in music of few notes, it is minor at most."
#define TONE(identity, name, words, direction, step)                                               \
    .id = identity, .dimension = &hs_dimension_tone, .title = name, .heard_as = words,             \
    .unit = "dB", .side = direction, .jnd = step, .tier = HS_INFERRED, .min_duration_s = 10,       \
    .judges_mix = true, .repeatability = 0.1, .span_s = 8, .needs = {"bands_db"},                  \
    .source = SPECTRUM_SOURCE, .limit_from = LIMITS

static const struct hs_rule rules[] = {
    {TONE("sub_heavy", "too much sub bass",
          "sub heavy,sub loud,much sub,rumble,rumbling,rumbly,subby", +1, 1.5),
     .listen = "a rumble under the bass, below its notes, that is felt more than heard; it needs "
               "large loudspeakers or headphones.",
     .fix = {&hs_move_low_shelf, HS_CHANNEL_BOTH, 50, 0.7, 0.75, 4}, .series = "zones_db.sub",
     .series_against = "zones_db.mid", .series_side = +1, .base = {0, 164},
     .moves = {.spread = 3, .title = "weighed down below 50 Hz by mastering", .part = HS_PART_SUB},
     .measured = "Mean power of the third octaves 31.5 to 50 Hz against the median of "
                 "200 Hz to 2 kHz. It eats headroom, and most players cannot give it back.",
     .read = read_sub, .explained_by = by_boomy},
    {TONE("boomy", "too much bass",
          "boomy,much bass,bass heavy,much low-end,low-end loud,bottom heavy,tubby", +1, 1),
     .listen = "bass notes that ring on and cover the voice and the middle.",
     .fix = {&hs_move_low_shelf, HS_CHANNEL_BOTH, 120, 0.7, 0.75, 3}, .series = "zones_db.bass",
     .series_against = "zones_db.mid", .series_side = +1, .base = {1, 164},
     .moves = {.spread = 1.5, .title = "given more bass by mastering", .part = HS_PART_BASS},
     .measured = "Mean power of the third octaves 63 to 125 Hz against the median of "
                 "200 Hz to 2 kHz. Bass that hangs over covers the attack of everything.",
     .read = read_bass},
    {TONE("thin", "too little bass",
          "thin,little bass,no low-end,little low-end,lack low-end,low-end low,lack "
          "warmth,weedy,tinny,lack "
          "body",
          -1, 1),
     .listen = "bass notes and kick that have no weight, so that the song seems to float.",
     .fix = {&hs_move_low_shelf, HS_CHANNEL_BOTH, 150, 0.7, 0.75, 3}, .series = "zones_db.bass",
     .series_against = "zones_db.mid", .series_side = -1, .base = {10, 164},
     .moves = {.spread = 1.5, .title = "robbed of bass by mastering", .part = HS_PART_BASS},
     .measured = "Mean power of the third octaves 63 to 160 Hz against the median of "
                 "200 Hz to 2 kHz.",
     .read = read_thin},
    {TONE("muddy", "muddy", "muddy,boxy,cloudy,woolly,murky,much low mid,honky", +1, 1),
     .listen = "voices and guitars that blur into each other, as if behind a blanket.",
     .fix = {&hs_move_bell, HS_CHANNEL_BOTH, 280, 0.9, 0.6, 3}, .series = "zones_db.low_mid",
     .series_against = "zones_db.mid", .series_side = +1, .base = {11, 164},
     .moves = {.spread = 1.5,
               .title = "given more low middle by mastering",
               .part = HS_PART_LOW_MIDDLE},
     .measured = "Mean power of the third octaves 200 to 400 Hz against the median of 200 Hz to "
                 "2 kHz: where the bodies of all instruments meet and cover each other.",
     .read = read_low_middle, .explained_by = by_bass},
    {TONE("hollow", "hollow", "hollow,scooped,lack body,no low mid,lack mid,empty", -1, 1),
     .listen = "voices and guitars without a body, all bass and treble.",
     .fix = {&hs_move_bell, HS_CHANNEL_BOTH, 280, 0.9, 0.6, 3}, .series = "zones_db.low_mid",
     .series_against = "zones_db.mid", .series_side = -1, .base = {3, 164},
     .moves = {.spread = 1.5, .title = "hollowed out by mastering", .part = HS_PART_LOW_MIDDLE},
     .measured = "Mean power of the third octaves 200 to 315 Hz against the median of 200 Hz to "
                 "2 kHz, when too little.",
     .read = read_hole, .explained_by = by_bass},
    {TONE("harsh", "harsh",
          "harsh,aggressive,strident,nasal,edgy,hurt,much high mid,high mid loud,metallic", +1, 1),
     .listen = "an edge on voices, guitars and snare that makes you want to turn it down.",
     .fix = {&hs_move_bell, HS_CHANNEL_BOTH, 3150, 0.9, 0.7, 3}, .series = "zones_db.presence",
     .series_against = "zones_db.mid", .series_side = +1, .base = {9, 164},
     .moves = {.spread = 1.5,
               .title = "made harsher by mastering",
               .part = HS_PART_PRESENCE,
               .itself = {B2500, B4000}},
     .measured = "Mean power of the third octaves 2.5 to 4 kHz against the mean of their "
                 "neighbours 1 to 1.25 kHz and 6.3 to 8 kHz: where the ear is most "
                 "sensitive. A shelf over all the treble reads as bright, not as harsh. "
                 "Mastering has made harsh, or cured, what it moved in these bands themselves.",
     .read = read_presence, .explained_by = by_treble},
    {.id = "sibilant",
     .dimension = &hs_dimension_tone,
     .title = "sibilant",
     .heard_as = "sibilant,sibilant vocal,es loud,es harsh,es sharp,lisp,spitty,de-es",
     .listen = "s and t of the voice that hiss in front of the words.",
     .unit = "dB",
     .side = +1,
     .jnd = 1,
     .tier = HS_INDICATION,
     .min_duration_s = 20,
     .judges_mix = true,
     .exposable = true,
     .never_validated = true,
     .repeatability = 0.3,
     .fix = {&hs_move_de_ess, HS_CHANNEL_MID, 7000, 1, 1, 4},
     .span_s = 4,
     .measured = "Level of bursts of 5 to 10 kHz of 30 to 250 ms in the stem of the voice, against "
                 "1 to 4 kHz; not judged without one. Never validated on enough voices: a note "
                 "at most.",
     .limit_from = LIMITS,
     .source = "docs/distributions.md",
     .needs = {"sibilance_db", "vocal_presence"},
     .read = read_sibilance,
     .explained_by = by_treble_shelf},
    {TONE("bright", "too bright", "bright,much high,high loud,too airy,fizzy,sharp,glassy", +1, 1),
     .listen = "cymbals, breath and s that stand in front of everything else.",
     .fix = {&hs_move_high_shelf, HS_CHANNEL_BOTH, 6000, 0.7, 0.7, 3}, .series = "zones_db.air",
     .series_against = "zones_db.mid", .series_side = +1, .base = {0, 164},
     .moves = {.spread = 1.5, .title = "brightened by mastering", .part = HS_PART_TREBLE},
     .measured = "Mean power of the third octaves 5 to 12.5 kHz against the median of "
                 "200 Hz to 2 kHz.",
     .read = read_treble},
    {TONE("dull", "too dull",
          "dull,lack high,no high,little high,high low,no air,lack air,lack sparkle,veiled,lack "
          "presence,not bright",
          -1, 1),
     .listen = "cymbals and breath that are missing or far away, as if through a curtain.",
     .fix = {&hs_move_high_shelf, HS_CHANNEL_BOTH, 6000, 0.7, 0.7, 3}, .series = "zones_db.air",
     .series_against = "zones_db.mid", .series_side = -1, .base = {13, 164},
     .moves = {.spread = 1.5, .title = "darkened by mastering", .part = HS_PART_TREBLE},
     .measured = "Mean power of the third octaves 5 to 12.5 kHz against the median of "
                 "200 Hz to 2 kHz, when too little.",
     .read = read_treble},
};

const struct hs_rule_table hs_rules_tone = {rules, sizeof rules / sizeof *rules};
