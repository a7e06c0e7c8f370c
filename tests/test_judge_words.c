/* SPDX-License-Identifier: Apache-2.0 */
/* Words of engineers to rules, and the tables of the rules themselves. */
#include "check.h"
#include "judge/builtin.h"
#include "judge/judge.h"
#include "judge/words.h"
#include "measure/analyser.h"
#include "measure/analysers.h"

#include <math.h>
#include <string.h>

static const char *const words[][2] = {
    {"kick_low", "kick_low"},
    {"Kick-Low", "kick_low"},
    {"kick drum too low", "kick_low"},
    {"vocals too bright", "vocal_bright"},
    {"guitars too wide", "sides_wide"},
    {"far too many effects", "wet"},
    {"too much reverb", "wet"},
    {"snare is buried", "snare_low"},
    {"voice too quiet", "vocal_low"},
    {"vocals too loud", "vocal_loud"},
    {"too bright", "bright"},
    {"a bit dull", "dull"},
    {"muddy", "muddy"},
    {"MUDDY!", "muddy"},
    {"too boomy", "boomy"},
    {"bass drum too loud", "kick_loud"},
    {"bass too loud", "bass_loud"},
    {"too much bass in the chorus", "boomy"},
    {"too little bass", "thin"},
    {"it's clipping", "clipped"},
    {"too much compression", "over_compressed"},
    {"the compressor is pumping", "pumping"},
    {"hum in the intro", "hum"},
    {"too dry", "dry"},
    {"too narrow", "narrow"},
    {"leans to the left, left too loud", "lopsided"},
    {"sibilant vocals", "sibilant"},
    {"mains hum", "hum"},
    {"noisy tape", "noisy"},
    {"harsh guitars", "harsh"},
    {"no low end", "thin"},
    {"stereo image too wide", "wide"},
    {"stereo width too small", "narrow"},
    /* what is wished for */
    {"vocals not loud enough", "vocal_low"},
    {"kick isn't loud enough", "kick_low"},
    {"the drums aren\xe2\x80\x99t loud enough", "drums_low"},
    {"bass is not loud enough", "bass_low"},
    {"not compressed enough", "too_dynamic"},
    {"not dynamic enough", "over_compressed"},
    {"not bright enough", "dull"},
    {"not wide enough", "narrow"},
    {"not enough bass", "bass_low"},
    {"not enough stereo", "narrow"},
    {"needs less reverb", "wet"},
    {"could use more reverb", "dry"},
    {"needs reverb", "dry"},
    {"less bass please", "boomy"},
    {"more low end", "thin"},
    {"not enough bottom", "thin"},
    {"too much low mid", "muddy"},
    {"vocals should be louder", "vocal_low"},
    {"the vocal needs to be quieter", "vocal_loud"},
    {"needs to be brighter", "dull"},
    {"louder than the rest", "level_jump"},
    {"3 LUFS too quiet", "level_jump"},
    /* one clause after the other, and what is denied */
    {"too little bass, too much treble", "thin"},
    {"no hum, but too bright", "bright"},
    {"the hum needs to go", "hum"},
    {"the vocal is not harsh and the bass is too loud", "bass_loud"},
    {"cannot hear the vocals", "vocal_low"},
    {"vocals, too bright", "vocal_bright"},
    {"the kick, too loud", "kick_loud"},
    {"vocals fine, mix too bright", "bright"},
    {"mastering makes it darker, too dull", "dull"},
    {"bass not in the centre", "bass_wide"},
    {"not mono compatible", "out_of_phase"},
    {"one channel is dead", "damaged"},
    {"skips at 1:10", "damaged"},
    {"left and right are swapped", "damaged"},
    {"falls apart in mono", "out_of_phase"},
    {"right channel too quiet", "lopsided"},
    {"leans left", "lopsided"},
    {"the low end is missing", "thin"},
    {"highs missing", "dull"},
    {"the dynamics are gone", "over_compressed"},
    {"crushed", "over_compressed"},
    {"esses too sharp", "sibilant"},
    {"drowning in reverb", "wet"},
    /* of the song, where nothing else is named */
    {"too loud", "over_limited"},
    {"loud", "over_limited"},
    {"too quiet", "level_jump"},
    {"the song is too quiet", "level_jump"},
    {"quiet", "level_jump"},
    {"a quiet song", "level_jump"},
    {"this one should be louder", "level_jump"},
    {"3 dB too loud", "over_limited"},
    {"a bit too quiet on my headphones", "level_jump"},
    {"way too loud compared with the other songs on the album", "over_limited"},
    {"quieter than the rest of the album", "level_jump"},
    {"track 3 is brighter than the rest", "tone_jump"},
    /* of one side */
    {"right side too loud", "lopsided"},
    {"left side too loud", "lopsided"},
    {"right side too quiet", "lopsided"},
    {"the left side is too low", "lopsided"},
    {"one side too loud", "lopsided"},
    {"one side is quieter", "lopsided"},
    {"one channel too quiet", "lopsided"},
    {"sides too loud", "sides_wide"},
    {"sides too quiet", "narrow"},
    {"one side missing", "damaged"},
    {"left channel missing", "damaged"},
    /* a register of a part is not the treble */
    {"highs too low", "dull"},
    {"high end too quiet", "dull"},
    {"treble too low", "dull"},
    {"top snare too low", "snare_low"},
    {"high vocals too loud", "vocal_loud"},
    {"high mids too loud", "harsh"},
    {"too much high mid", "harsh"},
    /* missing is a lack, and no level */
    {"vocals missing", "vocal_low"},
    {"kick is missing", "kick_low"},
    {"reverb missing", "dry"},
    {"ending missing", "truncated"},
    {"bass missing on the phone", "phone_bass_lost"},
    {"bass missing in the car", "car_bass_lost"},
};

