/* SPDX-License-Identifier: Apache-2.0 */
/* One channel that is gone for a while: half of the record is lost there. */
#ifndef HS_JUDGE_ONE_SIDE_H
#define HS_JUDGE_ONE_SIDE_H

#include "judge/pair_faults.h"

/* As severe as what all hear that is 20 dB down, by its seconds: a tenth of one is moderate, five
 * are severe. Indexed by severity. */
extern const double hs_of_drops[];

/* What the file shows by itself, beside what the pair has found of the same channel; false where
 * that is nothing. A part that is played on one side alone is none: the other one would not keep
 * its level, or has nothing in common with it. */
bool hs_one_side_fault(const struct hs_case *c, struct hs_pair_fault *out);

/* The channel that is gone for longer, by the pair or by the file; HS_CHANNEL_BOTH: none is. */
enum hs_move_channel hs_one_side_gone(const struct hs_case *c);

/* The same, but only where it is gone for a tenth of the file and for long enough to make the lean
 * that the file has: then lean and width of the whole follow from it. */
enum hs_move_channel hs_one_side_leans(const struct hs_case *c);

#endif
