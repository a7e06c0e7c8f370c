/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What else changed from the old file to the new one:
 * 1. By rule, except rules that are planned or of the dimension of a planned one: a step towards
 *    the fault (at least twice the repeatability), or a defect that rose by a severity to `minor`
 *    or more. What follows from the equalisation between both files is left to the tone: width and
 *    balance of what was lifted, noise and hum, and peaks that no limiter held down.
 * 2. By the pair: start, speed, edits, polarity, swapped channels.
 * 3. Tone, album and the file as a whole have sources of their own (side_effects_tone.c, _album.c,
 *    _file.c).
 */
#include "catalogue/side_effects.h"

#include "catalogue/side_effects_album.h"
#include "catalogue/side_effects_curve.h"
#include "catalogue/side_effects_file.h"
#include "catalogue/side_effects_tone.h"
#include "catalogue/verify_files.h"
#include "judge/rule.h"
#include "judge/scale.h"

#include <math.h>

enum { SIDE_EFFECTS_MOST = 24 };
#define LEVEL_STEP_LU 1.0 /* of a master; a mix may have any level */
#define START_STEP_S 0.05
#define SPEED_STEP_PPM                                                                             \
    300.0 /* half a cent; slower tape is a transfer, not a remark                                  \
           */

static void add(struct hs_verification *v, struct hs_side_effect s)
{
    if (v->n_side_effects < SIDE_EFFECTS_MOST)
        v->side_effects[v->n_side_effects++] = s;
}

static bool is_planned(const struct hs_verification *v, const struct hs_rule *rule)
{
    for (size_t i = 0; i < v->n_corrections; i++) {
        const struct hs_rule *planned = hs_rule_find(v->corrections[i].rule);
        if (planned == rule ||
            (planned && !hs_dimension_compare(planned->dimension, rule->dimension)))
            return true; /* moves of one kind drag their neighbours along */
    }
    return false;
}

/* What the files by themselves tell; tone comes from the comparison. */
static bool is_looked_at(const struct hs_rule *rule)
{
    return rule->dimension->stays && rule->tier != HS_INDICATION;
}

/* A defect that is more severe than before, and `minor` at least. */
static bool has_grown(const double *thresholds, double before, double after)
{
    return thresholds && hs_scale_severity_on(thresholds, after) >= HS_MINOR &&
           hs_scale_severity_on(thresholds, after) > hs_scale_severity_on(thresholds, before);
}

/* What of a change follows from the equalisation: as far as both go the same way. */
static double follows_from_tone(const struct hs_rule *rule, const struct hs_verification *v,
                                double change)
{
    double told =
        hs_side_effects_of_curve(rule, &hs_verify_old(v->track, v->kind)->values, &v->pair.values);
    return told * change > 0 ? copysign(fmin(fabs(told), fabs(change)), change) : 0;
}

/* Peaks and crest fall with a treble that is taken back. They were limited or compressed as far as
 * the gain moves between both files, and not where the mix has as little of them. */
static double held_down(const struct hs_rule *rule, const struct hs_audit *audit,
                        struct hs_arena *arena, const struct hs_verification *v, double after,
                        double towards)
{
    double reduced_db = hs_values_or_nan(&v->pair.values, "gain_reduction_db.p95");
    struct hs_reading mix = {.judged = false};
    if (!rule->moves.change_is_harm)
        return towards;
    if (v->track->mix.state == HS_FILE_OK)
        mix = hs_verify_read(rule, audit, v->track, &v->track->mix, HS_UPDATE_MIX, arena);
    if (mix.judged && v->kind == HS_UPDATE_MASTER)
        towards = fmin(towards, rule->side * (after - mix.value));
    return fmin(towards, isfinite(reduced_db) ? fmax(reduced_db, 0) : INFINITY);
}

