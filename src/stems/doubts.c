/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An instrument has a twin or a group among the other stems, is silent or muted, is all of the
 * file, is like it by chance, or its level is less sure than what can be judged.
 */
#include "stems/doubts.h"

#include "core/num.h"
#include "stems/gaps.h"
#include "stems/levels.h"

#include <math.h>

/* Why an instrument is not judged. */
enum doubt {
    NOTHING_IN_IT,
    DROWNED,
    COVERED,
    HELD_ELSEWHERE,
    THE_WHOLE,
    CUT_OFF,
    BY_CHANCE,
    LIES_PARTLY,
    MUTED,
    OF_ANOTHER_SONG,
    NO_NUMBERS,
    TOO_SHORT,
    ALL_BUT_THE_SAME,
    AS_OTHERS_TOGETHER,
    MIXDOWN,
    GROUP,
    OUTPUTS_LACK,
    OUTPUT_SHORT,
    SIDES_LOST,
    N_DOUBTS
};
/* Of an output of a separator, which is of this very file: no other take, and no group. */
static const char *const of_outputs[N_DOUBTS] = {
    [NOTHING_IN_IT] = "the separator gives nothing of it: silence",
    [HELD_ELSEWHERE] = "not heard in this file: the separator gives next to nothing of it",
    [LIES_PARTLY] = "what the separator gives lies in less than two thirds of this file",
    [MUTED] = "what the separator gives is not heard in this file",
    [TOO_SHORT] = "the separator gives less than a second of it: too little for a loudness",
    [ALL_BUT_THE_SAME] = "another output of the separator is all but the same: it told no "
                         "instrument apart",
    [AS_OTHERS_TOGETHER] =
        "the outputs of the separator leak into each other so much that this one "
        "cannot be told from the others together",
    [MIXDOWN] = "the separator gives the whole song for it: left out",
    [CUT_OFF] = "the separator gives it at a sample rate that cuts off highs, and no output has "
                "them",
    [BY_CHANCE] = "it is not in this file as the separator gives it, but otherwise in each band: "
                  "less sure than it looks",
    [SIDES_LOST] = "the separator gives it in mono, and what no stem explains here rises with "
                   "it: it may stand wide",
};
static const char *const words[N_DOUBTS] = {
    [NOTHING_IN_IT] = "the stem is silent: if its track was muted when it was exported, export it "
                      "again",
    [NO_NUMBERS] = "the stem is silent but for samples that are no numbers (NaN): export it again",
    [OF_ANOTHER_SONG] = "all stems together explain next to nothing of this file: they are of "
                        "another song or another take",
    [DROWNED] =
        "too quiet for what the stems leave unexplained here: another take, or all but muted",
    [COVERED] =
        "too quiet beside what is in no stem here: a stem may be missing, or this is another take",
    [HELD_ELSEWHERE] = "not heard in this file: muted, or another stem holds it (the whole song, a "
                       "group of stems)",
    [THE_WHOLE] = "it is all of this file: there is nothing to hold it against",
    [CUT_OFF] = "its sample rate cuts off highs that no stem explains here: export it at the rate "
                "of the song",
    [BY_CHANCE] = "what is like it here is so by chance, differently in each band: another take",
    [LIES_PARTLY] = "the stems lie in less than two thirds of this file: it is cut against them, "
                    "or they are cut short",
    [MUTED] = "nothing of it is heard in this file: it is muted there, or of another song",
    [TOO_SHORT] = "it sounds for less than a second here: too little for a loudness",
    [ALL_BUT_THE_SAME] = "another stem is all but the same: they cannot be told apart",
    [AS_OTHERS_TOGETHER] =
        "other stems together are all but the same: a group of stems may be among them",
    [MIXDOWN] =
        "it is the whole song and no part of it: left out, so that the others can be told apart",
    [GROUP] = "other stems together are this one: left out, so that each of them can be told",
    [OUTPUTS_LACK] = "the outputs of the separator leak into each other or lack something: less "
                     "sure than 1.5 LU",
    [OUTPUT_SHORT] = "what the separator gives ends before this file does",
    [SIDES_LOST] = "given in mono, and what no stem explains here rises with it: it may stand "
                   "wide; export it in stereo",
};

