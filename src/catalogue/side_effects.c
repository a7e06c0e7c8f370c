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
#include "catalogue/side_effects_channels.h"
#include "catalogue/side_effects_curve.h"
#include "catalogue/side_effects_faders.h"
#include "catalogue/side_effects_file.h"
#include "catalogue/side_effects_moments.h"
#include "catalogue/side_effects_once.h"
#include "catalogue/side_effects_pair.h"
#include "catalogue/side_effects_tone.h"
#include "catalogue/verify_channel_tone.h"
#include "catalogue/verify_files.h"
#include "judge/pair_side.h"
#include "judge/reading.h"
#include "judge/rule.h"
#include "judge/scale.h"
#include "pair/late_parts.h"

#include <math.h>
#include <string.h>

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
        if (planned == rule && !strcmp(rule->id, "channel_tone") && hs_tone_is_elsewhere(v))
            continue; /* another filter than the one that is to be taken off */
        if (planned == rule || (planned && strcmp(rule->id, "channel_tone") != 0 &&
                                !hs_dimension_compare(planned->dimension, rule->dimension)))
            return true; /* moves of one kind drag along all but a channel's own filter */
    }
    return false;
}

/* Tone comes from the comparison, and a fold-down is told of the file as a whole. */
static bool is_looked_at(const struct hs_rule *rule)
{
    return rule->dimension->stays && strcmp(rule->id, "dual_mono") != 0;
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

/* Whether the plan goes back to before mastering: what was cut off is nowhere else. */
static bool goes_back(const struct hs_verification *v)
{
    return v->kind == HS_UPDATE_MASTER && hs_verify_is_planned(v, "clipped");
}

/* The mix on a rule, of a new master: what it was before mastering. Not judged where mastering had
 * cured it of this fault: then the mix is no excuse, unless the plan goes back to it. */
static struct hs_reading before_mastering(const struct hs_rule *rule, const struct hs_audit *audit,
                                          struct hs_arena *arena, const struct hs_verification *v)
{
    struct hs_reading none = {.judged = false};
    if (v->kind != HS_UPDATE_MASTER || v->track->mix.state != HS_FILE_OK ||
        (hs_verify_is_cured(v->track, rule->id) && !goes_back(v)))
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

/* A defect in its own sentence, where it has one. */
static const char *words_of(struct hs_arena *arena, const struct hs_rule *rule,
                            const struct hs_reading *before, const struct hs_reading *after)
{
    if (rule->thresholds && after->evidence)
        return after->evidence;
    return hs_arena_printf(arena, "%.2f%s%s before, %.2f%s%s now", before->value,
                           *rule->unit ? " " : "", rule->unit, after->value, *rule->unit ? " " : "",
                           rule->unit);
}

/* How far mastering moved it, and a new version does, as the rule itself reads a pair; NaN where it
 * has no way of its own. */
static double told(const struct hs_rule *rule, const struct hs_track_result *t,
                   struct hs_arena *arena)
{
    struct hs_case c = {.role = HS_ROLE_MASTER,
                        .values = &t->master.values,
                        .file = &t->master,
                        .result = t,
                        .arena = arena};
    return rule->moves.change && hs_case_pair(&c) ? rule->moves.change(rule, &c) : NAN;
}

/* What the comparison alone tells (reverberation, the gain of one channel), where it is more than
 * mastering usually moves, less what of it takes mastering back; else NaN. */
static double moved_by_pair(const struct hs_rule *rule, const struct hs_verification *v,
                            struct hs_arena *arena)
{
    const double fader_step_db = 1; /* a fader that moves is no device on the whole */
    struct hs_track_result both = hs_verify_both(v);
    if (hs_fader_moves_most(v->faders) >= fader_step_db)
        return NAN;
    double now = told(rule, &both, arena), made = told(rule, v->track, arena);
    if (!isfinite(now) || rule->moves.change_is_harm || !(rule->moves.spread > 0))
        return NAN;
    if (v->kind == HS_UPDATE_MASTER && now * made < 0 && !hs_verify_is_cured(v->track, rule->id))
        now += copysign(fmin(fabs(now), fabs(made)), made);
    double minor =
        fmax(hs_severity_steps(HS_MINOR) * rule->jnd, hs_severity_z(HS_MINOR) * rule->moves.spread);
    return towards_fault(rule, now) >= minor ? now : NAN;
}

/* Whether the new master reads as its mix does, and nearer to it than the old one: then a move that
 * the comparison with the old one tells is that of its mastering, taken back. */
static bool is_as_the_mix(const struct hs_rule *rule, const struct hs_audit *audit,
                          struct hs_arena *arena, const struct hs_verification *v,
                          const struct hs_reading *before, const struct hs_reading *after)
{
    const struct hs_reading mix = before_mastering(rule, audit, arena, v);
    if (!mix.judged || !after->judged)
        return false;
    const double off = fabs(after->value - mix.value);
    return off <= fmax(rule->jnd, 2 * rule->repeatability) &&
           (!before->judged || off < fabs(before->value - mix.value));
}

/* A fault of tone that mastering mended, or eased, is a step nearer to what it was in the mix. */
static void comes_back(const struct hs_rule *rule, const struct hs_audit *audit,
                       struct hs_arena *arena, struct hs_verification *v)
{
    if (v->kind != HS_UPDATE_MASTER || !hs_verify_is_cured(v->track, rule->id))
        return;
    struct hs_reading mix = hs_verify_read(rule, audit, v->track, &v->track->mix, v->kind, arena);
    struct hs_reading old =
        hs_verify_read(rule, audit, v->track, &v->track->master, v->kind, arena);
    struct hs_reading now =
        hs_verify_read(rule, audit, v->track, &v->track->update, v->kind, arena);
    double change = now.value - old.value;
    if (!mix.judged || !old.judged || !now.judged ||
        change * copysign(1, mix.value - old.value) < rule->jnd)
        return;
    add(v, (struct hs_side_effect){
               .what = rule->id,
               .unit = rule->unit,
               .change = change,
               .step = rule->jnd,
               .words = hs_arena_printf(arena,
                                        "%.2f %s before, %.2f %s now, %.2f %s in the mix: what "
                                        "mastering had mended is back",
                                        old.value, rule->unit, now.value, rule->unit, mix.value,
                                        rule->unit)});
}

/* A step or more towards the fault, or a defect that rose by a severity: whether it was added. A
 * new master that is where its mix is has taken a move of mastering back. */
static bool by_readings(const struct hs_rule *rule, const struct hs_audit *audit,
                        struct hs_arena *arena, const struct hs_reading *before,
                        const struct hs_reading *after, struct hs_verification *v)
{
    struct hs_reading mix = before_mastering(rule, audit, arena, v);
    double change = after->value - before->value, follows = follows_from_tone(rule, v, change);
    double towards = held_down(rule, v, towards_fault(rule, change - follows));
    double step = fmax(rule->jnd, 2 * rule->repeatability);
    if (rule->moves.change_is_harm) /* a drum that is softer takes its peaks with it */
        step += hs_fader_moves_most(v->faders);
    if (mix.judged)
        towards = fmin(towards, towards_fault(rule, after->value - mix.value));
    enum hs_severity was = defect(rule, before, follows), of_mix = defect(rule, &mix, 0);
    enum hs_severity is = defect(rule, after, 0);
    bool has_grown = is >= HS_MINOR && is > was && is > of_mix;
    if (!has_grown && (rule->thresholds || !(towards >= step)))
        return false;
    add(v, (struct hs_side_effect){.what = rule->id,
                                   .unit = rule->unit,
                                   .change = change,
                                   .step = step,
                                   .words = words_of(arena, rule, before, after)});
    return true;
}

/* An end or a start that is told already is no second time `truncated`, and a late channel is told
 * by the comparison wherever that knows. */
static bool is_told_by_pair(const struct hs_rule *rule, const struct hs_verification *v)
{
    struct hs_late_part late;
    if (!strcmp(rule->id, "channel_delay") && hs_late_parts(&v->pair.values, &late, 1))
        return true;
    for (size_t i = 0; i < v->n_side_effects && !strcmp(rule->id, "truncated"); i++)
        if (!strcmp(v->side_effects[i].what, "end") || !strcmp(v->side_effects[i].what, "start"))
            return true;
    return false;
}

/* One rule on both files. Of defects the new file is read as a master of the old one, so that what
 * their comparison shows counts as well (a channel that drops out). */
static void side_effect_by_rule(const struct hs_rule *rule, const struct hs_audit *audit,
                                struct hs_arena *arena, struct hs_verification *v)
{
    if (hs_rule_reads_bands(rule))
        comes_back(rule, audit, arena, v);
    if (!is_looked_at(rule) || is_planned(v, rule) || is_told_by_pair(rule, v))
        return;
    const struct hs_file *old = hs_verify_old(v->track, v->kind), *now = &v->track->update;
    struct hs_reading before = hs_verify_read(rule, audit, v->track, old, v->kind, arena);
    struct hs_reading after = rule->thresholds
                                  ? hs_verify_read_beside(rule, audit, v, arena)
                                  : hs_verify_read(rule, audit, v->track, now, v->kind, arena);
    double moved = rule->thresholds ? NAN : moved_by_pair(rule, v, arena);
    /* what the comparison shows to be new is not in the old file, whatever that one tells alone */
    if (rule->thresholds && rule->mending != HS_BY_COPY && after.proven && !before.judged)
        before =
            (struct hs_reading){.judged = true, .value = rule->thresholds[0], .at_most = HS_SEVERE};
    /* what is an indication in a file may be measured by the comparison */
    if (before.judged && after.judged && hs_reading_tier(rule, &after) != HS_INDICATION &&
        by_readings(rule, audit, arena, &before, &after, v))
        return;
    if (isfinite(moved) && !is_as_the_mix(rule, audit, arena, v, &before, &after))
        add(v, (struct hs_side_effect){
                   .what = rule->id,
                   .unit = rule->unit,
                   .change = moved,
                   .step = rule->jnd,
                   .words = hs_arena_printf(arena, "moved by %+.2f%s%s, as the comparison tells",
                                            moved, *rule->unit ? " " : "", rule->unit)});
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
    hs_side_effects_tone(arena, out, SIDE_EFFECTS_MOST);
    hs_side_effects_file(arena, SIDE_EFFECTS_MOST, out);
    for (size_t i = 0; i < hs_rule_count(); i++)
        side_effect_by_rule(hs_rule_at(i), audit, arena, out);
    hs_side_effects_album(audit, arena, SIDE_EFFECTS_MOST, out);
    remark_level(arena, out);
    hs_side_effects_of_moments(arena, SIDE_EFFECTS_MOST, out);
    hs_side_effects_of_channels(arena, out);
    hs_side_effects_tell_once(arena, out);
}
