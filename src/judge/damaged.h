/* SPDX-License-Identifier: Apache-2.0 */
/* The reading of `damaged`: seconds of music that are missing or not as they should be, with their
 * places; and what mends it. */
#ifndef HS_JUDGE_DAMAGED_H
#define HS_JUDGE_DAMAGED_H

#include "judge/pair_faults.h"
#include "judge/rule.h"

void hs_read_damaged(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out);

/* What is broken most on a master of which this rule, read so, has a finding. */
enum hs_damage hs_damaged_kind(const struct hs_rule *rule, const struct hs_audit *audit,
                               struct hs_track_result *t);

/* Another copy; or, of a wrong speed that is as severe as all else, the right one. */
void hs_correct_damaged(const struct hs_rule *rule, const struct hs_case *c,
                        const struct hs_finding *f, struct hs_correction *out);

#endif
