/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How far mastering moved a value, in the unit of the rule: master minus mix. Pure.
 */
#ifndef HS_JUDGE_CHANGE_H
#define HS_JUDGE_CHANGE_H

#include "judge/rule.h"

/* Over what both files share; NaN where the pair cannot tell, and for rules that know no usual
 * move. `c` is the case of the master. */
double hs_change_by_mastering(const struct hs_rule *rule, const struct hs_case *c,
                              const struct hs_reading *master, const struct hs_reading *mix);

#endif
