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
 * 4. Held against the built-in distribution: references say nothing about a release. Where the
 *    other tracks of this release differ by more (or, for a step, where its other steps are
 * larger), their spread counts: in a soundtrack of loud and quiet pieces a jump is ordinary. A jump
 * of level is mended by 6 dB at most.
 */
#include "judge/reading.h"

#include "core/num_text.h"
#include "judge/beside.h"
#include "judge/correct.h"

#include <math.h>

enum { ENOUGH_NEIGHBOURS = 3 };

/* How the masters of the releases lie, by a measure; of the audit while it is judged, else made
 * here of this release. */
static const struct hs_beside_course *course_of(const struct hs_case *c,
                                                enum hs_beside_measure measure)
{
    const struct hs_beside *all =
        c->audit->beside ? c->audit->beside : hs_beside_new(c->audit, c->release, c->arena);
    return &all->course[c->updated][measure];
}

/* A distance, and how far others of the release lie apart, in the same unit. */
struct jump {
    double distance, spread;
};

/* The spread usual inside a release, or where this one is wider the blend of both by logarithm, as
 * with references. From the mean distance of n others, which one other jump hardly moves; the track
 * that is judged is not among them. */
static double spread_among(const struct hs_rule *rule, double distance, size_t n)
{
    const double of_mean_distance = sqrt(M_PI / 2), usual = hs_rule_builtin(rule)->spread;
    double weight = (double)n / (double)(n + 2), own = n ? of_mean_distance * distance : 0;
    return own > usual ? usual * pow(own / usual, weight) : usual;
}

/* The track's distance from the median of the others, and their spread; false and a reason where
 * that cannot be had. */
static bool against_release(const struct hs_rule *rule, const struct hs_case *c,
                            enum hs_beside_measure measure, struct jump *jump,
                            struct hs_reading *out)
{
    if (!c->release || !c->audit || !c->audit->tracks || !c->result) {
        hs_reading_refuse(out, "not part of a release");
        return false;
    }
    double own = hs_beside_read(measure, c->values);
    struct hs_beside_others others =
        hs_beside_values(course_of(c, measure), c->audit, (size_t)(c->result - c->audit->tracks));
    if (others.n < ENOUGH_NEIGHBOURS || isnan(own)) {
        hs_reading_refuse(out, isnan(own) ? "nothing to compare with its release"
                                          : "fewer than four tracks of the release");
        return false;
    }
    /* one that did not help to make the median lies that much further from it */
    double from_outside = sqrt(1 + M_PI / 2 / (double)others.n);
    *jump = (struct jump){own - others.middle,
                          spread_among(rule, from_outside * others.distance, others.n)};
    return true;
}

/* The jump to the track before or after this one on its disc, whichever is larger, where this is
 * the one of the two that is further from the middle; 0 without. Beside it the spread of
 * the release's other steps. All over the root of two: two tracks differ by that much more than one
 * of them from the middle of all. */
static struct jump against_neighbours(const struct hs_rule *rule, const struct hs_case *c,
                                      enum hs_beside_measure measure, double distance)
{
    const size_t at = (size_t)(c->result - c->audit->tracks);
    const size_t first = c->release->first_track, end = first + c->release->n_tracks;
    const struct hs_beside_course *course = course_of(c, measure);
    const struct hs_track_result *t = c->audit->tracks;
    const double more_than_one = sqrt(2), own = hs_beside_read(measure, c->values);
    double most = 0;
    for (size_t i = at > first ? at - 1 : at + 1; i < end && i <= at + 1; i += 2) {
        double jump = own - course->value[i];
        bool mine = fabs(distance) >= fabs(distance - jump);
        if (t[i].track->disc == t[at].track->disc && mine && fabs(jump) > fabs(most))
            most = jump;
    }
    struct hs_beside_others steps = hs_beside_steps(course, c->audit, at);
    return (struct jump){most / more_than_one,
                         spread_among(rule, steps.distance / more_than_one, steps.n)};
}

/* What it is held against, in its own unit. */
static void held_against(const struct hs_rule *rule, const struct jump *jump,
                         struct hs_reading *out)
{
    hs_reading_value(out, jump->distance);
    if (jump->spread > hs_rule_builtin(rule)->spread)
        out->spread = jump->spread;
}

