/* SPDX-License-Identifier: Apache-2.0 */
/* How many samples were cut, by the wave itself, by what a filter or an encoder has left of it, and
 * by the pair. */
#ifndef HS_JUDGE_CLIPPED_H
#define HS_JUDGE_CLIPPED_H

#include "judge/rule.h"

/* The reading of `clipped`, in samples of a million, on thresholds of its own. */
void hs_read_clipped(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out);

/* Whether the file is made of square waves, which look clipped and limited: flat at many levels, or
 * all the time; one sample in a hundred at least. */
bool hs_made_of_square_waves(const struct hs_case *c);

#endif
