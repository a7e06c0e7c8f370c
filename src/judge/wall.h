/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The wall in which the content of a file ends, and what the other file of the pair says of it.
 * Pure.
 */
#ifndef HS_JUDGE_WALL_H
#define HS_JUDGE_WALL_H

#include "judge/rule.h"

/* A wall: the content ends in a cliff, well below what the rate could hold. */
struct hs_wall {
    bool there;
    double bandwidth_hz;
};

/* A file that reaches so many times as far as another one ends elsewhere. */
#define HS_ENDS_ELSEWHERE 1.1

/* A cliff that neither the sample rate nor a lower one explains. */
struct hs_wall hs_wall_of(const struct hs_values *v);
/* The other file of the pair, as far as both share it; NULL without a pair. */
const struct hs_values *hs_other_of_pair(const struct hs_case *c);
/* Whether this file, which ends at own_hz, ends where the other one of the pair has a wall, or
 * below, and nothing was cut between them. */
bool hs_wall_is_shared(const struct hs_case *c, double own_hz, double others_hz);
/* Whether the pair shows that the wall of this file at own_hz is none. */
bool hs_wall_is_none(const struct hs_case *c, double own_hz);

#endif
