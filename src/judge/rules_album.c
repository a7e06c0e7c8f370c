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
 * 3. In verifying, the others are as their own updates are, where they have some. A step stays that
 *    of the track that it counted for, and a jump is read as what it was found to be, a step or a
 *    distance from the middle, unless the other one is a fault by then.
 * 4. Held against the built-in distribution: references say nothing about a release. Where the
 *    other tracks of this release differ by more (or, for a step, where its other steps are
 * larger), their spread counts: in a soundtrack of loud and quiet pieces a jump is ordinary.
 * 5. A jump of level is mended by the gain of the whole track, as far as its peaks allow.
 */
#include "judge/reading.h"

#include "core/num_text.h"
#include "judge/beside.h"
#include "judge/correct.h"
#include "judge/scale.h"

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

/* What a track is held against: the other tracks of its release, those beside it on its disc, and
 * how far others, and steps between others, lie apart. */
struct beside {
    double own, middle, spread, step_spread;
    double neighbour[2];
    bool mine[2]; /* the step to it counts for this track */
    size_t n_neighbours;
};

/* False and a reason where that cannot be had. */
static bool look_beside(const struct hs_rule *rule, const struct hs_case *c,
                        enum hs_beside_measure measure, struct beside *out,
                        struct hs_reading *reading)
{
    if (!c->release || !c->audit || !c->audit->tracks || !c->result) {
        hs_reading_refuse(reading, "not part of a release");
        return false;
    }
    const struct hs_track_result *t = c->audit->tracks;
    const size_t at = (size_t)(c->result - t), first = c->release->first_track,
                 end = first + c->release->n_tracks;
    const struct hs_beside_course *course = course_of(c, measure);
    struct hs_beside_others others = hs_beside_values(course, c->audit, at);
    struct hs_beside_others steps = hs_beside_steps(course, c->audit, at);
    *out = (struct beside){.own = hs_beside_read(measure, c->values), .middle = others.middle};
    if (others.n < ENOUGH_NEIGHBOURS || isnan(out->own)) {
        hs_reading_refuse(reading, isnan(out->own) ? "nothing to compare with its release"
                                                   : "fewer than four tracks of the release");
        return false;
    }
    for (size_t i = at > first ? at - 1 : at + 1; i < end && i <= at + 1; i += 2)
        if (t[i].track->disc == t[at].track->disc && isfinite(course->value[i])) {
            out->mine[out->n_neighbours] =
                fabs(out->own - out->middle) >= fabs(course->value[i] - out->middle);
            out->neighbour[out->n_neighbours++] = course->value[i];
        }
    /* one that did not help to make the median lies that much further from it */
    double from_outside = sqrt(1 + M_PI / 2 / (double)others.n);
    out->spread = spread_among(rule, from_outside * others.distance, others.n);
    out->step_spread = spread_among(rule, steps.distance / sqrt(2), steps.n);
    return true;
}

/* The track's distance from the median of the others. */
static struct jump from_others(const struct beside *b)
{
    return (struct jump){b->own - b->middle, b->spread};
}

/* The jump to the track before or after this one on its disc, whichever is larger, where this is
 * the one of the two that is further from the middle; 0 without. Beside it the spread of the
 * release's other steps. All over the root of two: two tracks differ by that much more than one of
 * them from the middle of all. */
static struct jump from_neighbours(const struct beside *b)
{
    double most = 0;
    for (size_t i = 0; i < b->n_neighbours; i++) {
        double jump = b->own - b->neighbour[i];
        if (b->mine[i] && fabs(jump) > fabs(most))
            most = jump;
    }
    return (struct jump){most / sqrt(2), b->step_spread};
}

/* From the others of the release, or from one track to the next, whichever is more unusual. */
static struct jump level_jump(const struct beside *b, bool *by_step)
{
    /* a limit of the job counts steps: the larger jump is not hidden behind the more unusual one */
    const double told_from = 1.28; /* spreads, where a note begins */
    struct jump all = from_others(b), step = from_neighbours(b);
    double z = fabs(all.distance) / all.spread;
    *by_step = fabs(step.distance) / step.spread > z &&
               (fabs(step.distance) >= fabs(all.distance) || z < told_from);
    return *by_step ? step : all;
}

