/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Level of single sources (kick, snare, bass, voice), and the tone of the voice.
 * 1. With a fitted stem: its loudness against the whole, held against the levels that engineers
 * were found to set (De Man et al.).
 * 2. Without one: a proxy, a measure of the whole file that follows the source. It is held against
 *    references and the built-in distribution, and judged only where the source is shown to be
 *    present and loud enough to be heard. A proxy of the bass that the spectrum contradicts by 3 dB
 *    is not judged, nor any proxy where stems explain the file and none of them is the source. The
 *    voice has no proxy that worked.
 * 3. Tone of the voice: power density of 2 to 8 kHz in its own stem; a note at most.
 * 4. A stem is corrected by a fader move with the level that follows, a proxy by at most 6 dB.
 */
#include "core/num.h"
#include "judge/correct.h"
#include "judge/fader.h"
#include "judge/reading.h"

#include <math.h>
#include <string.h>

/* De Man, Boerum, Leonard, King, Massenburg & Reiss, ISMIR 2014: 8 songs by 8 engineers
 * each; loudness of a source relative to the mix, mean and standard deviation. Of the voice they
 * found -2.7 +- 1.6 on the same songs; between genres it goes from -1.2 to -4.8. The spread within
 * a genre counts once there are references enough to say which. */
static const struct hs_builtin vocal_stem = {"", -3.0, 2.5, 1.6, 64, 0, 0.5, 1, 1};
static const struct hs_builtin bass_stem = {"", -9.5, 3.5, 3.5, 64, 0, 0.5, 1, 1};
static const struct hs_builtin kick_stem = {"", -13.2, 4.1, 4.1, 64, 0, 0.5, 1, 1};
static const struct hs_builtin snare_stem = {"", -16.8, 6.2, 6.2, 64, 0, 0.5, 1, 1};

/* Colour of a voice alone, as a reading of it is made (stems/reading.c): mean power per third
 * octave of 2 to 8 kHz against the median of half octaves from 250 Hz to 2 kHz. Speech at a
 * distance has some -11 by that (Byrne et al., JASA 96, 1994, table II, all languages); voices of
 * records are closer and brighter. Proposed, not measured on enough voices. */
static const struct hs_builtin vocal_tone_stem = {"", -9, 5, 5, 0, 0, 0.5, 1, 1};

struct source {
    const char *name;
    bool voice;
    enum hs_stem_role role;
    const char *key; /* of the proxy */
    const char *presence;
    double present; /* from here on the source is there */
    const char *absent;
    double audible_db; /* below that it is none, whatever beats there */
    const struct hs_builtin *stem;
};

static const struct source kick = {"kick",
                                   false,
                                   HS_STEM_KICK,
                                   "kick_level_db",
                                   "kick_presence",
                                   0.5,
                                   "no kick drum was found",
                                   -15,
                                   &kick_stem};
static const struct source snare = {"snare",
                                    false,
                                    HS_STEM_SNARE,
                                    "snare_level_db",
                                    "snare_presence",
                                    0.5,
                                    "no snare drum was found",
                                    -20,
                                    &snare_stem};
static const struct source bass = {"bass",
                                   false,
                                   HS_STEM_BASS,
                                   "bass_level_db",
                                   "bass_presence",
                                   0.5,
                                   "no bass line was found",
                                   -22,
                                   &bass_stem};
static const struct source vocal = {"vocal",          true, HS_STEM_VOCAL,        "vocal_level_db",
                                    "vocal_presence", 0.5,  "no voice was found", -25,
                                    &vocal_stem};

/* Whether the source is there: not for a voice where the job says instrumental; else by the measure
 * of its presence. False leaves `out` refused with the reason. */
static bool present(const struct hs_case *c, const struct source *s, struct hs_reading *out)
{
    double presence;
    if (s->voice && c->result && c->result->track && c->result->track->instrumental) {
        hs_reading_refuse(out, "instrumental, says the job file");
        return false;
    }
    if (!hs_need(c, s->presence, &presence, out))
        return false;
    if (presence < s->present) {
        hs_reading_refuse(out, s->absent);
        return false;
    }
    return true;
}

