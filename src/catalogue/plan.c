/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan of a listed track: the corrections in the order of work with the value each
 * should end at, what is better left alone, and what to ask the mastering engineer.
 */

#include "catalogue/plan.h"

#include "catalogue/combined_eq.h"
#include "catalogue/remedy.h"
#include "judge/scale.h"
#include <math.h>
#include <string.h>

/* As people say it. */
static const char *rule_title(const char *id)
{
    const struct hs_rule *rule = hs_rule_find(id);
    return rule ? rule->title : id;
}

static const char *title_of(const struct hs_finding *f)
{
    return rule_title(f->rule);
}

enum { NOTES_MOST = 8 };
#define LEAST_MOVE_DB 1.0   /* less is not worth a session */
#define TOLERANCE_SHARE 0.3 /* of the move: a plan is not a specification */

/* Worth planning: what led to the listing, and smaller findings that are seen anyway.
 */
static bool is_worth_a_move(const struct hs_correction *c)
{
    switch (c->move->shape) {
    case HS_SHAPE_BELL:
    case HS_SHAPE_LOW_SHELF:
    case HS_SHAPE_HIGH_SHELF:
    case HS_SHAPE_GAIN:
    case HS_SHAPE_WIDTH:
        return fmax(fabs(c->db), fabs(c->db_most)) >= LEAST_MOVE_DB;
    default:
        return true;
    }
}

static bool is_planned(const struct hs_finding *f)
{
    return hs_finding_counts(f) && f->correction.where && !hs_remedy_only_indicated(f) &&
           is_worth_a_move(&f->correction) && (hs_remedy_points(f) > 0 || f->severity >= HS_MINOR);
}

/* A correction of the mix is carried out there only when the song is mixed again. */
static bool is_in_mix(bool remix, const struct hs_finding *f)
{
    return remix && f->correction.where == HS_PLACE_MIX;
}

static struct hs_plan_step step_of(bool remix, const struct hs_finding *f, size_t at)
{
    bool in_mix = is_in_mix(remix, f);
    double move = f->correction.after - f->value;
    double most = f->correction.after_most - f->value;
    struct hs_plan_step s = {.finding = at,
                             .where = in_mix ? HS_PLACE_MIX : HS_PLACE_MASTER,
                             .now = in_mix ? f->mix_value : f->value};
    s.planned = s.now + move;
    s.planned_most = s.now + most;
    s.tolerance = TOLERANCE_SHARE * fabs(move);
    if (isfinite(f->jnd))
        s.tolerance = fmax(s.tolerance, f->jnd / 2);
    return s;
}

size_t hs_corrections_steps(const struct hs_track_result *t, bool remix, struct hs_arena *a,
                            struct hs_plan_step **out)
{
    size_t n = 0;
    *out = HS_ARENA_ARRAY(a, struct hs_plan_step, t->n_findings + 1);
    for (int mix = 1; mix >= 0; mix--) /* first the mix, then what mastering does */
        for (size_t i = 0; i < t->n_findings; i++)
            if (is_planned(&t->findings[i]) && is_in_mix(remix, &t->findings[i]) == mix)
                (*out)[n++] = step_of(remix, &t->findings[i], i);
    hs_combined_eq(t, *out, n);
    return n;
}

static struct hs_finding *finding_of(struct hs_track_result *t, const char *rule)
{
    for (size_t i = 0; i < t->n_findings; i++)
        if (!strcmp(t->findings[i].rule, rule))
            return &t->findings[i];
    return NULL;
}

/* What was planned first stays until the track is closed, with what a person changed in it. */
static size_t first_steps(struct hs_track_result *t, struct hs_arena *a, struct hs_plan_step **out)
{
    size_t n = 0;
    *out = HS_ARENA_ARRAY(a, struct hs_plan_step, t->first_plan->n_steps + 1);
    for (size_t i = 0; i < t->first_plan->n_steps; i++) {
        const struct hs_planned *p = &t->first_plan->steps[i];
        struct hs_finding *f = finding_of(t, p->rule);
        if (!f)
            continue;
        f->correction = p->move;
        (*out)[n++] = (struct hs_plan_step){.finding = (size_t)(f - t->findings),
                                            .where = p->where,
                                            .now = p->now,
                                            .planned = p->planned,
                                            .planned_most = p->planned_most,
                                            .tolerance = p->tolerance};
    }
    return n;
}