/* Words, a value of their rule, and whether they mean it. */
static const struct {
    const char *words, *rule;
    double value;
    bool fit;
} sides[] = {
    {"too quiet", "level_jump", -12, true},
    {"too quiet", "level_jump", +12, false},
    {"should be louder", "level_jump", +12, false},
    {"quieter than the rest", "level_jump", +12, false},
    {"louder than the rest", "level_jump", +12, true},
    {"level out of line", "level_jump", +12, true},
    {"level_jump", "level_jump", -12, true},
    {"too quiet", "level_jump", NAN, true},
    {"duller than the rest", "tone_jump", +6, false},
    {"brighter than other songs", "tone_jump", +6, true},
    {"left too loud", "lopsided", +2, true},
    {"left too loud", "lopsided", -2, false},
    {"right side too quiet", "lopsided", +2, true},
    {"right side too quiet", "lopsided", -2, false},
    {"leans right", "lopsided", +2, false},
    {"one side louder", "lopsided", -2, true},
    {"left late", "channel_delay", +1, true},
    {"left late", "channel_delay", -1, false},
    /* both sides are named: which is meant is not read */
    {"louder on the left than on the right", "lopsided", +2, true},
    {"louder on the left than on the right", "lopsided", -2, true},
    {"right channel quieter than the left", "lopsided", +2, true},
    {"left late against right", "channel_delay", +1, true},
    {"should be louder than the other songs", "level_jump", -3, true},
    {"should be louder than the other songs", "level_jump", +3, false},
    {"louder than it should be", "level_jump", +3, true},
    {"louder than it should be", "level_jump", -3, false},
};

static const char *const unknown[] = {"the drummer rushes",
                                      "",
                                      "!!!",
                                      "tempo",
                                      "\xff\xfe",
                                      "not too bright",
                                      "no hum",
                                      "not harsh",
                                      "without hiss",
                                      "guitars too loud",
                                      "lead guitar too loud",
                                      "chorus too loud",
                                      "guitars too quiet",
                                      "mids too low",
                                      "quiet guitars",
                                      "stereo reversed",
                                      "transients too soft",
                                      "transients, too soft",
                                      "attack too weak",
                                      "shaker too quiet",
                                      "shaker, too quiet",
                                      "the theremin is too loud",
                                      "too low in pitch",
                                      "ending too soft",
                                      "weak",
                                      "soft",
                                      "missing",
                                      "lost",
                                      "buried",
                                      "too big",
                                      "high hat too low",
                                      "high mids too low",
                                      "high strings too quiet",
                                      "guitars louder than the rest",
                                      "strings brighter than the rest",
                                      "guitars sound different",
                                      "I cannot hear any hum"};

