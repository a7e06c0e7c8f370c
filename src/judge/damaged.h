/* SPDX-License-Identifier: Apache-2.0 */
/* The reading of `damaged`: seconds of music that are missing, with their places. */
#ifndef HS_JUDGE_DAMAGED_H
#define HS_JUDGE_DAMAGED_H

#include "judge/rule.h"

void hs_read_damaged(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out);

#endif
