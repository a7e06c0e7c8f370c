/* SPDX-License-Identifier: Apache-2.0 */
/* What a fit says of each instrument of a track. Pure. */
#ifndef HS_STEMS_INSTRUMENTS_H
#define HS_STEMS_INSTRUMENTS_H

#include "stems/work.h"

/* Readings of each stem, then of each role that has several stems, on each side that was fitted.
 * `out` has room for all; what it points to lives in the arena. */
void hs_stem_read_instruments(struct hs_stem_work *w, const struct hs_stem_bands *bands,
                              struct hs_arena *arena, struct hs_instruments *out);
/* Instruments of a file in which nothing was fitted say why. */
void hs_stem_tell_unfitted(const struct hs_stem_work *w, struct hs_instruments *out);

#endif
