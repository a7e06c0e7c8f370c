/* SPDX-License-Identifier: Apache-2.0 */
/* One channel that comes later than the other: by the pair, else by the file. */
#ifndef HS_JUDGE_CHANNEL_LATE_H
#define HS_JUDGE_CHANNEL_LATE_H

#include "judge/rule.h"

/* The reading of `channel_delay` in ms, positive where left is late. */
void hs_read_channel_late(const struct hs_rule *rule, const struct hs_case *c,
                          struct hs_reading *out);
void hs_correct_channel_late(const struct hs_rule *rule, const struct hs_case *c,
                             const struct hs_finding *f, struct hs_correction *out);

/* Whether the pair shows that a channel of the master comes so much later than in the mix, all
 * through or in parts, that its width and phase are those of the delay. */
bool hs_channel_late_by_pair(const struct hs_case *c);

#endif