/* Power of the third octaves 50 to 200 Hz over the built-in centre of the same, in dB; NaN where it
 * is not known. */
static double bands_say(const struct hs_case *c)
{
    enum { FROM = 4, TO = 10 };
    const double *bands = hs_values_doubles(c->values, "bands_db", HS_BANDS);
    double own = 0, usual = 0;
    for (int b = FROM; bands && b <= TO; b++) {
        own += hs_power_from_db(bands[b]);
        usual += hs_power_from_db(hs_builtin_bands[b].centre);
    }
    return bands ? hs_db_from_power(own / usual) : NAN;
}

/* Takes the proxy's level, or refuses it: below the level at which the source is heard it is not
 * there; a bass whose proxy is 3 dB or more off to one side while the spectrum is off to the other
 * is not believed. */
static void believe(const struct hs_rule *rule, const struct hs_case *c, double level,
                    struct hs_reading *out)
{
    const double far_db = 3;
    const struct source *s = rule->about;
    const struct hs_builtin *usual = hs_rule_builtin(rule);
    if (level < s->audible_db) {
        hs_reading_refuse(out, s->absent);
        return;
    }
    if (s->role == HS_STEM_BASS && usual) {
        double off = level - usual->centre, bands = bands_say(c);
        if (fabs(off) >= far_db && off * bands < 0) {
            hs_reading_refuse(out, "the spectrum says otherwise: a proxy alone is not believed");
            return;
        }
    }
    hs_reading_value(out, level);
}

/* By the stem where there is one, else by the proxy. */
static void read_level(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    const struct source *s = rule->about;
    double level;
    const char *why;
    const struct hs_instrument *in = hs_case_instrument(c, s->role, &why);
    if (why) {
        hs_reading_refuse(out, why);
    } else if (in) {
        level = in->number[HS_INSTRUMENT_LEVEL_LU];
        hs_reading_value(out, level);
        out->instead = s->stem;
        out->separated = in->origin == HS_STEM_SEPARATED;
        out->tier = hs_instrument_tier(in);
        out->evidence =
            hs_arena_printf(c->arena,
                            "%s: %.1f LU against the %s, within %.1f; "
                            "engineers set it %.1f +- %.1f.",
                            out->separated ? "As the separator gives it" : "By its stem", level,
                            hs_stem_side_name(in->side), in->number[HS_INSTRUMENT_BOUND_LU],
                            s->stem->centre, s->stem->spread);
    } else if (hs_case_stems_hold_none(c, s->role)) {
        hs_reading_refuse(out, "none of its stems is one, and they explain this file");
    } else if (present(c, s, out) && hs_need(c, s->key, &level, out)) {
        believe(rule, c, level, out);
    }
}

/* The colour of a voice can only be told from its own stem, as it stands in the file. No songs with
 * stems and known faults were there to try it on, so it stays a note. */
static void read_vocal_tone(const struct hs_rule *rule, const struct hs_case *c,
                            struct hs_reading *out)
{
    enum { HIGH = 3 }; /* the zone of 2 to 8 kHz */
    const char *why;
    const struct hs_instrument *in = hs_case_instrument(c, HS_STEM_VOCAL, &why);
    if (why)
        hs_reading_refuse(out, why);
    else if (!in)
        present(c, rule->about, out);
    else if (!isfinite(in->tone_db[HIGH]))
        hs_reading_refuse(out, "nothing of the voice is heard there");
    if (!in || !isfinite(in->tone_db[HIGH]))
        return;
    hs_reading_value(out, in->tone_db[HIGH]);
    out->instead = &vocal_tone_stem;
    out->separated = in->origin == HS_STEM_SEPARATED;
    out->tier = hs_instrument_tier(in);
    out->at_most = HS_NOTE;
}

