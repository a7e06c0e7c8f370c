/* SPDX-License-Identifier: Apache-2.0 */
/* Made by scripts/measure-catalogues; see docs/distributions.md. */
#include "judge/builtin.h"

const double hs_builtin_percussiveness = 0.5;
const int hs_builtin_tracks = 13;

/* centre, spread, slope */
const struct hs_builtin_band hs_builtin_bands[HS_BANDS] = {
    {-12.0, 9.0, 0},
    {-6.0, 8.0, 0},
    {-0.5, 7.0, 0},
    {2.0, 6.6, 0},
    {4.9, 6.3, 0},
    {6.4, 5.1, 0},
    {6.7, 5.2, 0},
    {6.0, 4.7, 0},
    {4.3, 4.7, 0},
    {2.8, 3.4, 0},
    {2.1, 3.1, 0},
    {1.9, 3.5, 0},
    {1.7, 2.4, 0},
    {1.2, 2.9, 0},
    {0.5, 2.0, 0},
    {0.0, 2.6, 0},
    {-0.7, 2.6, 0},
    {-1.5, 2.3, 0},
    {-2.4, 2.2, 0},
    {-3.4, 2.9, 0},
    {-4.5, 3.7, 0},
    {-5.4, 4.2, 0},
    {-6.2, 4.3, 0},
    {-7.3, 3.6, 0},
    {-8.4, 3.1, 0},
    {-9.4, 4.0, 0},
    {-10.5, 5.4, 0},
    {-12.0, 4.3, 0},
    {-14.6, 4.6, 0},
    {-18.4, 5.4, 0},
    {-30.0, 9.0, 0},
};

/* rule, centre, spread, tracks, slope, spread of mastering moves */
const struct hs_builtin hs_builtin_rules[] = {
    {"sub_heavy", 2.13, 6.00, 13, 0, 1.5},
    {"boomy", 5.85, 4.80, 13, 0, 1},
    {"thin", 5.24, 4.60, 13, 0, 1},
    {"muddy", 3.81, 3.00, 13, 0, 1},
    {"hollow", 3.81, 3.00, 13, 0, 1},
    {"harsh", -0.21, 2.50, 13, 0, 1},
    {"bright", -10.98, 4.50, 13, 0, 1},
    {"dull", -10.98, 4.50, 13, 0, 1},
    {"wide", -8.00, 3.50, 13, 0, 1.5},
    {"narrow", -8.00, 3.50, 13, 0, 1.5},
    {"sides_wide", -8.00, 3.50, 13, 0, 1.5},
    {"lopsided", 0.00, 0.60, 13, 0, 0.3},
    {"bass_wide", -18.00, 6.00, 13, 0, 3},
    {"over_limited", 10.50, 2.20, 13, 0, 2},
    {"too_dynamic", 7.00, 3.40, 13, 0, 1.5},
};
const size_t hs_n_builtin_rules = sizeof hs_builtin_rules / sizeof *hs_builtin_rules;
