/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Album: this track against the other tracks of its own release.
 *
 * 1. `level_jump`: integrated loudness less the median of the others, of four tracks at
 *    least. The step to the track before or after on the same disc counts as well, over the
 *    root of two, since two tracks differ by that much more than one from the middle; of
 *    the two tracks at a step it counts for the one further from the middle.
 * 2. `tone_jump`: the same for the slope of the third octaves from 100 Hz to 10 kHz,
 *    without the steps.
 * 3. In verifying, the others are as their own updates are, where they have some.
 * 4. Held against the built-in distribution alone: references say nothing about a release.
 *    A jump of level is mended by 6 dB at most.
 */
#include "judge/reading.h"

#include "core/alloc.h"
#include "core/num.h"
#include "core/num_text.h"
#include "judge/correct.h"
#include "model/measure.h"

#include <math.h>

enum { ENOUGH_NEIGHBOURS = 3, B100 = 7, B10000 = 27 };

/* What a track of the release measures, or NaN. */
typedef double (*measure_of)(const struct hs_values *v);

static double loudness_of(const struct hs_values *v)
{
    return hs_values_or_nan(v, "integrated_lufs");
}

/* Slope of the band levels from 100 Hz to 10 kHz, in dB over that span of 6.6 octaves:
 * one number for dark against bright that a single zone cannot carry. */
static double tone_of(const struct hs_values *v)
{
    const double *bands = hs_values_doubles(v, "bands_db", HS_BANDS);
    double sum_x = 0, sum_xy = 0, sum_xx = 0, n = B10000 - B100 + 1;
    if (!bands)
        return NAN;
    for (size_t i = B100; i <= B10000; i++)
        sum_x += (double)i;
    for (size_t i = B100; i <= B10000; i++) {
        double x = (double)i - sum_x / n;
        sum_xy += x * bands[i];
        sum_xx += x * x;
    }
    return sum_xy / sum_xx * (B10000 - B100);
}

/* The master of another track of the release; NULL where it has none. */
static const struct hs_values *other_master(const struct hs_case *c,
                                            const struct hs_track_result *t)
{
    bool renewed = c->updated && t->update.state == HS_FILE_OK &&
                   t->update_kind == HS_UPDATE_MASTER && t->track->update.path;
    if (renewed)
        return &t->update.values;
    return t->master.state == HS_FILE_OK ? &t->master.values : NULL;
}

/* The track's distance from the median of the others, and the neighbours it was held
 * against; false and a reason where that cannot be had. */
static bool against_release(const struct hs_case *c, measure_of measure, double *distance,
                            struct hs_reading *out)
{
    const struct hs_release *release = c->release;
    double own = measure(c->values), others[64];
    size_t n = 0;
    if (!release || !c->audit || !c->audit->tracks || !c->result) {
        hs_reading_refuse(out, "not part of a release");
        return false;
    }
    for (size_t i = 0; i < release->n_tracks && n < 64; i++) {
        const struct hs_track_result *t = &c->audit->tracks[release->first_track + i];
        const struct hs_values *other = other_master(c, t);
        double x = other ? measure(other) : NAN;
        if (t != c->result && !isnan(x))
            others[n++] = x;
    }
    if (n < ENOUGH_NEIGHBOURS || isnan(own)) {
        hs_reading_refuse(out, isnan(own) ? "nothing to compare with its release"
                                          : "fewer than four tracks of the release");
        return false;
    }
    *distance = own - hs_median(others, n);
    return true;
}

/* The jump to the track before or after this one on its disc, whichever is larger, where this is
 * the one of the two that is further from the middle, `distance`; 0 without. */
static double against_neighbours(const struct hs_case *c, measure_of measure, double distance)
{
    const size_t at = (size_t)(c->result - c->audit->tracks);
    const size_t first = c->release->first_track, end = first + c->release->n_tracks;
    const struct hs_track_result *t = c->audit->tracks;
    double most = 0;
    for (size_t i = at > first ? at - 1 : first; i <= at + 1 && i < end; i++) {
        const struct hs_values *other = i == at ? NULL : other_master(c, &t[i]);
        double jump = other ? measure(c->values) - measure(other) : NAN;
        bool same_disc = t[i].track->disc == c->result->track->disc;
        bool mine = fabs(distance) >= fabs(distance - jump);
        if (same_disc && mine && fabs(jump) > fabs(most))
            most = jump;
    }
    return most;
}

/* Against the others of the release, or from one track to the next: two tracks differ by the root
 * of two more than one of them from the middle of all. */
