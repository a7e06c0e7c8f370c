/* SPDX-License-Identifier: Apache-2.0 */
/* Sentences of findings that a pair makes. Texts are in the arena. */
#ifndef HS_JUDGE_FINDING_WORDS_H
#define HS_JUDGE_FINDING_WORDS_H

#include "judge/rule.h"

/* What pushed a mix just below its limit over it; `moved`: the change of the value. */
const char *hs_finding_cause(const struct hs_rule *rule, const struct hs_case *c, double moved);
/* Of a finding that is a move of mastering. */
const char *hs_finding_say_move(const struct hs_rule *rule, const struct hs_finding *f,
                                struct hs_arena *arena);
/* Sets the evidence of a fault that only the mix shows, and that was not undone. */
void hs_finding_say_not_undone(const struct hs_rule *rule, const struct hs_case *c,
                               struct hs_finding *f);

#endif
