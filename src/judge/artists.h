/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the songs of other artists say of a rule: how much artists differ, and how often it fires.
 * Made by scripts/catalogue-artists; the figures stand in docs/artists.md.
 */
#ifndef HS_JUDGE_ARTISTS_H
#define HS_JUDGE_ARTISTS_H

#include <stddef.h>

struct hs_artists {
    const char *rule;
    double share;       /* of the variance of songs that lies between artists; 0 not known */
    int artists, songs; /* behind the counts */
    int at_level[4];    /* songs at or above note, minor, moderate, severe */
};

extern const struct hs_artists hs_artists_rules[];
extern const size_t hs_n_artists_rules;

/* NULL where nothing was counted. */
const struct hs_artists *hs_artists_find(const char *rule);

#endif
