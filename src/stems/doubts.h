/* SPDX-License-Identifier: Apache-2.0 */
/* Why an instrument of a file is not judged. Pure. */
#ifndef HS_STEMS_DOUBTS_H
#define HS_STEMS_DOUBTS_H

#include "stems/reading.h"
#include "stems/work.h"

/* Whether a stem was measured and nothing was loud enough to have a loudness. */
bool hs_stem_is_silent(const struct hs_file *stem);
/* Whether nothing is loud enough in any of them to have a loudness, as their measures say. */
bool hs_stems_all_silent(const struct hs_stems_order *order);
/* Why a key is not judged whatever a fit says: it is silent, the whole song, or `otherwise`. */
const char *hs_stem_why_of(const struct hs_stem_work *w, int key, const char *otherwise);
/* Why the level of an instrument that was read is not judged; NULL: it is. Tells which one it is
 * like, and whether it drowned. */
const char *hs_stem_doubt(const struct hs_stem_work *w, size_t file, const struct hs_stem_set *set,
                          struct hs_instrument *in);
/* What sounds in the mix for too short a time is not judged in its master either: there a limiter
 * lifts what little there is over the line. n instruments of each, in the same order. */
void hs_stem_doubt_master(const struct hs_instrument *mix, struct hs_instrument *master, size_t n);

#endif