static bool is_house_sound(const struct hs_audit *audit, const char *rule)
{
    for (size_t i = 0; i < audit->n_recurring; i++)
        if (!strcmp(audit->recurring[i].rule, rule))
            return audit->recurring[i].reading == HS_PATTERN_HOUSE_SOUND;
    return false;
}

static const char *leave_finding(struct hs_arena *a, const struct hs_finding *f)
{
    if (f->accepted)
        return hs_arena_printf(a, "%s: accepted%s%s", title_of(f), f->accepted_why ? ", " : "",
                               f->accepted_why ? f->accepted_why : "");
    if (f->origin == HS_ORIGIN_CURED)
        return hs_arena_printf(a, "%s: mastering cured it; keep that move", title_of(f));
    if (!f->explained_by && hs_remedy_only_indicated(f))
        return hs_arena_printf(a, "%s: an indication only; listen before touching it", title_of(f));
    return NULL;
}

static void leave_make(struct hs_audit *audit, const struct hs_track_result *t,
                       struct hs_shortlist_row *row)
{
    const char **out = HS_ARENA_ARRAY(&audit->arena, const char *, NOTES_MOST);
    for (size_t i = 0; i < t->n_findings && row->n_leave_alone < NOTES_MOST; i++) {
        const char *note = leave_finding(&audit->arena, &t->findings[i]);
        if (note)
            out[row->n_leave_alone++] = note;
    }
    for (size_t i = 0; i < t->n_judgements && row->n_leave_alone < NOTES_MOST; i++) {
        const struct hs_judgement *j = &t->judgements[i];
        if (is_house_sound(audit, j->of->rule) && (double)j->steps > 0 &&
            j->z < hs_severity_z(HS_NOTE))
            out[row->n_leave_alone++] = hs_arena_printf(&audit->arena,
                                                        "%s: leans that way as the whole catalogue "
                                                        "does, inside its range: the house sound",
                                                        rule_title(j->of->rule));
    }
    row->leave_alone = out;
}

static const char *question_of(struct hs_arena *a, const struct hs_finding *f)
{
    const char *unit = f->unit ? f->unit : "";
    switch (f->origin) {
    case HS_ORIGIN_MASTERING:
    case HS_ORIGIN_WORSENED:
        if (isfinite(f->change))
            return hs_arena_printf(a,
                                   "%s: mastering moved it by %+.1f %s (mix %.1f, master "
                                   "%.1f). Was that asked for, and is there a version without "
                                   "that move?",
                                   title_of(f), f->change, unit, f->mix_value, f->value);
        return hs_arena_printf(a, "%s came in with mastering. Is there a version without it?",
                               title_of(f));
    case HS_ORIGIN_EXPOSED:
        return hs_arena_printf(a,
                               "%s stays inside in the mix and comes out with %s. At what "
                               "level would it stay inside?",
                               title_of(f),
                               f->exposed_by ? f->exposed_by : "the level of the master");
    default:
        return NULL;
    }
}

static void questions_make(struct hs_audit *audit, const struct hs_track_result *t,
                           struct hs_shortlist_row *row)
{
    const char **out = HS_ARENA_ARRAY(&audit->arena, const char *, NOTES_MOST + 1);
    if (t->mix.state != HS_FILE_OK)
        out[row->n_questions++] = "Is the mix that the master was made from still archived?";
    for (size_t i = 0; i < t->n_findings && row->n_questions < NOTES_MOST; i++) {
        const struct hs_finding *f = &t->findings[i];
        if (!hs_finding_counts(f) || f->severity < HS_MINOR)
            continue;
        const char *q = question_of(&audit->arena, f);
        if (q)
            out[row->n_questions++] = q;
    }
    row->questions = out;
}

void hs_corrections_plan(struct hs_audit *audit, struct hs_shortlist_row *row)
{
    struct hs_track_result *t = &audit->tracks[row->track];
    if (row->action == HS_LEAVE)
        return;
    bool remix = t->track->update.path ? t->update_kind == HS_UPDATE_MIX : row->action == HS_RE_MIX;
    if (t->first_plan)
        row->n_plan = first_steps(t, &audit->arena, &row->plan);
    else
        row->n_plan = hs_corrections_steps(t, remix, &audit->arena, &row->plan);
    leave_make(audit, t, row);
    questions_make(audit, t, row);
}
