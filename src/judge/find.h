/* SPDX-License-Identifier: Apache-2.0 */
/* One rule on the track that its model has looked at: a finding, where there is one, and
 * where the track stands. Texts and times are in the arena of the case. */
#ifndef HS_JUDGE_FIND_H
#define HS_JUDGE_FIND_H

#include "judge/reference_model.h"

/* `leave_out`: index of the reference that is judged itself, or SIZE_MAX. The reading of
 * the master must be judged. True where *finding was filled; *judgement always is. */
bool hs_find(const struct hs_reference_model *model, const struct hs_case *c, size_t leave_out,
             struct hs_finding *finding, struct hs_judgement *judgement);

#endif
