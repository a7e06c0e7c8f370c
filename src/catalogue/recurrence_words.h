/* SPDX-License-Identifier: Apache-2.0 */
/* What a row says, in words; they live in the audit's arena and hold no names. */
#ifndef HS_CATALOGUE_RECURRENCE_WORDS_H
#define HS_CATALOGUE_RECURRENCE_WORDS_H

#include "model/audit.h"

/* Why it is not said to recur; NULL where there is nothing to say. */
const char *hs_recurrence_why_not(const struct hs_recurrence *r, const struct hs_evidence_row *x);

/* One sentence with the counts, the interval, the releases, the base rate and the odds. */
const char *hs_recurrence_words(struct hs_audit *audit, const struct hs_recurrence *r,
                                const struct hs_evidence_row *x);

#endif
