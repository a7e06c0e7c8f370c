/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a new file is what was planned:
 * 1. Without an aligned pair of old and new file nothing can be told.
 * 2. Take the plan as it was written, or make it anew from the findings; of what the short list
 *    leaves alone there is none. For a new mix, only the corrections of the mix count.
 * 3. Per correction, read the rule on the old and on the new file. The share of the planned way
 *    that was gone tells the outcome: done within the tolerance (at most half the way), partly from
 *    a fifth of the way on, overshot beyond the most that was planned. Of a new master all is
 *    done as well that leads back to its mix.
 *    A fader that the plan moves is held to its own move instead, by the stem in both files: its
 *    level against the whole also follows what others do. Further than planned is done where the
 *    level does not come out past the centre.
 *    A channel that mastering made late, or equalised alone, swapped sides and a wrong speed are
 *    held to the comparison of both files, turned: a file alone does not tell most of that.
 * 4. Look for side effects.
 * 5. It failed if the recording is another one, a side effect is more than a remark, a correction
 *    was not done, or one overshot past the expected centre.
 */
#include "catalogue/verify.h"

#include "catalogue/another_song.h"
#include "catalogue/appraisal.h"
#include "catalogue/fader_moves.h"
#include "catalogue/plan.h"
#include "catalogue/side_effects.h"
#include "catalogue/verify_channel_tone.h"
#include "catalogue/verify_channels.h"
#include "catalogue/verify_damage.h"
#include "catalogue/verify_files.h"
#include "core/num.h"
#include "judge/rule.h"
#include "judge/scale.h"

#include <math.h>
#include <string.h>

const char *hs_outcome_name(enum hs_outcome outcome)
{
    static const char *const names[] = {"cannot_tell", "done", "partly", "overshot", "not_done"};
    return names[outcome];
}

const char *hs_outcome_words(enum hs_outcome outcome)
{
    static const char *const words[] = {"cannot tell", "done", "partly", "overshot", "not done"};
    return words[outcome];
}

#define MOVED_SHARE 0.2 /* of the planned way; less is repeatability, not work */

/* Of the planned way: done within the tolerance, too far, part of it, or not. */
enum hs_outcome hs_verify_outcome(double before, double planned, double most, double measured,
                                  double tolerance)
{
    double way = planned - before, went = measured - before;
    if (!isfinite(way) || !isfinite(went) || way == 0)
        return HS_CANNOT_TELL;
    double furthest = isfinite(most) ? fmax(1, (most - before) / way) : 1;
    double slack = fmin(isfinite(tolerance) ? tolerance : 0, fabs(way) / 2) / fabs(way);
    double share = went / way;
    if (share >= 1 - slack && share <= furthest + slack)
        return HS_DONE;
    if (share > 1)
        return HS_OVERSHOT;
    return share >= MOVED_SHARE ? HS_PARTLY : HS_NOT_DONE;
}

static const struct hs_finding *finding_of(const struct hs_track_result *t, const char *rule)
{
    for (size_t i = 0; i < t->n_findings; i++)
        if (!strcmp(t->findings[i].rule, rule))
            return &t->findings[i];
    return NULL;
}

/* Beyond the expected centre by half a step, and by more than `slack`; a mix has its centre where
 * mastering takes it to that of masters. */
static bool is_past_centre(const struct hs_finding *f, enum hs_update_kind kind,
                           const struct hs_verified *v, double slack)
{
    double centre = f ? f->centre : NAN;
    if (f && kind == HS_UPDATE_MIX && isfinite(f->mix_value - f->value))
        centre += f->mix_value - f->value;
    double past = v->planned > v->before ? v->measured - centre : centre - v->measured;
    return isnan(past) || past > fmax(slack, f && isfinite(f->jnd) ? f->jnd / 2 : 0);
}

/* Whether the step is for a defect that is to be gone, and it is: beyond the least that counts as
 * gone there is no too far. */
static bool is_defect_gone(const struct hs_rule *rule, const struct hs_planned *step,
                           const struct hs_reading *after)
{
    if (!rule->thresholds || isfinite(step->move.after))
        return false;
    return hs_scale_severity_on(after->thresholds ? after->thresholds : rule->thresholds,
                                rule->side ? after->value : fabs(after->value)) == HS_NO_FAULT;
}

/* The further of two values in the direction of `way`. */
static double further(double way, double a, double b)
{
    return (b - a) * way > 0 ? b : a;
}

/* The furthest that is done. What mastering did may be left away altogether, also what of it is
 * usual, and where a filter on its master should not take back as much: the value ends where the
 * mix has it. */
static double furthest(const struct hs_verification *v, const struct hs_planned *step,
                       double before)
{
    double most = before + (step->planned_most - step->now), way = step->planned - step->now;
    const struct hs_finding *f = finding_of(v->track, step->rule);
    const struct hs_rule *rule = hs_rule_find(step->rule);
    if (v->kind != HS_UPDATE_MASTER || !f)
        return most;
    /* beside its release there is no wrong side inside of what is expected */
    const double end = way > 0 ? f->expected[1] : f->expected[0];
    if (rule && rule->dimension->beside_others && isfinite(end))
        return further(way, most, end);
    if (f->moved && !f->moved->towards)
        most = further(way, most, before - f->moved->sign * f->moved->change);
    return isfinite(f->mix_value) ? further(way, most, before + (f->mix_value - f->value)) : most;
}