/* What is so far under a file is not heard in it; what plays alone is all of a file within this. */
static const double never_heard_lu = -40, whole_lu = 0.1;
static const double least_agreement = 0.7, sure_lu = 0.5;
static const double muted_db = -60; /* its gain: nobody exports stems so hot */
static const double least_active_s = 1;
static const double strangers_leave = 0.97; /* of the power of the file */
static const double leaks_alone = 0.03; /* -15 dB: outputs that hold all of a file between them */

/* In words that hold for where the stems are from. */
static const char *said(const struct hs_stem_work *w, enum doubt why)
{
    const bool output = w->order->origin == HS_STEM_SEPARATED && of_outputs[why];
    return output ? of_outputs[why] : words[why];
}

bool hs_stem_is_silent(const struct hs_file *stem)
{
    double lufs, duration_s;
    return hs_values_read(&stem->values, "duration_s", &duration_s) &&
           !(hs_values_read(&stem->values, "integrated_lufs", &lufs) && isfinite(lufs));
}

bool hs_stems_all_silent(const struct hs_stems_order *o)
{
    for (size_t i = 0; i < o->n_stems; i++)
        if (!hs_stem_is_silent(o->stems[i].file))
            return false;
    return true;
}

/* Whether it holds samples that are none. */
static bool has_no_numbers(const struct hs_file *stem)
{
    return hs_values_or_nan(&stem->values, "invalid_samples") > 0;
}

/* Whether all stems of a key are silent. */
static bool is_silent_key(const struct hs_stems_order *o, int key)
{
    for (size_t i = 0; i < o->n_stems; i++)
        if (o->stems[i].key == key && !hs_stem_is_silent(o->stems[i].file))
            return false;
    return true;
}

/* Why a key is not judged: it is silent, the whole song, a group, or `otherwise`. */
const char *hs_stem_why_of(const struct hs_stem_work *w, int key, const char *otherwise)
{
    const struct hs_stems_order *o = w->order;
    for (size_t i = 0; i < o->n_stems && key != HS_NO_STEM_KEY; i++)
        if (o->stems[i].key == key && (w->is_mixdown[i] || w->is_group[i]))
            return said(w, w->is_mixdown[i] ? MIXDOWN : GROUP);
    if (key == HS_NO_STEM_KEY || !is_silent_key(o, key))
        return otherwise;
    for (size_t i = 0; i < o->n_stems; i++)
        if (o->stems[i].key == key && has_no_numbers(o->stems[i].file))
            return words[NO_NUMBERS];
    return said(w, NOTHING_IN_IT);
}

static bool holds(const struct hs_stem_set *set, size_t stem)
{
    for (size_t i = 0; i < set->n; i++)
        if (set->stem[i] == stem)
            return true;
    return false;
}

/* Whether a stem of the set has a sample rate too low for its highs. */
static bool is_cut_off(const struct hs_stem_work *w, const struct hs_stem_set *set)
{
    for (size_t i = 0; i < set->n; i++)
        if (w->fit.n_bands[set->stem[i]] < HS_STEM_BANDS)
            return true;
    return false;
}

/* Whether what may be left of their sides is more than the rest of a bound. */
static bool may_be_wide(const struct hs_stem_work *w, size_t file, const struct hs_stem_set *set,
                        double bound_lu)
{
    const double much = 0.2;
    double share = 0;
    for (size_t i = 0; i < set->n; i++)
        share += w->following[file].sides[set->stem[i]] / (double)set->n;
    return share > much && 2 * hs_db_from_power(1 + share) > bound_lu;
}

/* Whether no stem that is not of the set sounds. */
static bool plays_alone(const struct hs_stem_work *w, const struct hs_stem_set *set)
{
    for (size_t i = 0; i < w->n_fitted; i++)
        if (!holds(set, i) && isfinite(hs_stem_given_loudness(&w->fit, i)))
            return false;
    return true;
}

