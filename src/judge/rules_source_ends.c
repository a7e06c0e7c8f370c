/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Source: `truncated`, a start or an end that is cut off. With a mix: an abrupt end where the mix
 * has more music. Without one: only a wave that is cut through at the end and does not run on into
 * the file's start or the next track.
 */
#include "judge/correct.h"
#include "judge/reading.h"

#include <math.h>

/* How a file begins or ends: at full level and without a fade. Music that is meant to run
 * on (loops, segues) does that too, so without the mix it is a note at most. */
struct end {
    const char *level, *rise, *fade;
    const char *direction;
};
static const struct end ends[] = {
    {"start_level_db", "start_rise_db", "fade_in_s", "start"},
    {"end_level_db", "end_drop_db", "fade_out_s", "end"},
};

/* The same of a mix that was cut otherwise: by the piece that reaches this end, NaN where none
 * does.
 */
static double missing_of_edit(const struct hs_track_result *t, double length, double mix_ends_s,
                              double mix_begins_s, bool at_end)
{
    const double reaches_s = 1;
    if (!t->pair.n_segments)
        return NAN;
    const struct hs_segment *s = &t->pair.segments[at_end ? t->pair.n_segments - 1 : 0];
    if (!at_end)
        return s->master_s <= reaches_s ? s->mix_s - s->master_s - mix_begins_s : (double)NAN;
    double rest = length - (s->master_s + s->len_s);
    return rest <= reaches_s ? mix_ends_s - (s->mix_s + s->len_s + rest) : (double)NAN;
}

/* Seconds of music the mix has beyond this end of the master; NaN without a pair. */
static double missing_s(const struct hs_case *c, bool at_end)
{
    const struct hs_track_result *t = c->result;
    if (!t || c->role != HS_ROLE_MASTER || !hs_case_pair(c))
        return NAN;
    double delay = hs_values_or_nan(&t->pair.values, "delay_s");
    double drift = hs_values_or_nan(&t->pair.values, "drift_ppm");
    double length = hs_values_or_nan(c->values, "duration_s");
    double mix = hs_values_or_nan(&t->mix.values, "duration_s");
    double before = hs_values_or_nan(&t->mix.values, "leading_silence_s");
    double after = hs_values_or_nan(&t->mix.values, "trailing_silence_s");
    if (t->pair.state == HS_PAIR_EDITED)
        return missing_of_edit(t, length, mix - after, before, at_end);
    if (!at_end)
        return delay - before;
    return mix - after - (delay + length * (1 + 1e-6 * drift));
}

static bool abrupt(const struct hs_case *c, const struct end *e)
{
    const double loud_db = -12, no_slope_db = 4, no_fade_s = 0.25;
    double level, rise, fade;
    if (!hs_values_read(c->values, e->level, &level) || !hs_values_read(c->values, e->rise, &rise))
        return false;
    bool faded = hs_values_read(c->values, e->fade, &fade) && fade > no_fade_s;
    return level > loud_db && rise < no_slope_db && !faded;
}

/* Signs without a mix: a wave cut through at an end that does not run on from the other
 * one, nor into the next track of the release. */
static double alone(const struct hs_case *c, bool at_end)
{
    const double cut_through_db = -10;
    double step;
    if (!at_end || abrupt(c, &ends[0]))
        return 0;
    if (!hs_values_read(c->values, "end_step_db", &step) || step < cut_through_db)
        return 0;
    const struct hs_release *release = c->release;
    size_t own = c->result && c->audit ? (size_t)(c->result - c->audit->tracks) : 0;
    if (release && own + 1 < release->first_track + release->n_tracks) {
        struct hs_case next = *c;
        next.values = &c->audit->tracks[own + 1].master.values;
        if (next.values->n && abrupt(&next, &ends[0]))
            return 0;
    }
    return 1;
}

/* What both ends tell together: the most signs, and where. */
struct ends_cut {
    double signs, missing[2];
    bool told[2]; /* start, end: of the most signs */
    bool shown;   /* the mix goes on where the master is cut */
};

/* Of a mix of which more is left out the master may be an excerpt or an edit, cut on purpose. */
static const double most_lost_share = 0.1;

