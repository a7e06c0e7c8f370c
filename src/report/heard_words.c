/* SPDX-License-Identifier: Apache-2.0 */
#include "report/heard_words.h"

#include "judge/rule.h"
#include "judge/words.h"
#include "report/pieces.h"
#include "report/track.h"
#include "report/words.h"

#include <math.h>

/* Whether the findings of the master speak of what was heard already: also one that is part of
 * another, or accepted. */
static bool is_answered(const struct hs_track_result *t, const struct hs_rule *rule,
                        const char *note)
{
    for (size_t i = 0; i < t->n_findings; i++) {
        const struct hs_finding *f = &t->findings[i];
        if (hs_same_rule(f->rule, rule->id) && f->severity >= HS_MINOR &&
            f->origin != HS_ORIGIN_CURED && hs_judge_words_fit(note, rule, f->value))
            return true;
    }
    return false;
}

/* Only of rules that have a direction, and only what an ear can tell. */
static void put_move(struct hs_html *h, const struct hs_rule *rule, const struct hs_judgement *j)
{
    const double moved = (j->value - (double)j->mix_value) * rule->side;
    if (!(fabs(moved) >= rule->jnd))
        return;
    hs_html_text(h, moved > 0 ? "; mastering moved it that way, by "
                              : "; mastering moved it the other way, by ");
    hs_html_quantity(h, fabs(moved), hs_unit_digits(rule->unit), rule->unit);
    if (moved > 0)
        hs_html_literal(h, ", so listen to mix and master");
}

static void put_note(struct hs_html *h, const struct hs_ear_note *note, const struct hs_rule *rule,
                     const struct hs_judgement *j)
{
    hs_html_literal(h, "<p class=\"fact\">You hear \xe2\x80\x9c");
    hs_html_text(h, note->note);
    hs_html_literal(h, "\xe2\x80\x9d, understood as ");
    hs_html_rule_link(h, rule->id);
    if (!j || !isfinite(j->value)) {
        hs_html_literal(h, ": that could not be judged here.</p>");
        return;
    }
    hs_html_literal(h, ": ");
    hs_html_quantity(h, j->value, hs_unit_digits(rule->unit), rule->unit);
    hs_html_literal(h, " is measured");
    if (isfinite(j->steps) && rule->side) {
        const double lean = (double)j->steps;
        hs_html_text(h, fabs(lean) < 1 ? ", near the middle of what is expected"
                        : lean > 0     ? ", on the side that you hear, in range"
                                       : ", on the other side of the middle");
    }
    put_move(h, rule, j);
    hs_html_literal(h, ".</p>");
}

void hs_html_heard_words(struct hs_html *h, const struct hs_track_result *t)
{
    for (size_t i = 0; i < t->n_ticks; i++) {
        const struct hs_ear_note *note = &t->ticks[i];
        const struct hs_rule *rule = note->note && note->rule ? hs_rule_find(note->rule) : NULL;
        if (rule && note->heard_master == HS_ANSWER_YES && !is_answered(t, rule, note->note))
            put_note(h, note, rule, hs_track_judgement(t, rule->id));
    }
}
