/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan of a listed track: the corrections in the order of work with the value each
 * should end at.
 * 1. A finding gets a step where it counts, its correction is large enough, and the file that it
 *    changes shows the fault.
 * 2. Shelves and bells work against each other: what the others eat is added, as far as the cap of
 *    the rule allows. A step that is eaten all the same is left out, and its finding keeps no
 *    correction that promises more.
 */

#include "catalogue/plan.h"

#include "catalogue/combined_eq.h"
#include "catalogue/remedy.h"
#include "core/alloc.h"
#include "judge/correct.h"
#include "judge/rule.h"
#include "judge/scale.h"
#include <math.h>
#include <string.h>

#define LEAST_MOVE_DB 1.0   /* less is not worth a session */
#define TOLERANCE_SHARE 0.3 /* of the move: a plan is not a specification */
#define LEAST_SHARE 0.2     /* of the way; less is no work that anybody sees */

bool hs_plan_is_worth_a_move(const struct hs_correction *c)
{
    switch (c->move->shape) {
    case HS_SHAPE_BELL:
    case HS_SHAPE_LOW_SHELF:
    case HS_SHAPE_HIGH_SHELF:
    case HS_SHAPE_TILT:
    case HS_SHAPE_GAIN:
    case HS_SHAPE_WIDTH:
        return fmax(fabs(c->db), fabs(c->db_most)) >= LEAST_MOVE_DB;
    default:
        return true;
    }
}

bool hs_plan_is_too_little(const struct hs_finding *f)
{
    const double db = fmax(fabs(f->correction.db), fabs(f->correction.db_most));
    const bool stops_short = fabs(hs_correct_wanted(f)) > 2 * db; /* peaks leave no room for more */
    return isfinite(db) && !stops_short && !hs_plan_is_worth_a_move(&f->correction);
}

/* A correction of the mix is carried out there only when the song is mixed again. */
static bool is_in_mix(bool remix, const struct hs_finding *f)
{
    return remix && f->correction.where == HS_PLACE_MIX;
}

/* Not a defect that only the first copy can mend where the mix has it too, nor one that the file
 * to be changed does not show (clipping of the mix that was rounded since). */
bool hs_plan_can_be_done(const struct hs_finding *f, enum hs_place where)
{
    const struct hs_rule *rule = hs_rule_find(f->rule);
    double value = where == HS_PLACE_MIX ? f->mix_value : f->value;
    if (!rule || !rule->thresholds || isfinite(f->correction.after))
        return true;
    if (rule->mending == HS_BY_FIRST_COPY && hs_finding_is_of_mix(f))
        return false;
    if (where == HS_PLACE_MASTER && f->origin == HS_ORIGIN_MASTERING)
        return true; /* it is there, also where the pair alone shows it */
    return !isfinite(value) ||
           hs_scale_severity_on(rule->thresholds, rule->side ? value : fabs(value)) > HS_NO_FAULT;
}

/* Whether a finding gets a step: it counts, is more than an unconfirmed indication, and has a
 * correction that is worth a move and can be done. */
static bool is_planned(bool remix, const struct hs_finding *f)
{
    return hs_finding_counts(f) && f->correction.where && !hs_remedy_only_indicated(f) &&
           hs_plan_is_worth_a_move(&f->correction) &&
           (hs_remedy_points(f) > 0 || f->severity >= HS_MINOR) &&
           hs_plan_can_be_done(f, is_in_mix(remix, f) ? HS_PLACE_MIX : HS_PLACE_MASTER);
}

/* A finding as a step: from the value on the file that is changed, by the change that the
 * correction makes on the master. The tolerance is 30 % of that change, half an audible step at
 * least. */
static struct hs_plan_step step_of(bool remix, const struct hs_finding *f, size_t at)
{
    bool in_mix = is_in_mix(remix, f);
    double move = f->correction.after - f->value;
    double most = f->correction.after_most - f->value;
    struct hs_plan_step s = {.finding = (unsigned)at,
                             .where = in_mix ? HS_PLACE_MIX : HS_PLACE_MASTER,
                             .now = in_mix ? f->mix_value : f->value};
    s.planned = s.now + move;
    s.planned_most = s.now + most;
    const struct hs_rule *rule = hs_rule_find(f->rule);
    if (rule && rule->thresholds && !isfinite(move)) /* of a defect: that it is gone */
        s.planned = s.planned_most = rule->thresholds[HS_NO_FAULT];
    s.tolerance = TOLERANCE_SHARE * fabs(move);
    if (isfinite(f->jnd))
        s.tolerance = fmax(s.tolerance, f->jnd / 2);
    return s;
}

/* How far a step goes towards its end with all the others done, in shares of what is seen as work:
 * a fifth of the way or of an audible step, the smaller. */