static bool is_excerpt(const struct hs_case *c)
{
    const double mix_s = hs_values_or_nan(&c->result->mix.values, "duration_s");
    return mix_s - hs_values_or_nan(c->values, "duration_s") > most_lost_share * mix_s;
}

/* Looks at both ends: cut in the middle of the sound, and by how much compared with the mix. */
static struct ends_cut look_at_ends(const struct hs_case *c)
{
    const double worth_missing_s[] = {1, 0.5}; /* heads are trimmed, endings are not */
    struct ends_cut cut = {.signs = 0};
    for (int end = 0; end < 2; end++) {
        const double missing = missing_s(c, end);
        const bool shown = missing > worth_missing_s[end];
        const double signs = !abrupt(c, &ends[end]) ? 0
                             : shown                ? 3
                             : isnan(missing)       ? alone(c, end)
                                                    : 0;
        cut.missing[end] = missing;
        if (signs > cut.signs)
            cut = (struct ends_cut){.signs = signs, .missing = {cut.missing[0], missing}};
        cut.told[end] = signs > 0 && signs >= cut.signs;
        cut.shown |= cut.told[end] && shown;
    }
    return cut;
}

static const char *words_of(const struct hs_case *c, const struct ends_cut *cut, int end)
{
    if (cut->told[0] && cut->told[1] && cut->shown)
        return hs_arena_printf(c->arena,
                               "Both ends are cut off: the mix has %.1f s more before and %.1f s "
                               "more after.",
                               cut->missing[0], cut->missing[1]);
    if (cut->shown)
        return hs_arena_printf(c->arena, "The %s is cut off: the mix has %.1f s more.",
                               ends[end].direction, cut->missing[end]);
    return hs_arena_printf(c->arena, "The %s comes at full level, without a fade.",
                           ends[end].direction);
}

/* Where the mix goes on, that the master does not is not in the mix; of an excerpt nobody can say
 * whether it was mastering. */
static void read_truncated(const struct hs_rule *rule, const struct hs_case *c,
                           struct hs_reading *out)
{
    (void)rule;
    double level;
    if (!hs_need(c, "end_level_db", &level, out) || !hs_need(c, "start_level_db", &level, out))
        return;
    const struct ends_cut cut = look_at_ends(c);
    const int end = cut.told[0] ? 0 : 1;
    hs_reading_value(out, cut.signs);
    out->proven = cut.shown && !is_excerpt(c);
    out->shown = cut.shown && !out->proven;
    if (!cut.told[end])
        return;
    out->direction = cut.told[0] && cut.told[1] ? "start and end" : ends[end].direction;
    out->evidence = words_of(c, &cut, end);
}

static const struct hs_rule rules[] = {
    {.id = "truncated",
     .dimension = &hs_dimension_source,
     .title = "cut off",
     .heard_as = "truncated,cut off,cut short,ending missing,start missing,abrupt end",
     .listen = "a start or an end that is cut off in the middle of a sound.",
     .unit = "signs",
     .side = +1,
     .jnd = 1,
     .tier = HS_INFERRED,
     .min_duration_s = 5,
     .repeatability = 0.1,
     .thresholds = (const double[]){0, 1, 2, 3, 5},
     .fix = {.move = &hs_move_another_copy},
     .base = {0, 164},
     .mending = HS_BY_COPY,
     .measured = "Whether the file begins or ends at full level without a fade, and the mix "
                 "has more music there (3 signs). Without a mix it is a note where the "
                 "last wave is cut through, and nothing where the beginning comes at full "
                 "level too (a loop) or the next track does (a segue).",
     .limit_from = "Fixed thresholds: 1 abrupt, 3 with the missing music shown by the mix.",
     .source = "definition",
     .needs = {"start_level_db", "end_level_db", "start_rise_db", "end_drop_db", "fade_in_s",
               "fade_out_s", "end_step_db", "trailing_silence_s"},
     .read = read_truncated,
     .correct = hs_correct_another_copy},
};

const struct hs_rule_table hs_rules_source_ends = {rules, sizeof rules / sizeof *rules};
