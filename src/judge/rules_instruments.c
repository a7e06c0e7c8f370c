/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Instruments as their stems stand in a file: what no measure of the whole file can tell.
 * 1. A row names a role, one number of the instrument (model/instrument.h) and the distribution
 * that it is held against. Without a fitted stem, or without that number, the rule is not judged.
 * 2. Only the level of drums rests on published levels. The other distributions are assumed, so
 *    their rules are inferred and `minor` at most.
 * 3. The level of drums needs the whole kit: one stem of it, or kick, snare and the rest.
 * 4. A level is corrected by a fader move (judge/fader.h), the other numbers in words.
 */
#include "judge/correct.h"
#include "judge/fader.h"
#include "judge/reading.h"

#include <math.h>

/* Kick -13.2 +- 4.1, snare -16.8 +- 6.2 and other drums -12.7 +- 5.5 LU (De Man, Boerum, Leonard,
 * King, Massenburg & Reiss, ISMIR 2014) as one kit: the sum of their powers, with the spread that
 * three such have where half of it is common to them. */
static const struct hs_builtin drums_level = {"", -9.1, 4, 4, 64, 0, 0.5, 1, 1};
/* A voice that is ridden stays within some 3 dB; one without any rides goes beyond 12. No songs
 * with known truth were there: assumed, so that it is minor at most. */
static const struct hs_builtin vocal_range = {"", 6, 2.5, 2.5, 0, 0, 1, 1, 1};
/* One part to either side has as much side as mid, 0 dB; a part in the middle beside it takes that
 * down. Assumed in the same way. */
static const struct hs_builtin guitars_width = {"", -5, 4, 4, 0, 0, 1, 1, 1};

/* Plates and rooms behind a voice lie some 8 to 18 dB under it in popular music. Assumed, too. */
static const struct hs_builtin vocal_wetness = {"", -13, 5, 5, 0, 0, 1, 1, 1};

struct about {
    enum hs_stem_role role;
    enum hs_instrument_number number;
    const struct hs_builtin *held_against;
    bool assumed;
    const char *absent, *unsaid;
};

static const struct about drums = {HS_STEM_DRUMS, HS_INSTRUMENT_LEVEL_LU,      &drums_level,
                                   false,         "no stems of the whole kit", "silent"};
static const struct about voice_range = {HS_STEM_VOCAL,          HS_INSTRUMENT_RANGE_LU,
                                         &vocal_range,           true,
                                         "no stem of the voice", "plays for less than 10 s"};
static const struct about guitars = {HS_STEM_GUITAR,        HS_INSTRUMENT_WIDTH_DB,
                                     &guitars_width,        true,
                                     "no stems of guitars", "both sides are the same"};

static const struct about voice_wet = {
    HS_STEM_VOCAL,
    HS_INSTRUMENT_WET_DB,
    &vocal_wetness,
    true,
    "no stem of the voice",
    "too few of its phrases end freely, stems are missing that may ring on after it, or it "
    "was separated"};

/* One number of an instrument; `minor` at most where its distribution is assumed. */
static void read_number(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    const struct about *a = rule->about;
    const char *why;
    const struct hs_instrument *in = hs_case_instrument(c, a->role, &why);
    double x = in ? in->number[a->number] : NAN;
    if (!in || !isfinite(x)) {
        hs_reading_refuse(out, why ? why : in ? a->unsaid : a->absent);
        return;
    }
    hs_reading_value(out, x);
    out->instead = a->held_against;
    out->separated = in->origin == HS_STEM_SEPARATED;
    out->tier = a->assumed ? HS_INFERRED : hs_instrument_tier(in);
    if (a->assumed)
        out->at_most = HS_MINOR;
}

/* A level of drums is that of all of them: one stem of the kit, or kick, snare and the rest. */
static bool has_whole_kit(const struct hs_case *c)
{
    const struct hs_track *t = c->result ? c->result->track : NULL;
    bool has[HS_N_STEM_ROLES] = {false};
    for (size_t i = 0; t && i < t->n_stems; i++) {
        has[t->stems[i].kind] = true;
        if (t->stems[i].whole_kit)
            return true;
    }
    return !t || (has[HS_STEM_KICK] && has[HS_STEM_SNARE] && has[HS_STEM_DRUMS]);
}

static void read_drums(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    if (has_whole_kit(c))
        read_number(rule, c, out);
    else
        hs_reading_refuse(out, drums.absent);
}

static void correct_drums(const struct hs_rule *rule, const struct hs_case *c,
                          const struct hs_finding *f, struct hs_correction *out)
{
    hs_fader_correct(c, f, ((const struct about *)rule->about)->role, out);
}

/* In words, with the value that follows; the numbers of a stem are changed where its fader is. */
static void correct_in_mix(const struct hs_rule *rule, const struct hs_case *c,
                           const struct hs_finding *f, struct hs_correction *out)
{
    hs_correct_words(c, f, out, rule->fix.move, NULL);
    out->where = HS_PLACE_MIX;
    out->after = f->value + hs_correct_wanted(f);
}

static void correct_range(const struct hs_rule *rule, const struct hs_case *c,
                          const struct hs_finding *f, struct hs_correction *out)
{
    correct_in_mix(rule, c, f, out);
    out->words =
        hs_arena_printf(c->arena, "In the mix: ride the voice, or compress it, by about %.0f LU.",
                        fmax(1, fabs(hs_correct_wanted(f))));
}

