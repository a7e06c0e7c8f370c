/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of a master at a destination, in a sentence. */
#ifndef HS_REPORT_SURVIVAL_WORDS_H
#define HS_REPORT_SURVIVAL_WORDS_H

#include "report/survival.h"

/* In one sentence, in `a`; NULL where nothing is known, with the reason in *why. */
const char *hs_survival_words(const struct hs_audit *audit, const struct hs_track_result *t,
                              enum hs_survival_place place, struct hs_arena *a, const char **why);
/* What is said of the songs at fault by a rule: "9 of 12 " and "lose their bass line on a phone".
 * NULL where it is no rule of survival. */
const char *hs_survival_of_many(const char *rule);

#endif
