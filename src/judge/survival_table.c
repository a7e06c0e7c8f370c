/* SPDX-License-Identifier: Apache-2.0 */
/* Made by scripts/survival-catalogues; see docs/survival.md. */
#include "judge/survival_table.h"

const struct hs_builtin hs_survival_builtins[HS_N_SURVIVAL_RULES] = {
    {"codec_overs", 0.459, 1.26, 1.26, 6, 0, 0.3, 1, 1},
    {"fm_regrowth", 1.62, 2.49, 1.73, 16, 0, 1.5, 1, 1},
    {"fm_drive", 0.327, 2.32, 1.22, 16, 0, 1, 1, 1},
    {"car_bass_lost", 54.6, 32.3, 10.1, 16, 0, 7, 1, 1},
    {"car_passages_lost", 0, 37.5, 5, 16, 0, 3, 1, 1},
    {"phone_bass_lost", -9.62, 13.4, 2.07, 15, 0, 2, 1, 1},
};