/* Only a mix (or stems) has a fader of its own for the source. */
static void correct_level(const struct hs_rule *rule, const struct hs_case *c,
                          const struct hs_finding *f, struct hs_correction *out)
{
    const struct source *s = rule->about;
    const char *why;
    if (hs_case_instrument(c, s->role, &why)) {
        hs_fader_correct(c, f, s->role, out);
        return;
    }
    double db = fmin(fmax(hs_correct_wanted(f), -6), 6);
    db = round(2 * db) / 2;
    if (db == 0)
        return;
    bool mix = c->result && c->result->mix.state == HS_FILE_OK;
    *out = (struct hs_correction){.where = mix ? HS_PLACE_MIX : HS_PLACE_MASTER,
                                  .move = &hs_move_fader,
                                  .channel = HS_CHANNEL_BOTH,
                                  .hz = NAN,
                                  .db = db,
                                  .q = NAN,
                                  .after = f->value + db};
    out->words = hs_arena_printf(c->arena, "In the %s: %s %+.1f dB; listen first.",
                                 hs_place_name(out->where), s->name, db);
}

/* What explains a level. Levels are held against the whole: more treble makes the whole louder, so
 * everything low seems quieter. Limiting lowers hits, so what is steady seems louder. */
static const char *const by_bass[] = {"boomy",     "thin",   "sub_heavy", "bass_low",
                                      "bass_loud", "bright", "dull",      NULL};
static const char *const by_boomy[] = {"boomy", "thin",         "sub_heavy",       "bright",
                                       "dull",  "over_limited", "over_compressed", NULL};
static const char *const by_treble[] = {"bright", "dull", "harsh", "muddy", "boomy", NULL};

#define STEM_SOURCE                                                                                \
    "De Man et al., ISMIR 2014 (stems); docs/distributions.md (proxy). A proxy is an "             \
    "indication: at most minor unless pair, stems or the ear confirm it."
#define STEM_LIMITS                                                                                \
    "With stems: distance from the published level of such a source. Without: distance of "        \
    "the proxy from the references blended with the built-in distribution. Step 1 dB."
#define LEVEL(identity, name, words, direction, part, part_hz, level, presence_key)                \
    .id = identity, .dimension = &hs_dimension_level, .title = name, .heard_as = words,            \
    .unit = "dB", .side = direction, .jnd = 1, .tier = HS_INDICATION, .min_duration_s = 20,        \
    .judges_mix = true, .repeatability = 0.5, .fix = {.move = &hs_move_fader, .hz = part_hz},      \
    .span_s = 8, .source = STEM_SOURCE, .about = &part, .limit_from = STEM_LIMITS,                 \
    .needs = {level, presence_key}, .correct = correct_level
#define KICK                                                                                       \
    "With a stem its loudness against the mix. Without: how far the low band jumps at the "        \
    "onsets of the low drum, against the loudness of the whole; the energy of the band "           \
    "would hide it behind the bass."
#define SNARE                                                                                      \
    "With a stem its loudness against the mix. Without: how far the middle and high bands "        \
    "jump at the backbeats, in the middle of the stereo picture, against the whole."
#define BASS                                                                                       \
    "With a stem its loudness against the mix. Without: the steady level of 40 to 200 Hz "         \
    "between the onsets of the low drum, against the whole."
#define VOCAL                                                                                      \
    "Loudness of the stem of the voice against the mix. Not judged without a stem: in a "          \
    "finished track nothing that was tried told a voice from other instruments."

