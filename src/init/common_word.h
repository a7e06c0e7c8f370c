/* SPDX-License-Identifier: Apache-2.0 */
/* What two titles have in common. */
#ifndef HS_INIT_COMMON_WORD_H
#define HS_INIT_COMMON_WORD_H

#include "init/archive.h"

/* A word of three letters or more of both titles, as a key in the arena; NULL where they have none
 * in common. */
const char *hs_init_common_word(struct hs_arena *a, const struct hs_take *x,
                                const struct hs_take *y);

#endif