/* Whether the file sounds on for a tenth of its length after all stems have ended. */
static bool end_early(const struct hs_stem_fitting *f, size_t file)
{
    size_t ended = 0, sounds = 0;
    for (size_t u = 0; u < f->n_units; u++) {
        for (size_t i = 0; i < f->n_stems; i++)
            if (f->given[u * f->n_stems + i] > 0)
                ended = u;
        if (f->side[file].unit_power[u] > 0)
            sounds = u;
    }
    return 10 * ended < 9 * sounds;
}

/* Whether the stems do not lie in a third of the file. */
static bool misses_much(const struct hs_stem_work *w, size_t file)
{
    size_t lost = 0;
    for (size_t i = 0; i < w->fit.n_windows; i++)
        lost += w->fit.side[file].lost[i];
    return 3 * lost > w->fit.n_windows;
}

static bool explain_nothing(const struct hs_stem_work *w, size_t file)
{
    return w->order->origin == HS_STEM_GIVEN && w->fit.side[file].residual > strangers_leave;
}

/* Why the level of an instrument that was fitted is not judged; NULL: it is. Tells which one it is
 * like. */
const char *hs_stem_doubt(const struct hs_stem_work *w, size_t file, const struct hs_stem_set *set,
                          struct hs_instrument *in)
{
    for (size_t i = 0; i < set->n; i++) {
        bool alike;
        size_t twin = hs_stem_twin(&w->fit, file, set->stem[i], &alike);
        const bool other_side = twin != SIZE_MAX && w->late_s[w->fitted[twin]] != 0;
        if (twin == SIZE_MAX || ((alike || other_side) && holds(set, twin)))
            continue;
        in->like = alike ? w->order->stems[w->fitted[twin]].key : HS_NO_STEM_KEY;
        return said(w, alike ? ALL_BUT_THE_SAME : AS_OTHERS_TOGETHER);
    }
    const double level = in->number[HS_INSTRUMENT_LEVEL_LU];
    if (!isfinite(level))
        return "silent";
    if (w->order->origin == HS_STEM_SEPARATED && end_early(&w->fit, file))
        return words[OUTPUT_SHORT];
    if (misses_much(w, file))
        return said(w, explain_nothing(w, file) ? OF_ANOTHER_SONG : LIES_PARTLY);
    if (in->number[HS_INSTRUMENT_GAIN_DB] < muted_db)
        return said(w, MUTED);
    if (in->number[HS_INSTRUMENT_ACTIVE_S] < least_active_s)
        return said(w, TOO_SHORT);
    if (fabs(level) < whole_lu && plays_alone(w, set))
        return words[THE_WHOLE];
    if (in->number[HS_INSTRUMENT_BOUND_LU] > sure_lu &&
        hs_stem_agreement(&w->fit, file, set) < least_agreement)
        return said(w, BY_CHANCE);
    if (in->number[HS_INSTRUMENT_BOUND_LU] <= hs_instrument_inferred_lu)
        return level < never_heard_lu ? said(w, HELD_ELSEWHERE) : NULL;
    if (may_be_wide(w, file, set, in->number[HS_INSTRUMENT_BOUND_LU]))
        return said(w, SIDES_LOST);
    if (is_cut_off(w, set))
        return said(w, CUT_OFF);
    /* outputs are of this very file: no other take, none missing */
    if (w->order->origin == HS_STEM_SEPARATED) {
        in->alike = w->fit.side[file].residual < leaks_alone;
        return words[OUTPUTS_LACK];
    }
    in->drowned = hs_stem_lacks_some(&w->fit, file);
    return in->drowned ? words[COVERED] : words[DROWNED];
}

void hs_stem_doubt_master(const struct hs_instrument *mix, struct hs_instrument *master, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (mix[i].why && mix[i].number[HS_INSTRUMENT_ACTIVE_S] < least_active_s && !master[i].why)
            master[i].why = mix[i].why;
}