static double goes_on(const struct hs_track_result *t, const struct hs_plan_step *s)
{
    const struct hs_finding *f = &t->findings[s->finding];
    double way = f->correction.after - f->value, goes = s->planned - s->now;
    double least = LEAST_SHARE * fmin(fabs(way), isfinite(f->jnd) ? f->jnd : INFINITY);
    return isfinite(goes) && isfinite(way) && least > 0 ? goes * copysign(1, way) / least : 1;
}

/* Leaves out the step that the others eat most, until none is eaten. */
static size_t drop_eaten(const struct hs_track_result *t, struct hs_plan_step *steps, size_t n)
{
    for (;;) {
        size_t least = 0;
        hs_combined_eq(t, steps, n);
        for (size_t i = 1; i < n; i++)
            if (goes_on(t, &steps[i]) < goes_on(t, &steps[least]))
                least = i;
        if (!n || goes_on(t, &steps[least]) >= 1)
            return n;
        memmove(&steps[least], &steps[least + 1], (n - least - 1) * sizeof *steps);
        n--;
    }
}

/* In the order of work. */
size_t hs_corrections_steps(const struct hs_track_result *t, bool remix, struct hs_arena *a,
                            struct hs_plan_step **out)
{
    size_t n = 0, planned = 0;
    for (size_t i = 0; i < t->n_findings; i++)
        planned += is_planned(remix, &t->findings[i]);
    *out = HS_ARENA_ARRAY(a, struct hs_plan_step, planned);
    for (int mix = 1; mix >= 0; mix--) /* first the mix, then what mastering does */
        for (size_t i = 0; i < t->n_findings; i++)
            if (is_planned(remix, &t->findings[i]) && is_in_mix(remix, &t->findings[i]) == mix)
                (*out)[n++] = step_of(remix, &t->findings[i], i);
    return drop_eaten(t, *out, n);
}

/* Moves that others eat go further, so that all reach the edge together. A second audit finds them
 * there already. */
static void reach_together(struct hs_track_result *t, bool remix, struct hs_arena *a)
{
    enum { ROUNDS = 4 };
    struct hs_plan_step *steps = HS_NEW_ARRAY(struct hs_plan_step, t->n_findings + 1);
    bool changed = true;
    for (int round = 0; round < ROUNDS && changed; round++) {
        size_t n = 0;
        for (size_t i = 0; i < t->n_findings; i++)
            if (is_planned(remix, &t->findings[i]))
                steps[n++] = step_of(remix, &t->findings[i], i);
        hs_combined_eq(t, steps, n);
        changed = false;
        for (size_t i = 0; i < n; i++) {
            struct hs_finding *f = &t->findings[steps[i].finding];
            const struct hs_rule *rule = hs_rule_find(f->rule);
            if (!rule || !hs_rule_reads_bands(rule))
                continue;
            double way = hs_correct_allowed(rule, f), goes = steps[i].planned - steps[i].now;
            if ((way - goes) * way > 0)
                changed |= hs_correct_further(rule, f, way - goes, a);
        }
    }
    hs_free(steps);
}

/* A move that would reach the edge with less is a whole decibel, where that does not go past the
 * centre: less is not heard, and nobody sets it. */
static void make_audible(struct hs_track_result *t, bool remix, struct hs_arena *a)
{
    for (size_t i = 0; i < t->n_findings; i++) {
        struct hs_finding *f = &t->findings[i];
        struct hs_correction *m = &f->correction;
        const struct hs_rule *rule = hs_rule_find(f->rule);
        if (!rule || !is_planned(remix, f) || !(fabs(m->db) > 0) || fabs(m->db) >= LEAST_MOVE_DB ||
            !(fabs(m->db_most) >= LEAST_MOVE_DB) || m->move->shape == HS_SHAPE_NONE)
            continue;
        hs_correct_further(rule, f, (m->after - f->value) * (LEAST_MOVE_DB / fabs(m->db) - 1), a);
    }
}

/* A correction that is no step of the plan is promised nowhere: the others eat it, or the value
 * does not follow its filter on this spectrum. */
static void forget_left_out(struct hs_track_result *t, bool remix, const struct hs_plan_step *steps,
                            size_t n)
{
    for (size_t i = 0; i < t->n_findings; i++) {
        struct hs_finding *f = &t->findings[i];
        bool planned = !is_planned(remix, f);
        for (size_t k = 0; k < n; k++)
            planned |= steps[k].finding == i;
        if (!planned)
            f->correction = (struct hs_correction){
                .where = HS_PLACE_NONE,
                .hz = NAN,
                .db = NAN,
                .db_most = NAN,
                .q = NAN,
                .after = NAN,
                .after_most = NAN,
                .words = "On this spectrum its filter brings too little, alone or beside the other "
                         "steps: listen first."};
    }
}

