/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How much artists differ: the share (0 to 1) of the variance of songs that lies between artists.
 * A habit has to stand out from that; otherwise it is the artist's sound. Constant table.
 */
#ifndef HS_JUDGE_ARTIST_SHARE_H
#define HS_JUDGE_ARTIST_SHARE_H

#include "judge/rule.h"

/* NULL: that of a rule of which nothing is known. */
double hs_artist_share(const struct hs_rule *rule);

#endif
