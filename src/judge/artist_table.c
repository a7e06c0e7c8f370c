/* SPDX-License-Identifier: Apache-2.0 */
/* Made by scripts/catalogue-artists; see docs/artists.md. */
#include "judge/artists.h"

/* rule, share between artists, artists, songs, of these at or above each level */
const struct hs_artists hs_artists_rules[] = {
    {"sub_heavy", 0.47, 25, 288, {18, 7, 2, 1}},
    {"boomy", 0.27, 25, 288, {15, 10, 2, 0}},
    {"thin", 0.19, 25, 288, {30, 20, 17, 3}},
    {"muddy", 0.15, 25, 288, {42, 23, 13, 5}},
    {"hollow", 0.29, 25, 288, {9, 5, 1, 1}},
    {"harsh", 0.18, 25, 288, {28, 17, 8, 1}},
    {"bright", 0.47, 24, 275, {28, 18, 10, 0}},
    {"dull", 0.26, 24, 275, {29, 22, 15, 6}},
    {"bass_low", 0.08, 25, 263, {20, 11, 6, 0}},
    {"bass_loud", 0.12, 25, 263, {11, 4, 1, 0}},
    {"over_limited", 0.28, 25, 288, {21, 13, 10, 1}},
    {"over_compressed", 0.29, 25, 288, {22, 11, 7, 0}},
    {"pumping", 0.06, 25, 281, {8, 1, 1, 1}},
    {"too_dynamic", 0.19, 25, 254, {24, 11, 5, 0}},
    {"wet", 0.41, 25, 282, {9, 3, 1, 0}},
    {"dry", 0.24, 25, 282, {25, 12, 5, 0}},
    {"kick_low", 0.20, 23, 85, {5, 1, 0, 0}},
    {"kick_loud", 0.20, 23, 85, {7, 3, 3, 1}},
    {"snare_low", 0.20, 13, 40, {2, 1, 1, 0}},
    {"snare_loud", 0.20, 13, 40, {4, 3, 1, 1}},
    {"wide", 0.34, 24, 239, {22, 5, 0, 0}},
    {"narrow", 0.21, 24, 239, {15, 10, 6, 0}},
    {"sides_wide", 0.17, 24, 239, {15, 3, 0, 0}},
    {"lopsided", 0.06, 24, 239, {34, 20, 16, 13}},
    {"bass_wide", 0.32, 24, 239, {12, 0, 0, 0}},
    {"level_jump", 0.05, 25, 284, {36, 20, 14, 9}},
    {"tone_jump", 0.05, 25, 284, {21, 13, 9, 6}},
};
const size_t hs_n_artists_rules = sizeof hs_artists_rules / sizeof *hs_artists_rules;
