/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One row per note of the job, with the rule that its words mean: what the listener said of master
 * and mix beside what was found there. Then one row per finding that counts and was not heard. "No"
 * needs a rule that was judged; where it was not, the machine says null.
 */
#include "judge/ear_notes.h"

#include "judge/rule.h"
#include "judge/words.h"

#include <string.h>

bool hs_ear_notes_heard(const struct hs_track_result *result, const struct hs_rule *rule,
                        double value)
{
    const struct hs_track *t = result->track;
    for (size_t i = 0; t && i < t->n_heard; i++) {
        const struct hs_heard *h = &t->heard[i];
        const char *named = hs_judge_rule_of_words(h->note);
        if (named && !strcmp(named, rule->id) && h->in_master != HS_ANSWER_NO &&
            hs_judge_words_fit(h->note, rule, value))
            return true;
    }
    return false;
}

/* The finding of the rule; NULL where there is none, or the note says the other side of it. A row
 * without a note is of any side. */
static const struct hs_finding *finding_of(const struct hs_track_result *r,
                                           const struct hs_rule *rule, const char *note)
{
    for (size_t i = 0; i < r->n_findings; i++) {
        const struct hs_finding *f = &r->findings[i];
        const double value = f->origin == HS_ORIGIN_CURED ? f->mix_value : f->value;
        if (!strcmp(f->rule, rule->id))
            return !note || hs_judge_words_fit(note, rule, value) ? f : NULL;
    }
    return NULL;
}

/* Whether the master has the fault; NULL where the rule was not judged. */
static enum hs_answer tick_master(const struct hs_finding *f, const struct hs_reference_model *y)
{
    if (f)
        return f->origin == HS_ORIGIN_CURED ? HS_ANSWER_NO : HS_ANSWER_YES;
    return !y->off && y->master.judged ? HS_ANSWER_NO : HS_ANSWER_NULL;
}

/* Whether the mix has the fault, for the listener's list; NULL where that is not known. */
static enum hs_answer tick_mix(const struct hs_track_result *r, const struct hs_finding *f,
                               const struct hs_reference_model *y)
{
    if (!y->rule->judges_mix || r->mix.state == HS_FILE_NONE)
        return HS_ANSWER_NOT_APPLICABLE;
    if (y->off || !y->mix.judged)
        return HS_ANSWER_NULL;
    if (!f)
        return HS_ANSWER_NO;
    switch (f->origin) {
    case HS_ORIGIN_MIX:
    case HS_ORIGIN_WORSENED:
    case HS_ORIGIN_EASED:
        return HS_ANSWER_YES;
    case HS_ORIGIN_CURED: /* or a move from a mix in range */
        return hs_finding_cured(f) ? HS_ANSWER_YES : HS_ANSWER_NO;
    case HS_ORIGIN_MASTERING:
    case HS_ORIGIN_EXPOSED:
        return HS_ANSWER_NO;
    default:
        return HS_ANSWER_NULL;
    }
}

/* A note without an answer for master and mix is about what was listened to: the master, where
 * there is one. */
static enum hs_answer said_of_master(const struct hs_track_result *r, const struct hs_heard *note)
{
    bool unsaid = note->in_master == HS_ANSWER_NULL && r->master.state == HS_FILE_OK;
    return unsaid ? HS_ANSWER_YES : note->in_master;
}

/* What the measure says of one note, in master and mix. */
static void fill_row(struct hs_ear_note *row, const struct hs_track_result *r,
                     const struct hs_reference_model *models)
{
    const struct hs_rule *rule = row->rule ? hs_rule_find(row->rule) : NULL;
    if (!rule) {
        row->in_master = row->in_mix = HS_ANSWER_NULL;
        return;
    }
    const struct hs_reference_model *y = &models[hs_rule_index(rule)];
    const struct hs_finding *f = finding_of(r, rule, row->note);
    row->in_master = tick_master(f, y);
    row->in_mix = tick_mix(r, f, y);
}

/* The artist's notes in their order, then findings that were not noted. */
void hs_ear_notes_fill(struct hs_track_result *r, const struct hs_reference_model *models,
                       struct hs_arena *arena)
{
    const struct hs_track *t = r->track;
    if (!t || !t->n_heard)
        return;
    r->ticks = HS_ARENA_ARRAY(arena, struct hs_ear_note, t->n_heard + r->n_findings);
    for (size_t i = 0; i < t->n_heard; i++) {
        struct hs_ear_note *row = &r->ticks[r->n_ticks++];
        *row = (struct hs_ear_note){.note = t->heard[i].note,
                                    .rule = hs_judge_rule_of_words(t->heard[i].note),
                                    .heard_master = said_of_master(r, &t->heard[i]),
                                    .heard_mix = t->heard[i].in_mix};
        fill_row(row, r, models);
    }
    for (size_t i = 0; i < r->n_findings; i++) {
        const struct hs_finding *f = &r->findings[i];
        if (!hs_finding_counts(f) || f->heard)
            continue;
        struct hs_ear_note *row = &r->ticks[r->n_ticks++];
        *row = (struct hs_ear_note){.rule = f->rule};
        fill_row(row, r, models);
    }
}
