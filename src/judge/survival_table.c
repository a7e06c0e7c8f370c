/* SPDX-License-Identifier: Apache-2.0 */
/* Made by scripts/survival-catalogues; see docs/survival.md. */
#include "judge/survival_table.h"

const struct hs_builtin hs_survival_builtins[HS_N_SURVIVAL_RULES] = {
    {"codec_overs", 0.0931, 0.811, 0.25, 102, 0, 0.3, 1, 1},
    {"fm_regrowth", 1.8, 3.09, 0.928, 294, 0, 1.5, 1, 1},
    {"fm_drive", 1.06, 2.95, 0.655, 294, 0, 1, 1, 1},
    {"car_bass_lost", 66.7, 33.1, 12, 294, 0, 7, 1, 1},
    {"car_passages_lost", 0, 6.38, 5, 125, 0, 3, 1, 1},
    {"phone_bass_lost", -9.32, 7.87, 4.16, 260, 0, 2, 1, 1},
};
