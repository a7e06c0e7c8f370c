/* SPDX-License-Identifier: Apache-2.0 */
/* What is missing among the stems. Pure. */
#ifndef HS_STEMS_GAPS_H
#define HS_STEMS_GAPS_H

#include "core/arena.h"
#include "stems/fitting.h"

/* Whether so much of the file is left that something of it must be in no stem, and no limiter did
 * it: the mix, which is file 0, has it too. */
bool hs_stem_lacks_some(const struct hs_stem_fitting *f, size_t file);
/* What none of the stems explains, in one sentence; NULL: nothing much. */
const char *hs_stem_missing(const struct hs_stem_fitting *f, size_t file, struct hs_arena *arena);

#endif
