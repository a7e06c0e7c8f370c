/* SPDX-License-Identifier: Apache-2.0 */
/* How far the level of an instrument may be off for being an output of a separator. Pure. */
#ifndef HS_STEMS_OUTPUTS_H
#define HS_STEMS_OUTPUTS_H

#include "stems/reading.h"

/* Widens the bound of what a separator gave, and takes away the numbers that separators spoil. */
void hs_stem_doubt_output(const struct hs_stem_fitting *f, size_t file,
                          const struct hs_stem_set *set, struct hs_instrument *in);

#endif
