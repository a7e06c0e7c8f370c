/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sentence of a finding with its numbers. Where a rule had nothing of its own to say, it is
 * made of value and range when somebody reads it: there may be very many findings in memory.
 */
#ifndef HS_JUDGE_EVIDENCE_H
#define HS_JUDGE_EVIDENCE_H

#include "core/arena.h"
#include "model/audit.h"

/* f->evidence, or the sentence of a plain finding in `arena`. */
const char *hs_finding_evidence(const struct hs_finding *f, struct hs_arena *arena);

#endif
