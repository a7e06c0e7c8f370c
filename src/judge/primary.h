/* SPDX-License-Identifier: Apache-2.0 */
/* One cause, one finding: which findings of a track belong to another. */
#ifndef HS_JUDGE_PRIMARY_H
#define HS_JUDGE_PRIMARY_H

#include "model/audit.h"

/* Sets part_of. Findings whose rules are kin (rule.explained_by) and fired together form a
 * pair; the one that stands clearly further out leads, in doubt the one that is named as
 * leader. A leader is never part of another. */
void hs_primary_assign(struct hs_finding *findings, size_t n);

#endif
