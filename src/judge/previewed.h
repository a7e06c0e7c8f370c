/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the rules say of mixes that were mastered in house: each result is judged as a master
 * would be, at equal loudness, with the mix beside it. Loudness, limiting and true peak are
 * settings of the chain, and are not judged. A standing is where a value stands on the scale of one
 * rule: 0 at the centre, 1 where `minor` begins (struct hs_standing).
 */
#ifndef HS_JUDGE_PREVIEWED_H
#define HS_JUDGE_PREVIEWED_H

#include "judge/rule.h"

/* Whether a preview can say anything about the rule. */
bool hs_judge_foresees(const struct hs_rule *rule);
/* The mix that t->preview is of. */
const struct hs_file *hs_previewed_mix(const struct hs_track_result *t);
/* Fills findings and standings of all previews of the audit, and the standings of the released
 * masters (hs_preview.actual) that the back-test compares them with. Files and pairs must be in
 * place. */
void hs_judge_previews(struct hs_audit *audit);

#endif
