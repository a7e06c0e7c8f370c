/* SPDX-License-Identifier: Apache-2.0 */
/* `accept` and `heard: no` name rules; `intended` has plain words, which judge/words.h knows. */
#include "judge/finding_settings.h"

#include "judge/words.h"

#include <string.h>

/* Whether the job says, in plain words (`intended`), that the song is meant to be like this. A song
 * that is meant to be dark is meant to be darker than its neighbours, and not brighter. */
static bool is_intended(const struct hs_track *t, const struct hs_finding *f)
{
    const struct hs_rule *rule = hs_rule_find(f->rule);
    const char *also = rule->intended_as[f->value > 0];
    for (size_t i = 0; i < t->n_intended; i++) {
        const char *named = hs_judge_rule_of_words(t->intended[i]);
        if (named &&
            ((hs_same_rule(named, f->rule) && hs_judge_words_fit(t->intended[i], rule, f->value)) ||
             (also && hs_same_rule(named, also))))
            return true;
    }
    return false;
}

/* What the job says of the finding: accepted with its reason, intended (accepted as well), or not
 * heard (it still counts). */
void hs_finding_settings(const struct hs_case *c, struct hs_finding *f)
{
    const struct hs_track *t = c->result ? c->result->track : NULL;
    for (size_t i = 0; t && i < t->n_accept; i++)
        if (!strcmp(t->accept[i].rule, f->rule)) {
            f->accepted = true;
            f->accepted_why = t->accept[i].why;
        }
    if (t && !f->accepted && is_intended(t, f)) {
        f->accepted = true;
        f->accepted_why = "intended";
    }
    for (size_t i = 0; t && i < t->n_not_heard; i++)
        f->not_heard |= hs_same_rule(t->not_heard[i], f->rule);
}
