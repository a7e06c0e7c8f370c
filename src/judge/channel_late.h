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

/* Whether a late channel, of minor and more, makes a width or the loss in mono: above its first
 * notch it is wide and out of phase. Not what the mix had before mastering delayed it, nor a move
 * of the whole width, which the pair measures with the delay taken back where the mix has sides. */
bool hs_channel_late_makes(const struct hs_finding *lead, const struct hs_finding *f);

#endif