/* A move of a fader by its stem: at most half a decibel off, or 30 % of the move. */
static void verify_fader(const struct hs_verification *v, const struct hs_planned *step,
                         const struct hs_rule *rule, struct hs_arena *arena,
                         struct hs_verified *out)
{
    const double tolerance = fmax(0.5, 0.3 * fabs(step->move.db));
    const double most = step->move.db_most != 0 ? step->move.db_most : step->move.db;
    bool gone;
    const double db = hs_fader_moves_of_role(v, v->faders, rule->instrument, &gone);
    if (gone) {
        out->outcome = HS_NOT_DONE;
        out->why = NULL;
        out->fader = "nothing of it is heard any more";
    } else if (isfinite(db) && isfinite(step->move.db)) {
        out->fader_db = db;
        out->outcome = hs_verify_outcome(0, step->move.db, most, db, tolerance);
        out->why = NULL;
        out->past_centre = out->outcome == HS_OVERSHOT && fabs(db) > 2 * fabs(most);
        out->fader = fabs(db) < 0.5
                         ? "its fader was not moved"
                         : hs_arena_printf(arena, "its fader was moved by %+.1f dB%s", db,
                                           db * step->move.db < 0 ? ", the wrong way" : "");
    }
}

/* What only the pair of mix and master shows (a channel that is late, or equalised alone, swapped
 * sides, a wrong speed): what of it the new master has left, by the pair of old and new. False
 * where the first pair does not tell. */
static bool verify_by_pairs(const struct hs_audit *audit, const struct hs_verification *v,
                            const struct hs_planned *step, const struct hs_rule *rule,
                            struct hs_verified *out)
{
    const struct hs_finding *f = finding_of(v->track, step->rule);
    const bool tone = !strcmp(rule->id, "channel_tone");
    double left = NAN;
    if (v->kind == HS_UPDATE_MASTER && tone)
        left = hs_tone_share_left(v, &out->why);
    else if (v->kind == HS_UPDATE_MASTER && !strcmp(rule->id, "channel_delay"))
        left = hs_late_share_left(v, f ? f->value : step->now);
    else if (v->kind == HS_UPDATE_MASTER && !strcmp(rule->id, "damaged"))
        left = hs_damage_share_left(audit, rule, v);
    if (isnan(left) && !out->why)
        return false;
    out->before = f ? f->value : step->now;
    out->planned = isfinite(step->move.after) ? out->before + (step->planned - step->now)
                                              : rule->thresholds[HS_NO_FAULT];
    out->planned_most = out->planned;
    if (out->why)
        return true;
    out->measured = out->planned + left * (out->before - out->planned);
    out->tolerance = rule->thresholds[HS_NOTE];
    out->outcome = hs_verify_outcome(out->before, out->planned, out->planned_most, out->measured,
                                     out->tolerance);
    out->past_centre = out->outcome == HS_OVERSHOT;
    return true;
}

/* One step of the plan: before, planned, measured. The plan moves with the value that is
 * measured today. */
static struct hs_verified verify_step(const struct hs_audit *audit, const struct hs_verification *v,
                                      const struct hs_planned *step, struct hs_arena *arena)
{
    const struct hs_rule *rule = hs_rule_find(step->rule);
    struct hs_verified out = {.rule = step->rule,
                              .move = hs_move_name(step->move.move),
                              .before = NAN,
                              .planned = NAN,
                              .planned_most = NAN,
                              .measured = NAN,
                              .fader_db = NAN,
                              .tolerance = step->tolerance};
    if (!rule) {
        out.why = "the rule is not known any more";
        return out;
    }
    out.unit = rule->unit;
    if (verify_by_pairs(audit, v, step, rule, &out))
        return out;
    const struct hs_file *old = hs_verify_old(v->track, v->kind);
    struct hs_reading before = hs_verify_read(rule, audit, v->track, old, v->kind, arena);
    struct hs_reading after =
        hs_verify_read(rule, audit, v->track, &v->track->update, v->kind, arena);
    if (before.judged) {
        out.before = before.value;
        out.planned = before.value + (step->planned - step->now);
    }
    if (!before.judged || !after.judged) {
        out.why = before.judged ? after.why : before.why;
        if (step->move.move == &hs_move_fader)
            verify_fader(v, step, rule, arena, &out);
        return out;
    }
    out.measured = after.value;
    out.planned_most = furthest(v, step, before.value);
    if (rule->thresholds && !isfinite(step->move.after))
        out.planned = rule->thresholds[0]; /* of a defect: that it is gone */
    if (!isfinite(out.tolerance))
        out.tolerance = fabs(out.planned - out.before) / 4;
    out.outcome =
        hs_verify_outcome(out.before, out.planned, out.planned_most, out.measured, out.tolerance);
    const struct hs_finding *f = finding_of(v->track, step->rule);
    if (step->move.move == &hs_move_fader)
        verify_fader(v, step, rule, arena, &out);
    if (step->move.move == &hs_move_fader && out.outcome == HS_OVERSHOT &&
        !is_past_centre(f, v->kind, &out, out.tolerance)) {
        out.outcome = HS_DONE; /* further than was planned, to where others have it */
        out.past_centre = false;
    }
    if (is_defect_gone(rule, step, &after))
        out.outcome = HS_DONE;
    out.past_centre |= out.outcome == HS_OVERSHOT && is_past_centre(f, v->kind, &out, 0);
    if (out.outcome == HS_CANNOT_TELL)
        out.why = "the plan has no number for it";
    return out;
}

