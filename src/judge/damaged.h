/* SPDX-License-Identifier: Apache-2.0 */
/* The reading of `damaged`: seconds of music that are missing or not as they should be, with their
 * places; and what mends it. */
#ifndef HS_JUDGE_DAMAGED_H
#define HS_JUDGE_DAMAGED_H

#include "judge/rule.h"

void hs_read_damaged(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out);

/* Another copy; or, of a wrong speed that is as severe as all else, the right one. */
void hs_correct_damaged(const struct hs_rule *rule, const struct hs_case *c,
                        const struct hs_finding *f, struct hs_correction *out);

#endif
