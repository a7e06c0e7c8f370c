/* SPDX-License-Identifier: Apache-2.0 */
/* Made by scripts/catalogue-artists; see docs/artists.md. */
#include "judge/artists.h"

/* rule, share between artists, artists, songs, of these at or above each level */
const struct hs_artists hs_artists_rules[] = {
    {"sub_heavy", 0.30, 25, 288, {15, 7, 5, 1}},
    {"boomy", 0.26, 25, 288, {16, 10, 3, 0}},
    {"thin", 0.14, 25, 288, {24, 18, 8, 3}},
    {"muddy", 0.14, 25, 288, {38, 19, 12, 2}},
    {"hollow", 0.28, 25, 288, {9, 5, 1, 1}},
    {"harsh", 0.18, 25, 288, {27, 17, 8, 1}},
    {"bright", 0.42, 24, 275, {28, 19, 13, 1}},
    {"dull", 0.22, 24, 275, {27, 20, 12, 3}},
    {"bass_low", 0.11, 25, 280, {21, 9, 1, 0}},
    {"bass_loud", 0.23, 25, 280, {8, 2, 0, 0}},
    {"over_limited", 0.25, 25, 288, {18, 8, 1, 0}},
    {"over_compressed", 0.29, 25, 288, {23, 10, 7, 0}},
    {"pumping", 0.06, 25, 281, {8, 1, 1, 1}},
    {"too_dynamic", 0.18, 25, 254, {21, 10, 5, 0}},
    {"wet", 0.37, 25, 282, {7, 3, 0, 0}},
    {"dry", 0.22, 25, 282, {23, 8, 4, 0}},
    {"kick_low", 0.20, 23, 85, {5, 1, 0, 0}},
    {"kick_loud", 0.20, 23, 85, {3, 3, 2, 0}},
    {"snare_low", 0.20, 13, 40, {1, 1, 1, 0}},
    {"snare_loud", 0.20, 13, 40, {1, 1, 1, 1}},
    {"wide", 0.33, 24, 251, {12, 1, 0, 0}},
    {"narrow", 0.11, 24, 251, {13, 12, 10, 6}},
    {"sides_wide", 0.26, 24, 251, {8, 0, 0, 0}},
    {"lopsided", 0.06, 24, 251, {34, 20, 16, 13}},
    {"bass_wide", 0.38, 24, 251, {3, 0, 0, 0}},
    {"level_jump", 0.05, 25, 285, {19, 10, 7, 2}},
    {"tone_jump", 0.05, 25, 285, {15, 6, 6, 2}},
};
const size_t hs_n_artists_rules = sizeof hs_artists_rules / sizeof *hs_artists_rules;
