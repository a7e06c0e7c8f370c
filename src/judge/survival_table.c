/* SPDX-License-Identifier: Apache-2.0 */
/* Made by scripts/survival-catalogues; see docs/survival.md. */
#include "judge/survival_table.h"

const struct hs_builtin hs_survival_builtins[HS_N_SURVIVAL_RULES] = {
    {"codec_overs", 0.2, 0.5, 0.4, 60, 0, 0.3, 1, 1},
    {"fm_regrowth", 1.5, 1.6, 1.2, 224, 0, 1.5, 1, 1},
    {"fm_drive", 1, 1, 1, 224, 0, 1, 1, 1},
    {"car_bass_lost", 60, 20, 14, 224, 0, 7, 1, 1},
    {"car_passages_lost", 0, 6, 5, 224, 0, 3, 1, 1},
    {"phone_bass_lost", -14, 8, 6, 180, 0, 2, 1, 1},
};