/* Of what the short list leaves alone nothing is asked for. */
static bool is_left_alone(const struct hs_track_result *t)
{
    const struct hs_appraisal a = hs_appraise(t);
    return hs_appraisal_action(t, &a) == HS_LEAVE && !hs_another_song_is(t);
}

/* The plan as the short list has it today; of a track that is left alone the corrections that its
 * page names. */
static void plan_anew(struct hs_verification *v, struct hs_arena *arena)
{
    struct hs_track_result t = *v->track; /* corrections are settled on a copy */
    t.findings = HS_ARENA_ARRAY(arena, struct hs_finding, t.n_findings + 1);
    for (size_t i = 0; i < t.n_findings; i++)
        t.findings[i] = v->track->findings[i];
    struct hs_plan_step *steps;
    hs_corrections_settle(&t, v->kind == HS_UPDATE_MIX, arena);
    size_t n = hs_corrections_steps(&t, v->kind == HS_UPDATE_MIX, arena, &steps);
    struct hs_planned *plan = HS_ARENA_ARRAY(arena, struct hs_planned, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct hs_finding *f = &t.findings[steps[i].finding];
        plan[i] = (struct hs_planned){.rule = f->rule,
                                      .where = steps[i].where,
                                      .move = f->correction,
                                      .now = steps[i].now,
                                      .planned = steps[i].planned,
                                      .planned_most = steps[i].planned_most,
                                      .tolerance = steps[i].tolerance};
    }
    v->plan = plan;
    v->n_plan = n;
}

/* A plan for the mix is verified on the mix; what mastering is to do comes later. Of a track that
 * is left alone what was done of the corrections on its page is told, and strays nowhere; nothing
 * is missed. */
static void corrections_make(const struct hs_audit *audit, struct hs_arena *arena,
                             struct hs_verification *v)
{
    const bool left_alone = !v->from && is_left_alone(v->track);
    if (v->from) {
        v->plan = v->from->steps;
        v->n_plan = v->from->n_steps;
    } else {
        plan_anew(v, arena);
    }
    v->corrections = HS_ARENA_ARRAY(arena, struct hs_verified, v->n_plan + 1);
    struct hs_fader_moves *faders = HS_ARENA_NEW(arena, struct hs_fader_moves);
    hs_fader_moves_find(v, arena, faders);
    v->faders = faders;
    for (size_t i = 0; i < v->n_plan; i++) {
        const struct hs_finding *f = finding_of(v->track, v->plan[i].rule);
        if ((v->kind == HS_UPDATE_MIX && v->plan[i].where != HS_PLACE_MIX) ||
            (f && !hs_plan_can_be_done(f, v->plan[i].where)))
            continue;
        struct hs_verified *c = &v->corrections[v->n_corrections++];
        *c = verify_step(audit, v, &v->plan[i], arena);
        if (v->why) {
            c->outcome = HS_CANNOT_TELL;
            c->why = v->why;
        }
        if (left_alone && c->outcome != HS_DONE)
            v->n_corrections--;
    }
}

/* NULL: it was. */
static const char *why_not_compared(const struct hs_verification *v)
{
    if (v->track->update.state != HS_FILE_OK)
        return v->track->update.error ? v->track->update.error : "the update cannot be read";
    if (hs_verify_old(v->track, v->kind)->state != HS_FILE_OK)
        return "there is no old file to compare it with";
    switch (v->pair.state) {
    case HS_PAIR_ALIGNED:
    case HS_PAIR_EDITED:
        return NULL;
    case HS_PAIR_DIFFERENT:
        return "it is not the same recording";
    default:
        return v->pair.why ? v->pair.why : "cannot say whether it is the same recording";
    }
}

/* Exit code 4: another recording, a side effect, a correction not done or past the centre. */
static bool has_failed(const struct hs_verification *v)
{
    if (v->pair.state == HS_PAIR_DIFFERENT)
        return true;
    for (size_t i = 0; i < v->n_side_effects; i++)
        if (!v->side_effects[i].remark)
            return true;
    for (size_t i = 0; i < v->n_corrections; i++)
        if (v->corrections[i].outcome == HS_NOT_DONE || v->corrections[i].past_centre)
            return true;
    return false;
}

void hs_verify_update(const struct hs_audit *audit, struct hs_arena *arena,
                      struct hs_verification *out)
{
    out->why = why_not_compared(out);
    corrections_make(audit, arena, out);
    if (!out->why)
        hs_side_effects_find(audit, arena, out);
    out->failed = has_failed(out);
}
