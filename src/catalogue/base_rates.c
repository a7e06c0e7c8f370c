/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The built-in count of a rule comes from the table of artists (judge/artists.h), which has all
 * four levels. Rules that are not in it have a count of `minor` in their row; the other levels are
 * estimated from it.
 */
#include "catalogue/base_rates.h"

#include "judge/artists.h"
#include "judge/rule.h"

#include <math.h>

/* The catalogues behind the counts of rules that were not counted by artist. */
enum { BUILTIN_ARTISTS = 6 };
/* For each track that reaches minor, those that reach note, minor, moderate, severe: as the prior
 * of catalogue/fault_count.c has them. */
static const double reach[HS_LEVELS] = {.097 / .052, 1, .028 / .052, .0050 / .052};

struct hs_base_levels hs_base_levels_of(int fired, int judged, double artists)
{
    struct hs_base_levels l = {.judged = judged, .artists = artists};
    for (int i = 0; i < HS_LEVELS; i++)
        l.fired[i] = fmin(reach[i] * fired, judged);
    return l;
}

/* How often a rule fires on songs of others: by artists where they were counted so. */
struct hs_base_rate hs_base_rate_builtin(const char *rule)
{
    const struct hs_rule *r = hs_rule_find(rule);
    const struct hs_artists *counted = hs_artists_find(rule);
    struct hs_base_rate base = {.rule = rule};
    if (!counted) {
        base.builtin =
            hs_base_levels_of(r ? r->base.fired : 0, r ? r->base.judged : 0, BUILTIN_ARTISTS);
        return base;
    }
    base.builtin.judged = counted->songs;
    base.builtin.artists = counted->artists;
    for (int i = 0; i < HS_LEVELS; i++)
        base.builtin.fired[i] = counted->at_level[i];
    return base;
}
