/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where music does not hold up: codecs, FM radio, the car, the phone. A rule is asked for only
 * where the job names its destination. The measures come from models (survival/); each model sets
 * the level itself, so that mix and master are compared at equal loudness.
 */
#include "judge/correct.h"
#include "judge/reading.h"
#include "judge/survival_table.h"
#include "model/survival.h"
#include "survival/lost.h"

#include <math.h>

/* The shares that can be mended are those of the usual causes (limiting, treble, bass). */
static const struct hs_dimension survival = {
    .name = "survival", .order = 8, .mended_from_mix = .5, .mended_from_master = .3};

/* The worse overshoot of both codecs. What stays below full scale harms nothing, however large it
 * is: a note at most. */
static void read_overs(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    double overshoot[2], peak[2];
    for (int k = 0; k < 2; k++)
        if (!hs_need(c, rule->needs[k], &overshoot[k], out) ||
            !hs_need(c, rule->needs[2 + k], &peak[k], out))
            return;
    hs_reading_value(out, fmax(overshoot[0], overshoot[1]));
    if (!(fmax(peak[0], peak[1]) > 0))
        out->at_most = HS_NOTE;
}

static void read_bass(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    double share;
    (void)rule;
    if (hs_need(c, "car_100.audible[0]", &share, out))
        hs_reading_value(out, 100 * share);
}

/* Per cent of the song that a car at 100 km/h covers, with the longest passages. */
static void read_passages(const struct hs_rule *rule, const struct hs_case *c,
                          struct hs_reading *out)
{
    double lost_s, duration_s;
    struct hs_lost_passage lost[HS_LOST_PASSAGES];
    if (!hs_need(c, rule->needs[0], &lost_s, out) || !hs_need(c, rule->needs[1], &duration_s, out))
        return;
    hs_reading_value(out, 100 * lost_s / fmax(duration_s, 1));
    out->n_times = hs_lost_passages(c->values, 100, lost);
    struct hs_passage *times = HS_ARENA_ARRAY(c->arena, struct hs_passage, out->n_times + 1);
    for (size_t i = 0; i < out->n_times; i++)
        times[i] = (struct hs_passage){lost[i].from_s, lost[i].to_s};
    out->times = times;
}

static void correct_cause(const struct hs_rule *rule, const struct hs_case *c,
                          const struct hs_finding *f, struct hs_correction *out)
{
    hs_correct_words(c, f, out, rule->fix.move, rule->about);
}

static const char *const by_limiting[] = {"over_limited", "clipped", "over_compressed", NULL};
static const char *const by_treble[] = {"bright", "sibilant", "harsh", NULL};
static const char *const by_no_bass[] = {"thin", NULL};
static const char *const by_dynamics[] = {"too_dynamic", NULL};

#define SURVIVES(identity, name, words, direction, asked, number)                                  \
    .id = identity, .dimension = &survival, .title = name, .heard_as = words, .side = direction,   \
    .on_request = asked, .builtin = &hs_survival_builtins[number], .min_duration_s = 10,           \
    .judges_mix = true, .correct = correct_cause, .span_s = 10,                                    \
    .limit_from = "Distance from the references blended with the built-in distribution; `limit:` " \
                  "in the job file sets another.",                                                 \
    .source = "docs/survival.md"

