/* SPDX-License-Identifier: Apache-2.0 */
/* What the job says of a finding. */
#ifndef HS_JUDGE_FINDING_SETTINGS_H
#define HS_JUDGE_FINDING_SETTINGS_H

#include "judge/rule.h"

/* Accepted with its reason, intended (accepted as well), or not heard (it still counts). */
void hs_finding_settings(const struct hs_case *c, struct hs_finding *f);

#endif
