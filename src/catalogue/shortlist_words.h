/* SPDX-License-Identifier: Apache-2.0 */
/* Why a track is on the short list, in words. */
#ifndef HS_CATALOGUE_SHORTLIST_WORDS_H
#define HS_CATALOGUE_SHORTLIST_WORDS_H

#include "model/audit.h"

/* The primary finding `f`, how many others lead, and every weight of the row's priority; lives in
 * `a`. */
const char *hs_shortlist_why(struct hs_arena *a, const struct hs_finding *f, int others,
                             const struct hs_shortlist_row *row);

#endif