/* Against the others of the release, or from one track to the next, whichever is more unusual. */
static void read_level_jump(const struct hs_rule *rule, const struct hs_case *c,
                            struct hs_reading *out)
{
    struct jump from_all, step;
    if (!against_release(rule, c, HS_BESIDE_LOUDNESS, &from_all, out))
        return;
    step = against_neighbours(rule, c, HS_BESIDE_LOUDNESS, from_all.distance);
    /* a limit of the job counts steps: the larger jump is not hidden behind the more unusual one */
    const double told_from = 1.28; /* spreads, where a note begins */
    double z = fabs(from_all.distance) / from_all.spread;
    bool by_step = fabs(step.distance) / step.spread > z &&
                   (fabs(step.distance) >= fabs(from_all.distance) || z < told_from);
    held_against(rule, by_step ? &step : &from_all, out);
    out->at_most = HS_MODERATE; /* a quiet song may be meant */
    out->direction = from_all.distance > 0 ? "louder" : "quieter";
    if (by_step) {
        char text[HS_NUM_TEXT];
        hs_num_fixed(text, fabs(step.distance) * sqrt(2), 1);
        out->evidence = hs_arena_printf(c->arena,
                                        "%s LU %s than the track beside it; counted as one track "
                                        "against the middle of its release, %.1f LU.",
                                        text, out->direction, fabs(step.distance));
    }
}

static void read_tone_jump(const struct hs_rule *rule, const struct hs_case *c,
                           struct hs_reading *out)
{
    struct jump jump;
    if (!against_release(rule, c, HS_BESIDE_TONE, &jump, out))
        return;
    held_against(rule, &jump, out);
    out->direction = jump.distance > 0 ? "brighter" : "darker";
}

/* At most 6 dB, in tenths. */
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
    {ALBUM("level_jump", "level out of line with its release",
           "level jump,level out of line,louder than the rest,louder than other,quieter than "
           "other,quieter "
           "than the rest,album level"),
     .listen = "a song that makes you reach for the volume when it follows the one before it.",
     .unit = "LU", .jnd = 1, .repeatability = 0.05, .fix = {.move = &hs_move_gain},
     .base = {19, 162},
     .measured = "Integrated loudness against the median of the other tracks of the release, or "
                 "the jump to the track before or after over the root of two, where that is "
                 "more. Needs four tracks. At most moderate: a quiet song may be meant.",
     .limit_from = "Distance from the built-in distribution: how far tracks of one real "
                   "release stand from its median; in a release whose other tracks differ by "
                   "more, how far they do. The loudest tracks of an album are "
                   "typically 2 LU above its mean; the step is 1 dB.",
     .source = "AES TD1008 (2021); docs/distributions.md", .needs = {"integrated_lufs"},
     .read = read_level_jump, .correct = correct_level_jump, .explained_by = by_level},
    {ALBUM("tone_jump", "tone out of line with its release",
           "tone jump,tone out of line,brighter than other,duller than other,brighter than the "
           "rest,duller "
           "than the rest,sound different"),
     .listen = "a sound that gets darker or brighter when it follows the song before it.",
     .unit = "dB", .jnd = 2, .repeatability = 0.2,
     .fix = {&hs_move_tilt, HS_CHANNEL_BOTH, 1000, NAN, 1, 3}, .base = {0, 162},
     .measured = "Slope of the third-octave spectrum from 100 Hz to 10 kHz, as the difference "
                 "it makes from end to end, against the median of the other tracks of the "
                 "release. Needs four tracks.",
     .limit_from = "Distance from the built-in distribution: how far tracks of one real "
                   "release stand from their neighbours; in a release whose other tracks "
                   "differ by more, how far they do.",
     .source = "docs/distributions.md; a slope of 0.3 dB an octave is just audible, Moore & "
               "Tan, JASA 114 (2003)",
     .needs = {"bands_db"}, .read = read_tone_jump, .explained_by = by_tone},
};

const struct hs_rule_table hs_rules_album = {rules, sizeof rules / sizeof *rules};