/* The same kind of jump as was found, unless the other kind is a fault by now, and more unusual. */
static struct jump same_jump(const struct beside *b, bool by_step)
{
    struct jump all = from_others(b), step = from_neighbours(b);
    struct jump same = by_step ? step : all, other = by_step ? all : step;
    const double z = fabs(other.distance) / other.spread;
    const bool other_is_a_fault =
        z >= hs_severity_z(HS_MINOR) && z > fabs(same.distance) / same.spread;
    return other_is_a_fault ? other : same;
}

/* The master that was judged, while its update is read: whether it was a step, and whose each step
 * is. False where nothing was judged. */
static bool look_before(const struct hs_rule *rule, const struct hs_case *c, struct beside *b,
                        bool *by_step)
{
    struct hs_reading unused = {0};
    struct hs_case before = *c;
    struct beside was;
    before.updated = false;
    before.values = &c->result->master.values;
    if (!c->updated || !look_beside(rule, &before, HS_BESIDE_LOUDNESS, &was, &unused) ||
        was.n_neighbours != b->n_neighbours)
        return false;
    level_jump(&was, by_step);
    for (size_t i = 0; i < b->n_neighbours; i++)
        b->mine[i] = was.mine[i];
    return true;
}

/* What it is held against, in its own unit. */
static void held_against(const struct hs_rule *rule, const struct jump *jump,
                         struct hs_reading *out)
{
    hs_reading_value(out, jump->distance);
    if (jump->spread > hs_rule_builtin(rule)->spread)
        out->spread = jump->spread;
}

static void read_level_jump(const struct hs_rule *rule, const struct hs_case *c,
                            struct hs_reading *out)
{
    struct beside b;
    bool by_step;
    if (!look_beside(rule, c, HS_BESIDE_LOUDNESS, &b, out))
        return;
    struct jump jump =
        look_before(rule, c, &b, &by_step) ? same_jump(&b, by_step) : level_jump(&b, &by_step);
    held_against(rule, &jump, out);
    out->direction = b.own > b.middle ? "louder" : "quieter";
    if (by_step) {
        char text[HS_NUM_TEXT];
        hs_num_fixed(text, fabs(jump.distance) * sqrt(2), 1);
        out->evidence = hs_arena_printf(c->arena,
                                        "%s LU %s than the track beside it; counted as one track "
                                        "against the middle of its release, %.1f LU.",
                                        text, out->direction, fabs(jump.distance));
    }
}

static void read_tone_jump(const struct hs_rule *rule, const struct hs_case *c,
                           struct hs_reading *out)
{
    struct beside b;
    if (!look_beside(rule, c, HS_BESIDE_TONE, &b, out))
        return;
    struct jump jump = from_others(&b);
    held_against(rule, &jump, out);
    out->direction = jump.distance > 0 ? "brighter" : "darker";
}

/* Whether a track of this level lies in the expected range, a tenth of a step inside of where
 * `minor` begins. `limit`: the job's own in LU, 0 without. */
static bool sits_well(const struct hs_rule *rule, const struct beside *b, double limit)
{
    bool by_step;
    struct jump jump = level_jump(b, &by_step);
    double steps = limit > 0 ? limit : hs_severity_steps(HS_MINOR) * rule->jnd;
    double reach = fmax(steps, hs_severity_z(HS_MINOR) * jump.spread);
    return fabs(jump.distance) <= reach - rule->jnd / 10;
}

/* The gain that brings the track into the range, and the one that brings it to the middle of the
 * others, in tenths: a whole track may be turned up or down as far as its peaks allow. */
static void find_gain(const struct hs_rule *rule, const struct hs_finding *f, struct beside b,
                      double *enough_db, double *most_db)
{
    const double own = b.own, sign = own > b.middle ? -1 : 1;
    const int tenths = (int)(10 * fabs(own - b.middle) + 1e-6);
    bool by_step;
    struct jump now = level_jump(&b, &by_step);
    double reach = f->expected[1] - f->centre;
    double limit = reach > hs_severity_z(HS_MINOR) * now.spread + 1e-6 ? reach : 0;
    int k = 0;
    while (k < tenths && !sits_well(rule, &b, limit))
        b.own = own + sign * ++k / 10;
    *enough_db = sign * k / 10;
    *most_db = sign * tenths / 10;
}