static struct hs_finding *finding_of(struct hs_track_result *t, const char *rule)
{
    for (size_t i = 0; i < t->n_findings; i++)
        if (!strcmp(t->findings[i].rule, rule))
            return &t->findings[i];
    return NULL;
}

/* A level that peaks limit was worked out on the file as it is: a filter that lifts something makes
 * its peaks higher. Said once, however often the list is made. */
static void say_peaks(struct hs_track_result *t, const struct hs_plan_step *steps, size_t n,
                      struct hs_arena *a)
{
    static const char said[] = " The filters of this plan lift its peaks: look at them first.";
    bool lifts = false;
    for (size_t i = 0; i < n; i++) {
        const struct hs_correction *m = &t->findings[steps[i].finding].correction;
        lifts |= isfinite(hs_move_eq_db(m->move->shape, m->hz, m->db, m->q, m->hz)) && m->db > 0;
    }
    for (size_t i = 0; i < n && lifts; i++) {
        struct hs_finding *f = &t->findings[steps[i].finding];
        const struct hs_rule *rule = hs_rule_find(f->rule);
        const bool level = f->correction.move->shape == HS_SHAPE_GAIN;
        if (rule && rule->dimension->beside_others && level && f->correction.db > 0 &&
            !strstr(f->correction.words, said))
            f->correction.words = hs_arena_printf(a, "%s%s", f->correction.words, said);
    }
}

/* A step of the first plan goes as far as it was planned to, from where the value is read today,
 * as `verify` holds it: an older version may have read it elsewhere. A defect is to be gone. */
static struct hs_plan_step first_step(const struct hs_planned *p, struct hs_finding *f, size_t at)
{
    const bool in_mix = p->where == HS_PLACE_MIX;
    const double today = in_mix ? f->mix_value : f->value;
    const double since = isfinite(today - p->now) ? today - p->now : 0;
    const double shift = isfinite(p->move.after) ? since : 0;
    struct hs_plan_step s = {.finding = (unsigned)at,
                             .where = p->where,
                             .now = p->now + since,
                             .planned = p->planned + shift,
                             .planned_most = p->planned_most + shift,
                             .tolerance = p->tolerance};
    f->correction = p->move;
    const double of_mix = in_mix && isfinite(today - f->value) ? today - f->value : 0;
    f->correction.after += shift - of_mix;
    f->correction.after_most += shift - of_mix;
    return s;
}

/* What was planned first stays until the track is closed, with what a person changed in it. */
static size_t first_steps(struct hs_track_result *t, struct hs_arena *a, struct hs_plan_step **out)
{
    size_t n = 0;
    *out = HS_ARENA_ARRAY(a, struct hs_plan_step, t->first_plan->n_steps + 1);
    for (size_t i = 0; i < t->first_plan->n_steps; i++) {
        const struct hs_planned *p = &t->first_plan->steps[i];
        struct hs_finding *f = finding_of(t, p->rule);
        if (f && hs_plan_can_be_done(f, p->where))
            (*out)[n++] = first_step(p, f, (size_t)(f - t->findings));
    }
    return n;
}

/* The song is not mixed again: every correction of the mix becomes one of the master, if it can. */
static void put_on_master(struct hs_track_result *t, struct hs_arena *a)
{
    for (size_t i = 0; i < t->n_findings; i++) {
        const struct hs_rule *rule = hs_rule_find(t->findings[i].rule);
        if (rule && t->findings[i].correction.where)
            hs_correct_on_master(rule, &t->findings[i], a);
    }
}

void hs_corrections_settle(struct hs_track_result *t, bool remix, struct hs_arena *a)
{
    if (!remix)
        put_on_master(t, a);
    make_audible(t, remix, a);
    reach_together(t, remix, a);
}

/* A plan that was given stays, so that an update can be held against it. What is left alone has
 * none, and its corrections stand as they were found. */
void hs_corrections_plan(struct hs_audit *audit, struct hs_shortlist_row *row)
{
    struct hs_track_result *t = &audit->tracks[row->track];
    const bool update = t->track->update.path != NULL;
    const bool remix = update ? t->update_kind == HS_UPDATE_MIX : row->action == HS_RE_MIX;
    if (row->action == HS_LEAVE)
        return;
    if (t->first_plan) {
        if (!remix)
            put_on_master(t, &audit->arena);
        row->n_plan = first_steps(t, &audit->arena, &row->plan);
        return;
    }
    hs_corrections_settle(t, remix, &audit->arena);
    row->n_plan = hs_corrections_steps(t, remix, &audit->arena, &row->plan);
    forget_left_out(t, remix, row->plan, row->n_plan);
    say_peaks(t, row->plan, row->n_plan, &audit->arena);
}