/* One rule on both files: a step or more towards the fault, or a defect that rose by a severity. */
static void side_effect_by_rule(const struct hs_rule *rule, const struct hs_audit *audit,
                                struct hs_arena *arena, struct hs_verification *v)
{
    if (!is_looked_at(rule) || is_planned(v, rule))
        return;
    struct hs_reading before =
        hs_verify_read(rule, audit, v->track, hs_verify_old(v->track, v->kind), v->kind, arena);
    struct hs_reading after =
        hs_verify_read(rule, audit, v->track, &v->track->update, v->kind, arena);
    if (!before.judged || !after.judged)
        return;
    double change = after.value - before.value, follows = follows_from_tone(rule, v, change);
    double towards = rule->side ? rule->side * (change - follows) : fabs(change - follows);
    double step = fmax(rule->jnd, 2 * rule->repeatability);
    towards = held_down(rule, audit, arena, v, after.value, towards);
    if (has_grown(rule->thresholds, before.value + follows, after.value) ||
        (!rule->thresholds && towards >= step))
        add(v, (struct hs_side_effect){
                   .what = rule->id,
                   .unit = rule->unit,
                   .change = change,
                   .step = step,
                   .words = hs_arena_printf(arena, "%.2f %s before, %.2f %s now", before.value,
                                            rule->unit, after.value, rule->unit)});
}

/* Start, speed and cut of the update against the old file. */
static void side_effect_by_time(const struct hs_values *pair, struct hs_arena *arena,
                                struct hs_verification *v)
{
    double delay = hs_values_or_nan(pair, "delay_s");
    double drift = hs_values_or_nan(pair, "drift_ppm");
    if (fabs(delay) >= START_STEP_S)
        add(v, (struct hs_side_effect){.what = "start",
                                       .unit = "s",
                                       .change = delay,
                                       .step = START_STEP_S,
                                       .words =
                                           hs_arena_printf(arena, "begins %.2f s %s", fabs(delay),
                                                           delay > 0 ? "further in" : "earlier")});
    if (fabs(drift) >= SPEED_STEP_PPM)
        add(v, (struct hs_side_effect){.what = "speed",
                                       .unit = "ppm",
                                       .change = drift,
                                       .step = SPEED_STEP_PPM,
                                       .words =
                                           hs_arena_printf(arena, "plays %.0f ppm %s", fabs(drift),
                                                           drift > 0 ? "faster" : "slower")});
    if (v->pair.state == HS_PAIR_EDITED)
        add(v, (struct hs_side_effect){.what = "edit",
                                       .unit = "",
                                       .change = NAN,
                                       .step = NAN,
                                       .words = "it is cut differently from the old file"});
}

/* Polarity and sides of the update against the old file. */
static void side_effect_by_channel(const struct hs_values *pair, struct hs_verification *v)
{
    double polarity = hs_values_or_nan(pair, "polarity");
    double swapped = hs_values_or_nan(pair, "swapped");
    if (polarity < 0)
        add(v, (struct hs_side_effect){.what = "polarity",
                                       .unit = "",
                                       .change = NAN,
                                       .step = NAN,
                                       .words = "the polarity is reversed"});
    if (swapped == 1)
        add(v, (struct hs_side_effect){.what = "channels",
                                       .unit = "",
                                       .change = NAN,
                                       .step = NAN,
                                       .words = "left and right have changed places"});
}

/* Players and services even levels out, so another loudness is remarked, but no fault. */
static void remark_level(struct hs_arena *arena, struct hs_verification *v)
{
    double before = hs_values_or_nan(&v->track->master.values, "integrated_lufs");
    double after = hs_values_or_nan(&v->track->update.values, "integrated_lufs");
    if (v->kind != HS_UPDATE_MASTER || !(fabs(after - before) >= LEVEL_STEP_LU))
        return;
    add(v, (struct hs_side_effect){
               .what = "level",
               .unit = "LU",
               .change = after - before,
               .step = LEVEL_STEP_LU,
               .remark = true,
               .words = hs_arena_printf(arena, "%.1f LUFS before, %.1f LUFS now", before, after)});
}

/* Tone, rules, time, channels and neighbours, without what the plan asked for. */
void hs_side_effects_find(const struct hs_audit *audit, struct hs_arena *arena,
                          struct hs_verification *out)
{
    out->side_effects = HS_ARENA_ARRAY(arena, struct hs_side_effect, SIDE_EFFECTS_MOST);
    out->n_side_effects = 0;
    hs_side_effects_tone(arena, out, SIDE_EFFECTS_MOST);
    for (size_t i = 0; i < hs_rule_count(); i++)
        side_effect_by_rule(hs_rule_at(i), audit, arena, out);
    side_effect_by_time(&out->pair.values, arena, out);
    side_effect_by_channel(&out->pair.values, out);
    hs_side_effects_file(arena, SIDE_EFFECTS_MOST, out);
    hs_side_effects_album(audit, arena, SIDE_EFFECTS_MOST, out);
    remark_level(arena, out);
}