/* What the rule reads of the track with so much gain: of the same kind as without. */
static double after_gain(struct beside b, double db)
{
    bool by_step;
    level_jump(&b, &by_step);
    b.own += db;
    return same_jump(&b, by_step).distance;
}

/* Up to 1 dB below full scale; a track that is louder already is not turned up. */
static double room_for_peaks(const struct hs_case *c)
{
    const double highest_dbtp = -1;
    double peak;
    if (!hs_values_read(c->values, "true_peak_dbtp", &peak))
        return INFINITY;
    return fmax(0, floor(10 * (highest_dbtp - peak) + 1e-6) / 10);
}

static void correct_level_jump(const struct hs_rule *rule, const struct hs_case *c,
                               const struct hs_finding *f, struct hs_correction *out)
{
    struct hs_reading unused = {0};
    struct beside b;
    double wanted_db, most_db, room_db = room_for_peaks(c);
    if (!look_beside(rule, c, HS_BESIDE_LOUDNESS, &b, &unused))
        return;
    find_gain(rule, f, b, &wanted_db, &most_db);
    if (wanted_db == 0)
        return;
    hs_correct_words(c, f, out, &hs_move_gain, NULL);
    out->where = HS_PLACE_MASTER;
    double db = fmin(wanted_db, room_db);
    if (db != 0) {
        out->db = db;
        out->db_most = fmin(most_db, room_db);
        out->after = after_gain(b, out->db);
        out->after_most = after_gain(b, out->db_most);
    }
    if (db == 0)
        out->words =
            hs_arena_printf(c->arena,
                            "In the master: its peaks leave no room for %+.1f dB: turn its "
                            "neighbours down, or master it anew.",
                            wanted_db);
    else if (db == wanted_db && fabs(out->after) > f->expected[1] - f->centre)
        out->words = hs_arena_printf(c->arena,
                                     "In the master: level %+.1f dB, to the middle of its release; "
                                     "the track beside it stands out as well.",
                                     db);
    else if (db == wanted_db)
        out->words = hs_arena_printf(
            c->arena, "In the master: level %+.1f dB, to sit with its neighbours.", db);
    else
        out->words = hs_arena_printf(c->arena,
                                     "In the master: level %+.1f dB, as far as its peaks allow, of "
                                     "%+.1f dB: turn its neighbours down, or master it anew.",
                                     db, wanted_db);
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
           "than the rest,album level,low,too low"),
     .listen = "a song that makes you reach for the volume when it follows the one before it.",
     .unit = "LU", .jnd = 1, .severe_spreads = 5.1, .repeatability = 0.05,
     .fix = {.move = &hs_move_gain}, .base = {19, 162},
     .measured = "Integrated loudness against the median of the other tracks of the release, or "
                 "the jump to the track before or after over the root of two, where that is "
                 "more. Needs four tracks. A quiet song may be meant: answer it with accept.",
     .limit_from = "Distance from the built-in distribution: how far tracks of one real "
                   "release stand from its median; in a release whose other tracks differ by "
                   "more, how far they do. Severe from 5.1 of these spreads on, beyond all of 277 "
                   "untouched tracks of 24 releases. The loudest tracks of an album are "
                   "typically 2 LU above its mean; the step is 1 dB.",
     .source = "AES TD1008 (2021); docs/distributions.md", .needs = {"integrated_lufs"},
     .read = read_level_jump, .correct = correct_level_jump, .explained_by = by_level,
     .intended_as = {NULL, "over_limited"}, .heard_sides = {"low,quieter", "louder"}},
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
     .needs = {"bands_db"}, .read = read_tone_jump, .explained_by = by_tone,
     .intended_as = {"dull", "bright"}, .heard_sides = {"duller", "brighter"}},
};

const struct hs_rule_table hs_rules_album = {rules, sizeof rules / sizeof *rules};
