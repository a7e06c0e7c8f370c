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

#include "catalogue/fader_moves.h"
#include "catalogue/side_effects_album.h"
#include "catalogue/side_effects_curve.h"
#include "catalogue/side_effects_faders.h"
#include "catalogue/side_effects_file.h"
#include "catalogue/side_effects_pair.h"
#include "catalogue/side_effects_tone.h"
#include "catalogue/verify_files.h"
#include "judge/rule.h"
#include "judge/scale.h"

#include <math.h>

enum { SIDE_EFFECTS_MOST = 24 };
#define LEVEL_STEP_LU 1.0 /* of a master; a mix may have any level */

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

/* On the thresholds that the reading names, else those of the rule. */
static enum hs_severity defect(const struct hs_rule *rule, const struct hs_reading *r,
                               double follows)
{
    const double *thresholds = r->thresholds ? r->thresholds : rule->thresholds;
    double value = r->value + follows;
    if (!r->judged || !thresholds)
        return HS_NO_FAULT;
    enum hs_severity found = hs_scale_severity_on(thresholds, rule->side ? value : fabs(value));
    return found < r->at_most ? found : r->at_most;
}

/* What of a change follows from the equalisation: as far as both go the same way. */
static double follows_from_tone(const struct hs_rule *rule, const struct hs_verification *v,
                                double change)
{
    double told = hs_side_effects_of_curve(rule, &hs_verify_old(v->track, v->kind)->values,
                                           &v->pair.values, v->faders);
    return told * change > 0 ? copysign(fmin(fabs(told), fabs(change)), change) : 0;
}

/* The mix on a rule, of a new master: what it was before mastering. Not judged where mastering had
 * cured it of this fault: then the mix is no excuse. */
static struct hs_reading before_mastering(const struct hs_rule *rule, const struct hs_audit *audit,
                                          struct hs_arena *arena, const struct hs_verification *v)
{
    struct hs_reading none = {.judged = false};
    if (v->kind != HS_UPDATE_MASTER || v->track->mix.state != HS_FILE_OK ||
        hs_verify_is_cured(v->track, rule->id))
        return none;
    return hs_verify_read(rule, audit, v->track, &v->track->mix, HS_UPDATE_MIX, arena);
}

/* Peaks and crest fall with a treble that is taken back: they were limited or compressed as far as
 * the gain moves between both files. */
static double held_down(const struct hs_rule *rule, const struct hs_verification *v, double towards)
{
    double reduced_db = hs_values_or_nan(&v->pair.values, "gain_reduction_db.p95");
    if (!rule->moves.change_is_harm || !isfinite(reduced_db))
        return towards;
    return fmin(towards, fmax(reduced_db, 0));
}

/* A change in the direction of the fault; either way for rules without one. */
static double towards_fault(const struct hs_rule *rule, double change)
{
    return rule->side ? rule->side * change : fabs(change);
}

static const char *words_of(struct hs_arena *arena, const struct hs_rule *rule,
                            const struct hs_reading *before, const struct hs_reading *after)
{
    const char *where = after->n_times
                            ? hs_arena_printf(arena, ", the first at %.1f to %.1f s",
                                              after->times[0].from_s, after->times[0].to_s)
                            : "";
    return hs_arena_printf(arena, "%.2f %s before, %.2f %s now%s", before->value, rule->unit,
                           after->value, rule->unit, where);
}

/* One rule on both files: a step or more towards the fault, or a defect that rose by a severity.
 * Of defects the new file is read as a master of the old one, so that what their comparison shows
 * counts as well (a channel that drops out). A new master that is where its mix is has taken a move
 * of mastering back. */
static void side_effect_by_rule(const struct hs_rule *rule, const struct hs_audit *audit,
                                struct hs_arena *arena, struct hs_verification *v)
{
    if (!is_looked_at(rule) || is_planned(v, rule))
        return;
    const struct hs_file *old = hs_verify_old(v->track, v->kind), *now = &v->track->update;
    struct hs_reading before = hs_verify_read(rule, audit, v->track, old, v->kind, arena);
    struct hs_reading after = rule->thresholds
                                  ? hs_verify_read_beside(rule, audit, v, arena)
                                  : hs_verify_read(rule, audit, v->track, now, v->kind, arena);
    if (!before.judged || !after.judged)
        return;
    struct hs_reading mix = before_mastering(rule, audit, arena, v);
    double change = after.value - before.value, follows = follows_from_tone(rule, v, change);
    double towards = held_down(rule, v, towards_fault(rule, change - follows));
    double step = fmax(rule->jnd, 2 * rule->repeatability);
    if (rule->moves.change_is_harm) /* a drum that is softer takes its peaks with it */
        step += hs_fader_moves_most(v->faders);
    if (mix.judged)
        towards = fmin(towards, towards_fault(rule, after.value - mix.value));
    enum hs_severity was = defect(rule, &before, follows), of_mix = defect(rule, &mix, 0);
    enum hs_severity is = defect(rule, &after, 0);
    bool has_grown = is >= HS_MINOR && is > was && is > of_mix;
    if (has_grown || (!rule->thresholds && towards >= step))
        add(v, (struct hs_side_effect){.what = rule->id,
                                       .unit = rule->unit,
                                       .change = change,
                                       .step = step,
                                       .words = words_of(arena, rule, &before, &after)});
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
    hs_side_effects_pair(audit, arena, SIDE_EFFECTS_MOST, out);
    hs_side_effects_faders(arena, SIDE_EFFECTS_MOST, out);
    hs_side_effects_tone(audit, arena, out, SIDE_EFFECTS_MOST);
    for (size_t i = 0; i < hs_rule_count(); i++)
        side_effect_by_rule(hs_rule_at(i), audit, arena, out);
    hs_side_effects_file(arena, SIDE_EFFECTS_MOST, out);
    hs_side_effects_album(audit, arena, SIDE_EFFECTS_MOST, out);
    remark_level(arena, out);
    hs_side_effects_of_channels(arena, out);
}
