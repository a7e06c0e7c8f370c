/* SPDX-License-Identifier: Apache-2.0 */
/* Titles of findings, and sentences of those that a pair makes. Texts are in the arena. */
#ifndef HS_JUDGE_FINDING_WORDS_H
#define HS_JUDGE_FINDING_WORDS_H

#include "judge/rule.h"

/* Whether a move of mastering alone made it and the master is in range: then its title is that of
 * the move, for the fault is not in the master. */
bool hs_finding_is_move(const struct hs_finding *f);
/* "brightened by mastering" of such a finding, else the title of its rule; an unknown rule is its
 * own title. */
const char *hs_finding_title(const struct hs_finding *f);
/* What pushed a mix just below its limit over it; `moved`: the change of the value. */
const char *hs_finding_cause(const struct hs_rule *rule, const struct hs_case *c, double moved);
/* Of a finding that is a move of mastering. */
const char *hs_finding_say_move(const struct hs_rule *rule, const struct hs_finding *f,
                                struct hs_arena *arena);
/* Sets the evidence of a fault that only the mix shows, and that was not undone. */
void hs_finding_say_not_undone(const struct hs_rule *rule, const struct hs_case *c,
                               struct hs_finding *f);

#endif