static void read_level_jump(const struct hs_rule *rule, const struct hs_case *c,
                            struct hs_reading *out)
{
    (void)rule;
    const double more_than_one = sqrt(2);
    double lu;
    if (!against_release(c, loudness_of, &lu, out))
        return;
    double next = against_neighbours(c, loudness_of, lu) / more_than_one;
    bool by_next = fabs(next) > fabs(lu);
    hs_reading_value(out, by_next ? next : lu);
    out->at_most = HS_MODERATE; /* a quiet song may be meant */
    out->direction = lu > 0 ? "louder" : "quieter";
    if (by_next) {
        char text[HS_NUM_TEXT];
        hs_num_fixed(text, fabs(next * more_than_one), 1);
        out->evidence = hs_arena_printf(c->arena,
                                        "%s LU %s than the track beside it; counted as one track "
                                        "against the middle of its release, %.1f LU.",
                                        text, out->direction, fabs(next));
    }
}

static void read_tone_jump(const struct hs_rule *rule, const struct hs_case *c,
                           struct hs_reading *out)
{
    (void)rule;
    double db;
    if (!against_release(c, tone_of, &db, out))
        return;
    hs_reading_value(out, db);
    out->direction = db > 0 ? "brighter" : "darker";
}

static void correct_level_jump(const struct hs_rule *rule, const struct hs_case *c,
                               const struct hs_finding *f, struct hs_correction *out)
{
    (void)rule;
    double db = round(10 * fmin(fmax(hs_correct_wanted(f), -6), 6)) / 10;
    if (db == 0)
        return;
    *out = (struct hs_correction){.where = HS_PLACE_MASTER,
                                  .move = &hs_move_gain,
                                  .channel = HS_CHANNEL_BOTH,
                                  .hz = NAN,
                                  .db = db,
                                  .q = NAN,
                                  .after = f->value + db};
    out->words =
        hs_arena_printf(c->arena, "In the master: level %+.1f dB, to sit with its neighbours.", db);
}

static const char *const by_tone[] = {"bright", "dull", "boomy", "thin", "sub_heavy", NULL};
static const char *const by_level[] = {"silent", NULL};

#define ALBUM(identity, name, words)                                                               \
    .id = identity, .dimension = &hs_dimension_album, .title = name, .heard_as = words, .side = 0, \
    .tier = HS_INFERRED, .min_duration_s = 30, .built_in_only = true, .level_exempt = true

static const struct hs_rule rules[] = {
    {ALBUM("level_jump", "level jumps against its release",
           "level jump,louder than the rest,louder than other,quieter than other,quieter "
           "than the rest,album level"),
     .listen = "whether you reach for the volume where one song follows the other, both as loud as "
               "they are.",
     .unit = "LU", .jnd = 1, .repeatability = 0.05, .fix = {.move = &hs_move_gain},
     .base = {19, 162},
     .measured = "Integrated loudness against the median of the other tracks of the release, or "
                 "the jump to the track before or after over the root of two, where that is "
                 "more. Needs four tracks. At most moderate: a quiet song may be meant.",
     .limit_from = "Distance from the built-in distribution: how far tracks of one real "
                   "release stand from its median. The loudest tracks of an album are "
                   "typically 2 LU above its mean; the step is 1 dB.",
     .source = "AES TD1008 (2021); docs/distributions.md", .needs = {"integrated_lufs"},
     .read = read_level_jump, .correct = correct_level_jump, .explained_by = by_level},
    {ALBUM("tone_jump", "tone jumps against its release",
           "tone jump,brighter than other,duller than other,brighter than the rest,duller "
           "than the rest,sound different"),
     .listen = "whether the sound gets darker or brighter where one song follows the other.",
     .unit = "dB", .jnd = 2, .repeatability = 0.2,
     .fix = {&hs_move_tilt, HS_CHANNEL_BOTH, 1000, NAN, 1, 3}, .base = {0, 162},
     .measured = "Slope of the third-octave spectrum from 100 Hz to 10 kHz, as the difference "
                 "it makes from end to end, against the median of the other tracks of the "
                 "release. Needs four tracks.",
     .limit_from = "Distance from the built-in distribution: how far tracks of one real "
                   "release stand from their neighbours.",
     .source = "docs/distributions.md; a slope of 0.3 dB an octave is just audible, Moore & "
               "Tan, JASA 114 (2003)",
     .needs = {"bands_db"}, .read = read_tone_jump, .explained_by = by_tone},
};

const struct hs_rule_table hs_rules_album = {rules, sizeof rules / sizeof *rules};