static const struct hs_rule rules[] = {
    {.instrument = HS_STEM_KICK,
     LEVEL("kick_low", "kick drum too low",
           "kick low,kick too low,no kick,lack kick,kick behind,kick thin", -1, kick, 60,
           "kick_level_db", "kick_presence"),
     .listen = "a kick drum that you no longer hear once the bass plays.",
     .base = {2, 52},
     .measured = KICK,
     .read = read_level,
     .explained_by = by_bass},
    {.instrument = HS_STEM_KICK,
     LEVEL("kick_loud", "kick drum too loud", "kick loud,kick too loud,much kick,kick heavy", +1,
           kick, 60, "kick_level_db", "kick_presence"),
     .listen = "a kick drum that stands in front of the voice.",
     .base = {2, 52},
     .measured = KICK,
     .read = read_level,
     .explained_by = by_bass},
    {.instrument = HS_STEM_SNARE,
     LEVEL("snare_low", "snare drum too low", "snare low,no snare,lack snare,snare behind", -1,
           snare, 2000, "snare_level_db", "snare_presence"),
     .listen = "a backbeat that you have to look for.",
     .base = {0, 23},
     .measured = SNARE,
     .read = read_level,
     .explained_by = by_treble},
    {.instrument = HS_STEM_SNARE,
     LEVEL("snare_loud", "snare drum too loud", "snare loud,much snare,snare harsh", +1, snare,
           2000, "snare_level_db", "snare_presence"),
     .listen = "a backbeat that jumps out at you each time.",
     .base = {1, 23},
     .measured = SNARE,
     .read = read_level,
     .explained_by = by_treble},
    {.instrument = HS_STEM_BASS,
     LEVEL("bass_low", "bass too low", "bass low,no bass,lack bass,bass behind,bass guitar low", -1,
           bass, 80, "bass_level_db", "bass_presence"),
     .listen = "a bass line that you cannot sing along to.",
     .base = {2, 162},
     .measured = BASS,
     .read = read_level,
     .explained_by = by_boomy},
    {.instrument = HS_STEM_BASS,
     LEVEL("bass_loud", "bass too loud", "bass loud,bass guitar loud", +1, bass, 80,
           "bass_level_db", "bass_presence"),
     .listen = "a bass line that you follow instead of the song.",
     .base = {0, 162},
     .measured = BASS,
     .read = read_level,
     .explained_by = by_boomy},
    {.instrument = HS_STEM_VOCAL,
     LEVEL("vocal_low", "vocal too low",
           "vocal low,lack vocal,vocal behind,cannot hear vocal,cant hear vocal,vocal far "
           "back,vocal under",
           -1, vocal, 2500, "vocal_level_db", "vocal_presence"),
     .listen = "words that you have to guess.",
     .never_validated = true,
     .measured = VOCAL,
     .read = read_level},
    {.instrument = HS_STEM_VOCAL,
     LEVEL("vocal_loud", "vocal too loud", "vocal loud,much vocal,vocal on top", +1, vocal, 2500,
           "vocal_level_db", "vocal_presence"),
     .listen = "a voice that stands before the band and not in it.",
     .never_validated = true,
     .measured = VOCAL,
     .read = read_level},
    {.instrument = HS_STEM_VOCAL,
     LEVEL("vocal_bright", "vocal too bright",
           "vocal bright,vocal thin,vocal harsh,vocal sharp,vocal edgy", +1, vocal, 2500,
           "vocal_tone_db", "vocal_presence"),
     .listen = "a voice that is thin and sharp beside its band.",
     .never_validated = true,
     .measured = "Level of 2 to 8 kHz a third octave against the median of 250 Hz to 2 kHz in the "
                 "stem of the voice as it stands in the file; not judged without one. Never "
                 "validated on enough voices: a note at most.",
     .read = read_vocal_tone,
     .explained_by = by_treble},
    {.instrument = HS_STEM_VOCAL,
     LEVEL("vocal_dull", "vocal too dull", "vocal dull,vocal boomy,vocal muddy,vocal nasal", -1,
           vocal, 2500, "vocal_tone_db", "vocal_presence"),
     .listen = "a voice that is muffled beside its band.",
     .never_validated = true,
     .measured = "Level of 2 to 8 kHz a third octave against the median of 250 Hz to 2 kHz in the "
                 "stem of the voice, when too little; not judged without one. Never validated on "
                 "enough voices: a note at most.",
     .read = read_vocal_tone,
     .explained_by = by_treble},
};

const struct hs_rule_table hs_rules_level = {rules, sizeof rules / sizeof *rules};