static const struct hs_rule rules[] = {
    {SURVIVES("codec_overs", "overshoots in codecs",
              "codec over,overshoot in codec,codec clip,streaming clip,clip on youtube,clip on "
              "streaming",
              +1, HS_TO_CODECS, HS_RULE_CODEC_OVERS),
     .listen = "a crackle in the loudest passage behind the codec, not in the file itself.",
     .fix = {.move = &hs_move_less_limiting}, .unit = "dB", .jnd = 0.5, .tier = HS_MEASURED,
     .repeatability = 0.1, .read = read_overs,
     .needs = {"codecs.aac_256.overshoot_db", "codecs.opus_128.overshoot_db",
               "codecs.aac_256.true_peak_dbtp", "codecs.opus_128.true_peak_dbtp"},
     .explained_by = by_limiting, .about = "A lower ceiling, or less limiting, leaves codecs room.",
     .measured =
         "True peak behind AAC 256 or Opus 128 minus that before, the worse of both, on the "
         "three loudest 20 s. A note at most where both stay below full scale."},
    {SURVIVES("fm_regrowth", "peaks come back on FM radio",
              "radio peak,distorted on radio,radio distort,no punch on radio", +1, HS_TO_FM,
              HS_RULE_FM_REGROWTH),
     .listen = "loud passages that are flat and rough behind the station's filters.",
     .fix = {.move = &hs_move_less_limiting}, .unit = "dB", .jnd = 1, .tier = HS_INFERRED,
     .repeatability = 0.2, .read = hs_read_first_need, .needs = {"fm.regrowth_db"},
     .explained_by = by_limiting,
     .about = "Less limiting and clipping: a station's filters undo it.",
     .measured =
         "How much higher the peaks stand over the loudness behind high-pass, low-pass, "
         "phase rotator and pre-emphasis of 50 us. A model without a station's compressor."},
    {SURVIVES("fm_drive", "too bright for FM radio",
              "radio bright,radio dull,radio harsh,radio sibilant,bright for radio", +1, HS_TO_FM,
              HS_RULE_FM_DRIVE),
     .listen = "s and cymbals that get rough or dull on the radio.",
     .fix = {.move = &hs_move_de_ess}, .unit = "dB", .jnd = 1, .tier = HS_INFERRED,
     .repeatability = 0.2, .read = hs_read_first_need, .needs = {"fm.hf_drive_db"},
     .explained_by = by_treble,
     .about = "Less treble, or less of its peaks: a station's clipper shaves what pre-emphasis "
              "lifts.",
     .measured = "How much of the peaks on the air pre-emphasis of 50 us makes. A model."},
    {SURVIVES("car_bass_lost", "bass lost in the car",
              "no bass in car,bass lost in car,bass missing in car,car bass,car no bass", -1,
              HS_TO_CAR, HS_RULE_CAR_BASS_LOST),
     .listen = "a bass line that goes under in the noise of the car.",
     .fix = {.move = &hs_move_fader}, .unit = "%", .jnd = 10, .tier = HS_INFERRED,
     .repeatability = 2, .read = read_bass, .needs = {"car_100.audible"},
     .explained_by = by_no_bass,
     .about = "More of the bass, or a steadier one: cabin noise covers what is soft.",
     .measured = "Share of 40 to 200 Hz, by third octave and 0.5 s, that stays over the noise of a "
                 "cabin at 100 km/h. A model."},
    {SURVIVES("car_passages_lost", "passages lost in the car",
              "quiet parts lost in car,verse lost in car,lost in car,cannot hear in car", +1,
              HS_TO_CAR, HS_RULE_CAR_PASSAGES_LOST),
     .listen = "soft passages that go under in the noise of the car.",
     .fix = {.move = &hs_move_level_automation}, .unit = "%", .jnd = 5, .tier = HS_INFERRED,
     .repeatability = 1, .read = read_passages,
     .needs = {"car_100.lost_s", "duration_s", "car_100.lost_at"}, .explained_by = by_dynamics,
     .about = "Bring the quiet passages up by riding, where the song allows it.",
     .measured =
         "Share of the song in runs of 3 s or more in which less than 30 % is heard over the "
         "noise of a cabin at 100 km/h of what a quiet room leaves of 250 Hz to 8 kHz. A "
         "model."},
    {SURVIVES(
         "phone_bass_lost", "bass line lost on a phone",
         "no bass on phone,phone bass,bass lost on phone,bass missing on phone,bass line on phone",
         -1, HS_TO_PHONE, HS_RULE_PHONE_BASS_LOST),
     .listen = "a bass line that is gone on a phone.", .fix = {.move = &hs_move_fader},
     .unit = "dB", .jnd = 3, .tier = HS_INDICATION, .repeatability = 0.5,
     .read = hs_read_first_need, .needs = {"phone.carried_db"},
     .about = "Some saturation or a lift of 350 to 900 Hz on the bass: a phone plays only its "
              "overtones.",
     .measured =
         "Power of the overtones (350 to 900 Hz) of clear bass notes over that of their "
         "partials below 250 Hz, the median. Other instruments count where they share these."},
};

const struct hs_rule_table hs_rules_survival = {rules, sizeof rules / sizeof *rules};
