/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How real music holds up: centres and spreads of the rules of survival, made by
 * scripts/survival-catalogues and told in docs/survival.md. Constant data.
 */
#ifndef HS_JUDGE_SURVIVAL_TABLE_H
#define HS_JUDGE_SURVIVAL_TABLE_H

#include "judge/builtin.h"

enum hs_survival_rule {
    HS_RULE_CODEC_OVERS,
    HS_RULE_FM_REGROWTH,
    HS_RULE_FM_DRIVE,
    HS_RULE_CAR_BASS_LOST,
    HS_RULE_CAR_PASSAGES_LOST,
    HS_RULE_PHONE_BASS_LOST,
    HS_N_SURVIVAL_RULES,
};
extern const struct hs_builtin hs_survival_builtins[HS_N_SURVIVAL_RULES];

#endif