static void correct_reverb(const struct hs_rule *rule, const struct hs_case *c,
                           const struct hs_finding *f, struct hs_correction *out)
{
    const double db = hs_correct_wanted(f);
    correct_in_mix(rule, c, f, out);
    out->words = hs_arena_printf(c->arena, "In the mix: %s reverb on the voice, by about %.0f dB.",
                                 db < 0 ? "less" : "more", fmax(1, fabs(db)));
}

static void correct_width(const struct hs_rule *rule, const struct hs_case *c,
                          const struct hs_finding *f, struct hs_correction *out)
{
    correct_in_mix(rule, c, f, out);
    out->words = hs_arena_printf(c->arena,
                                 "In the mix: the guitars further in, their sides by %.1f dB less.",
                                 fabs(hs_correct_wanted(f)));
}

#define LEVEL_SOURCE "De Man et al., ISMIR 2014; docs/instruments.md"
#define INSTRUMENT(identity, name, words, direction, what)                                         \
    .id = identity, .title = name, .heard_as = words, .side = direction, .min_duration_s = 20,     \
    .tier = HS_INFERRED, .judges_mix = true, .repeatability = 0.3, .span_s = 8, .about = &what,    \
    .built_in_only = true

#define KIT_LEVEL                                                                                  \
    .dimension = &hs_dimension_level, .unit = "dB", .jnd = 1, .builtin = &drums_level,             \
    .read = read_drums, .correct = correct_drums, .fix = {.move = &hs_move_fader},                 \
    .source = LEVEL_SOURCE,                                                                        \
    .limit_from =                                                                                  \
        "Distance from the published level of drums; kick, snare and the rest together.",          \
    .measured = "Gated loudness of all stems of the kit as they stand in the file, against "       \
                "that of the file."

#define VOICE_REVERB                                                                               \
    .dimension = &hs_dimension_space, .unit = "dB", .jnd = 3, .builtin = &vocal_wetness,           \
    .read = read_number, .correct = correct_reverb, .source = "docs/instruments.md",               \
    .limit_from = "Distance from a proposed centre, not measured on songs; minor at most.",        \
    .measured = "Diffuse over direct power of the voice: the tails of its stems where phrases "    \
                "end, and what rings on after it in the file (docs/instruments.md)."

static const struct hs_rule rules[] = {
    {.instrument = HS_STEM_DRUMS,
     INSTRUMENT("drums_low", "drums too low", "drum low,drum too low,drum behind,lack drum,no drum",
                -1, drums),
     .listen = "drums that you have to look for while the song plays.",
     KIT_LEVEL},
    {.instrument = HS_STEM_DRUMS,
     INSTRUMENT("drums_loud", "drums too loud", "drum loud,drum too loud,much drum,drum on top", +1,
                drums),
     .listen = "drums that you follow instead of the song.",
     KIT_LEVEL},
    {.instrument = HS_STEM_VOCAL,
     INSTRUMENT("vocal_uneven", "vocal uneven",
                "vocal uneven,vocal jump,vocal up and down,vocal not ridden,vocal unsteady", +1,
                voice_range),
     .listen = "single words that vanish and single words that shout.",
     .dimension = &hs_dimension_dynamics,
     .unit = "LU",
     .jnd = 2,
     .builtin = &vocal_range,
     .read = read_number,
     .correct = correct_range,
     .fix = {.move = &hs_move_level_automation},
     .source = "docs/instruments.md",
     .limit_from =
         "Distance from a proposed centre, what a ridden voice is assumed to have; minor at most.",
     .measured =
         "10th to 95th percentile of the voice's level of 3 s against that of the file, from "
         "its stems as they stand in it."},
    {.instrument = HS_STEM_VOCAL,
     INSTRUMENT("vocal_wet", "vocal too wet",
                "vocal wet,vocal reverb,much vocal reverb,vocal drowned,vocal distant", +1,
                voice_wet),
     .listen = "a voice that stands at the far end of the room.",
     VOICE_REVERB,
     .fix = {.move = &hs_move_less_reverb}},
    {.instrument = HS_STEM_VOCAL,
     INSTRUMENT("vocal_dry", "vocal too dry", "vocal dry,vocal no reverb,vocal naked", -1,
                voice_wet),
     .listen = "a voice that stands outside of the room that the band is in.",
     VOICE_REVERB,
     .fix = {.move = &hs_move_more_reverb}},
    {.instrument = HS_STEM_GUITAR,
     INSTRUMENT("guitars_wide", "guitars too wide", "guitar stem too wide,guitar stem wide", +1,
                guitars),
     .listen = "guitars that sit at the far left and far right and leave a hole between them.",
     .dimension = &hs_dimension_stereo,
     .unit = "dB",
     .jnd = 1.5,
     .builtin = &guitars_width,
     .read = read_number,
     .correct = correct_width,
     .fix = {.move = &hs_move_width},
     .source = "docs/instruments.md",
     .limit_from = "Distance from a proposed centre, not measured on songs; minor at most.",
     .measured = "Side over mid power of all stems of guitars as they stand in the file."},
};

const struct hs_rule_table hs_rules_instruments = {rules, sizeof rules / sizeof *rules};
