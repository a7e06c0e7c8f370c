/* SPDX-License-Identifier: Apache-2.0 */
/* Hum of the mains, by the file and by what came in since the mix. */
#ifndef HS_JUDGE_HUM_H
#define HS_JUDGE_HUM_H

#include "judge/rule.h"

/* Of both the graver counts. A line that may be one of the lowest musical notes is a note at most.
 */
void hs_read_hum(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out);
/* Not where the frequency may be a note that is played. */
void hs_correct_hum(const struct hs_rule *rule, const struct hs_case *c, const struct hs_finding *f,
                    struct hs_correction *out);

#endif
