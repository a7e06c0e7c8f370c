/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/held_against.h"

#include "judge/artist_share.h"
#include "judge/moves.h"

#include <math.h>
#include <string.h>

/* Pairs behind the built-in spread of moves, counted as those of one engineer; the share of the
 * variance of moves that lies between engineers. */
enum { BUILTIN_MOVES = 56 };
static const double engineer_share = .20;
/* Habits of moves are known to tenths of a decibel and reach further out than those of songs do:
 * with 3 spreads as the largest one of 6 dB fitted worse than one of 3 dB. */
static const double largest_move = 5;
/* The rate of what lies three spreads out. No base rate of moves is taken to be lower: 56 pairs say
 * nothing about rarer ones. */
static const double least_rate = .00135;

void hs_against_songs(const struct hs_rule *rule, const struct hs_base_rate *base,
                      struct hs_evidence_counts *e)
{
    e->fixed_thresholds = rule && rule->thresholds;
    e->artist_share = hs_artist_share(rule);
    e->artists = fmax(1, base->builtin.artists + base->references.artists);
    e->references = base->references.judged;
    e->base = hs_base_of(&base->builtin);
    if (e->references > 0)
        e->base = hs_base_of_references(&base->references, &e->base);
}

void hs_against_physics(const struct hs_rule *rule, const struct hs_base_rate *base,
                        struct hs_evidence_counts *e)
{
    (void)base;
    const struct hs_physics *p = &rule->physics;
    struct hs_base_levels counts = {.judged = p->judged, .artists = p->artists};
    memcpy(counts.fired, p->fired, sizeof counts.fired);
    e->fixed_thresholds = true;
    e->artist_share = hs_artist_share(rule);
    e->artists = p->artists;
    e->base = hs_base_of(&counts);
}

void hs_against_moves(const struct hs_rule *rule, const struct hs_base_rate *base,
                      struct hs_evidence_counts *e)
{
    (void)base;
    double rate[HS_LEVELS];
    for (int l = 0; l < HS_LEVELS; l++)
        rate[l] = fmax(hs_moves_rate(rule, (enum hs_severity)(HS_NOTE + l)), least_rate);
    e->artist_share = engineer_share;
    e->largest = largest_move;
    e->artists = INFINITY; /* their centre is no change, whoever mastered */
    e->base = hs_base_of_spread(rate, BUILTIN_MOVES);
}
