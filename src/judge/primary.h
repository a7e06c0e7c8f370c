/* SPDX-License-Identifier: Apache-2.0 */
/* One cause, one finding: which findings of a track belong to another. */
#ifndef HS_JUDGE_PRIMARY_H
#define HS_JUDGE_PRIMARY_H

#include "model/audit.h"

/* Sets explained_by of each finding to the rule of its primary finding; NULL for primary ones. Two
 * findings are compared where one rule names the other in its `explained_by`. The one that is named
 * there is primary, unless the other lies clearly further out. A primary finding is never explained
 * by another one. */
void hs_primary_assign(struct hs_finding *findings, size_t n);
/* Whether a finding that is part of `lead` might lead on another track: neither a mechanism nor a
 * law between the two values decides. */
bool hs_primary_by_weight(const struct hs_finding *f, const struct hs_finding *lead);

#endif
