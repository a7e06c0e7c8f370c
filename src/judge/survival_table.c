/* SPDX-License-Identifier: Apache-2.0 */
/* Made by scripts/survival-catalogues; see docs/survival.md. */
#include "judge/survival_table.h"

const struct hs_builtin hs_survival_builtins[HS_N_SURVIVAL_RULES] = {
    {"codec_overs", 0.4, 1.3, 1.3, 11, 0, 0.3, 1, 1},
    {"fm_regrowth", 2.4, 3.54, 1.53, 45, 0, 1.5, 1, 1},
    {"fm_drive", 1.25, 3.34, 0.62, 45, 0, 1, 1, 1},
    {"car_bass_lost", 66.7, 32.6, 12.7, 45, 0, 7, 1, 1},
    {"car_passages_lost", 0, 30.1, 5, 45, 0, 3, 1, 1},
    {"phone_bass_lost", -11.1, 9.04, 2.64, 41, 0, 2, 1, 1},
};
