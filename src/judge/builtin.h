/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The built-in distribution ("popular"): what released music measures, from published
 * averages and from real catalogues. Made by scripts/measure-catalogues; the figures and
 * their sources stand in docs/distributions.md.
 */
#ifndef HS_JUDGE_BUILTIN_H
#define HS_JUDGE_BUILTIN_H

#include "model/measure.h"

#include <stddef.h>

struct hs_builtin {
    const char *rule;
    double centre, spread;
    double within; /* usual spread within one catalogue */
    int n;         /* tracks of the real catalogues behind it */
    double slope;  /* of the value per unit of percussiveness */
    double moves;  /* spread of what mastering does to the value */
    /* How far one catalogue reaches on the side of the fault, against a normal one of the same
     * robust spread, where 5 % (`edge_scale`) and 2 % (`tail_scale`, of what is left) lie beyond; 1
     * where unknown. */
    double edge_scale, tail_scale;
};

struct hs_builtin_band {
    double centre, spread, within; /* bands_db */
    double slope;                  /* per unit of percussiveness */
};

/* Where the slopes turn: the percussiveness of the middle track. */
extern const double hs_builtin_percussiveness;
extern const struct hs_builtin_band hs_builtin_bands[HS_BANDS];
extern const int hs_builtin_tracks;

extern const struct hs_builtin hs_builtin_rules[];
extern const size_t hs_n_builtin_rules;

/* NULL where the rule has no distribution. */
const struct hs_builtin *hs_builtin_find(const char *rule);

#endif
