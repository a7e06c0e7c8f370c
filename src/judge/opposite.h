/* SPDX-License-Identifier: Apache-2.0 */
/* Opposite faults of one part of the spectrum: what the one calls a repair, asked of the other. */
#ifndef HS_JUDGE_OPPOSITE_H
#define HS_JUDGE_OPPOSITE_H

#include "judge/reference_model.h"

/* Where a move of tone leads to from the mix: the transfer has a zero of its own, so that this may
 * differ from the reading of the master. */
struct hs_reading hs_moved_to(const struct hs_rule *rule, const struct hs_reading *master,
                              const struct hs_reading *mix, double change);

/* Opposite rules have zones and centres of their own. One of them calls a move a repair that the
 * other sees lead away from its centre: then nothing is mended that either would name, and the move
 * is one. */
bool hs_move_is_disputed(const struct hs_reference_model *model, const struct hs_case *c,
                         size_t leave_out);

#endif
