/* SPDX-License-Identifier: Apache-2.0 */
/*
 * To leave alone: findings that are accepted, cured or only indicated, and a lean inside the range
 * that the whole catalogue has (house sound). To ask: whether the mix is archived, and of each
 * finding that mastering made or exposed, whether that was wanted.
 */
#include "catalogue/advice.h"

#include "catalogue/remedy.h"
#include "judge/finding_words.h"
#include "judge/scale.h"

#include <math.h>
#include <string.h>

/* As people say it. */
static const char *rule_title(const char *id)
{
    const struct hs_rule *rule = hs_rule_find(id);
    return rule ? rule->title : id;
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
        return hs_arena_printf(a, "%s: accepted%s%s", hs_finding_title(f),
                               f->accepted_why ? ", " : "", f->accepted_why ? f->accepted_why : "");
    if (f->origin == HS_ORIGIN_CURED)
        return hs_arena_printf(a, "%s: mastering %s; keep that move", hs_finding_title(f),
                               hs_finding_cured(f) ? "cured it" : "took it nearer to the middle");
    if (!f->explained_by && hs_remedy_only_indicated(f))
        return hs_arena_printf(a, "%s: an indication only; listen before touching it",
                               hs_finding_title(f));
    return NULL;
}

/* Whether the plan takes back some of the move that cured it: the two cannot both be asked for. */
static bool is_taken_back(const struct hs_shortlist_row *row, const struct hs_track_result *t,
                          const struct hs_finding *f)
{
    const struct hs_rule *cured = hs_rule_find(f->rule);
    if (f->origin != HS_ORIGIN_CURED || !cured || !cured->moves.part)
        return false;
    for (size_t i = 0; i < row->n_plan; i++) {
        const struct hs_finding *of = &t->findings[row->plan[i].finding];
        const struct hs_rule *planned = hs_rule_find(of->rule);
        if (planned && (planned->moves.part == cured->moves.part ||
                        (planned->accounts_for && planned->accounts_for(of, f))))
            return true;
    }
    return false;
}

/* Findings that are accepted, cured or only indicated, and leanings inside the range that the
 * whole catalogue shares. */
static void leave_make(const struct hs_audit *audit, const struct hs_shortlist_row *row,
                       const struct hs_track_result *t, struct hs_arena *a, struct hs_advice *out)
{
    for (size_t i = 0; i < t->n_findings && out->n_leave_alone < HS_ADVICE_MOST; i++) {
        bool kept = !is_taken_back(row, t, &t->findings[i]);
        const char *note = kept ? leave_finding(a, &t->findings[i]) : NULL;
        if (note)
            out->leave_alone[out->n_leave_alone++] = note;
    }
    for (size_t i = 0; i < t->n_judgements && out->n_leave_alone < HS_ADVICE_MOST; i++) {
        const struct hs_judgement *j = &t->judgements[i];
        if (is_house_sound(audit, j->of->rule) && (double)j->steps > 0 &&
            j->z < hs_severity_z(HS_NOTE))
            out->leave_alone[out->n_leave_alone++] =
                hs_arena_printf(a,
                                "%s: leans that way as the whole catalogue "
                                "does, inside its range: the house sound",
                                rule_title(j->of->rule));
    }
}

/* Of a move of its own: by what the pair has measured, with both files' values where they differ by
 * the same. */
static const char *question_of_move(struct hs_arena *a, const struct hs_finding *f)
{
    const char *unit = f->unit ? f->unit : "", *title = hs_finding_title(f);
    const double moved = f->moved->change, alike = 0.1;
    if (!isfinite(moved))
        return hs_arena_printf(a, "%s. Is there a version without that move?", title);
    if (!(fabs(f->value - f->mix_value - moved) <= alike))
        return hs_arena_printf(a,
                               "%s, by %+.1f %s. Was that asked for, and is there a version "
                               "without that move?",
                               title, moved, unit);
    return hs_arena_printf(a,
                           "%s, by %+.1f %s (mix %.1f, master %.1f). Was that asked for, and is "
                           "there a version without that move?",
                           title, moved, unit, f->mix_value, f->value);
}

/* What to ask the mastering engineer of a finding; NULL where mastering had no part in it. */
static const char *question_of(struct hs_arena *a, const struct hs_finding *f)
{
    const char *unit = f->unit ? f->unit : "";
    switch (f->origin) {
    case HS_ORIGIN_MASTERING:
    case HS_ORIGIN_WORSENED:
        if (hs_finding_is_move(f))
            return question_of_move(a, f);
        if (isfinite(f->change))
            return hs_arena_printf(a,
                                   "%s: mastering moved it by %+.1f %s (mix %.1f, master %.1f). "
                                   "Was that asked for, and is there a version without that move?",
                                   hs_finding_title(f), f->change, unit, f->mix_value, f->value);
        return hs_arena_printf(a, "%s came in with mastering. Is there a version without it?",
                               hs_finding_title(f));
    case HS_ORIGIN_EXPOSED:
        return hs_arena_printf(a,
                               "%s stays inside in the mix and comes out with %s. At what "
                               "level would it stay inside?",
                               hs_finding_title(f),
                               f->exposed_by ? f->exposed_by : "the level of the master");
    default:
        return NULL;
    }
}

/* For the artist or the mastering engineer: what nobody can measure. */
static void questions_make(const struct hs_track_result *t, struct hs_arena *a,
                           struct hs_advice *out)
{
    if (t->mix.state != HS_FILE_OK)
        out->questions[out->n_questions++] =
            "Is the mix that the master was made from still archived?";
    for (size_t i = 0; i < t->n_findings && out->n_questions < HS_ADVICE_MOST; i++) {
        const struct hs_finding *f = &t->findings[i];
        if (!hs_finding_counts(f) || f->severity < HS_MINOR)
            continue;
        const char *q = question_of(a, f);
        if (q)
            out->questions[out->n_questions++] = q;
    }
}

void hs_advice_make(const struct hs_audit *audit, const struct hs_shortlist_row *row,
                    struct hs_arena *arena, struct hs_advice *out)
{
    const struct hs_track_result *t = &audit->tracks[row->track];
    *out = (struct hs_advice){0};
    if (row->action == HS_LEAVE)
        return;
    leave_make(audit, row, t, arena, out);
    questions_make(t, arena, out);
}
