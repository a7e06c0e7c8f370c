/* SPDX-License-Identifier: Apache-2.0 */
/* Made by scripts/measure-catalogues; see docs/distributions.md. */
#include "judge/builtin.h"

const double hs_builtin_percussiveness = 0;
const int hs_builtin_tracks = 59;

/* centre, spread, slope */
const struct hs_builtin_band hs_builtin_bands[HS_BANDS] = {
    {-15.12, 13.74, 0},
    {-10.19, 13.80, 0},
    {-4.24, 13.09, 0},
    {0.28, 11.58, 0},
    {3.59, 10.25, 0},
    {5.52, 8.06, 0},
    {5.05, 7.11, 0},
    {4.66, 6.53, 0},
    {3.68, 5.84, 0},
    {2.27, 5.23, 0},
    {2.44, 4.03, 0},
    {1.90, 4.09, 0},
    {1.88, 2.96, 0},
    {1.84, 3.52, 0},
    {0.66, 2.58, 0},
    {0.23, 2.85, 0},
    {-0.35, 2.73, 0},
    {-1.48, 2.70, 0},
    {-2.36, 2.92, 0},
    {-3.66, 3.68, 0},
    {-4.89, 4.53, 0},
    {-6.16, 5.45, 0},
    {-7.10, 5.90, 0},
    {-8.69, 6.20, 0},
    {-10.63, 7.06, 0},
    {-11.86, 8.25, 0},
    {-12.76, 9.26, 0},
    {-15.43, 10.12, 0},
    {-16.98, 11.25, 0},
    {-21.33, 13.23, 0},
    {-35.51, 24.44, 0},
};

/* rule, centre, spread, tracks, slope, spread of mastering moves */
const struct hs_builtin hs_builtin_rules[] = {
    {"sub_heavy", -0.17, 11.4, 59, 0, 1},
    {"boomy", 4.68, 6.28, 59, 0, 0.7},
    {"thin", 4.33, 5.9, 59, 0, 0.7},
    {"muddy", 4.5, 3.56, 59, 0, 0.5},
    {"hollow", 4.5, 3.56, 59, 0, 0.5},
    {"harsh", -0.33, 3.05, 59, 0, 0.5},
    {"bright", -13.6, 8.96, 59, 0, 0.7},
    {"dull", -13.6, 8.96, 59, 0, 0.7},
    {"over_limited", 10.1, 2.18, 59, 0, 1.5},
    {"too_dynamic", 6.49, 4.76, 50, 0, 1},
    {"wide", -5.96, 5.32, 50, 0, 0.7},
    {"narrow", -5.96, 5.32, 50, 0, 0.7},
    {"sides_wide", -3.69, 4.08, 50, 0, 0.7},
    {"lopsided", 0, 0.9, 50, 0, 0.2},
    {"bass_wide", -8.5, 7.04, 50, 0, 1},
    {"level_jump", 0, 3.57, 50, 0, 0},
    {"tone_jump", 0, 12.1, 50, 0, 0},
    {"over_compressed", 13, 2.4, 0, 0, 1.5},
};
const size_t hs_n_builtin_rules = sizeof hs_builtin_rules / sizeof *hs_builtin_rules;