static const char *const all[] = {"sub_heavy",    "boomy",         "thin",
                                  "muddy",        "hollow",        "harsh",
                                  "sibilant",     "bright",        "dull",
                                  "kick_low",     "kick_loud",     "snare_low",
                                  "snare_loud",   "bass_low",      "bass_loud",
                                  "vocal_low",    "vocal_loud",    "vocal_bright",
                                  "vocal_dull",   "wide",          "narrow",
                                  "sides_wide",   "lopsided",      "bass_wide",
                                  "out_of_phase", "channel_delay", "over_compressed",
                                  "over_limited", "clipped",       "pumping",
                                  "too_dynamic",  "wet",           "dry",
                                  "level_jump",   "tone_jump",     "lossy_source",
                                  "upsampled",    "dual_mono",     "dc_offset",
                                  "hum",          "noisy",         "truncated",
                                  "silent"};

/* Rules that are judged by the stem of a voice alone and have no built-in distribution. */
static const char *const by_stem_alone = " sibilant vocal_low vocal_loud vocal_bright vocal_dull ";

static bool by_stem(const char *rule)
{
    char word[64];
    snprintf(word, sizeof word, " %s ", rule);
    return strstr(by_stem_alone, word) != NULL;
}

static void rows_are_whole(void)
{
    for (size_t i = 0; i < hs_rule_count(); i++) {
        const struct hs_rule *r = hs_rule_at(i);
        bool ok = r->id && r->title && r->heard_as && r->listen && r->unit && r->measured &&
                  r->limit_from && r->source && r->read && (r->needs[0] || r->about) && r->jnd > 0;
        if (!CHECK(ok))
            fprintf(stderr, "rule %s\n", r->id);
        CHECK(hs_rule_find(r->id) == r);
        CHECK(hs_rule_index(r) == i);
        if (!CHECK(r->thresholds || r->builtin || by_stem(r->id) || hs_builtin_find(r->id)))
            fprintf(stderr, "no distribution of %s\n", r->id);
        CHECK(strlen(r->measured) > 40 && strlen(r->limit_from) > 20);
        for (size_t k = 0; k < HS_MAX_NEEDS && r->needs[k]; k++)
            if (!CHECK(hs_measure_find(r->needs[k]) != NULL))
                fprintf(stderr, "%s reads %s, which nothing measures\n", r->id, r->needs[k]);
        if (r->series && !CHECK(hs_measure_find(r->series) != NULL))
            fprintf(stderr, "%s: no course %s\n", r->id, r->series);
        for (size_t k = 0; r->explained_by && r->explained_by[k]; k++)
            if (!CHECK(hs_rule_find(r->explained_by[k]) != NULL))
                fprintf(stderr, "%s led by %s\n", r->id, r->explained_by[k]);
    }
}

/* What a report calls a fault is what an engineer may write back. Guitars are the one exception:
 * any file has sides, few have a stem of a guitar. */
static void titles_name_their_rules(void)
{
    for (size_t i = 0; i < hs_rule_count(); i++) {
        const struct hs_rule *r = hs_rule_at(i);
        const char *rule = hs_judge_rule_of_words(r->title);
        if (!strcmp(r->id, "guitars_wide"))
            continue;
        if (!CHECK(rule && !strcmp(rule, r->id)))
            fprintf(stderr, "\"%s\" is %s, not %s\n", r->title, rule ? rule : "unknown", r->id);
    }
}

int main(void)
{
    rows_are_whole();
    titles_name_their_rules();
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!CHECK(hs_rule_find(all[i]) != NULL))
            fprintf(stderr, "no rule %s\n", all[i]);
    CHECK(hs_rule_count() >= sizeof all / sizeof *all);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *rule = hs_judge_rule_of_words(words[i][0]);
        if (!CHECK(rule && !strcmp(rule, words[i][1])))
            fprintf(stderr, "\"%s\" is %s\n", words[i][0], rule ? rule : "unknown");
    }
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        const struct hs_rule *rule = hs_rule_find(sides[i].rule);
        if (!CHECK(hs_judge_words_fit(sides[i].words, rule, sides[i].value) == sides[i].fit))
            fprintf(stderr, "\"%s\" of %s %g\n", sides[i].words, sides[i].rule, sides[i].value);
    }
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        if (!CHECK(hs_judge_rule_of_words(unknown[i]) == NULL))
            fprintf(stderr, "\"%s\" is %s\n", unknown[i], hs_judge_rule_of_words(unknown[i]));
    return check_done();
}
