/* SPDX-License-Identifier: Apache-2.0 */
/* What is missing among the stems. Pure. */
#ifndef HS_STEMS_GAPS_H
#define HS_STEMS_GAPS_H

#include "core/arena.h"
#include "stems/fitting.h"

/* What none of the stems explains, in one sentence; NULL: nothing much. */
const char *hs_stem_missing(const struct hs_stem_fitting *f, size_t file, struct hs_arena *arena);

#endif
