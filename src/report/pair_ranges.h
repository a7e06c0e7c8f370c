/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where in the spectrum something was at work in a pair: the bands of a multiband processor, and
 * what the mix does not explain. Words of `compare` and of the page of a pair.
 */
#ifndef HS_REPORT_PAIR_RANGES_H
#define HS_REPORT_PAIR_RANGES_H

#include "core/buf.h"
#include "model/audit.h"

/* " above 650 Hz alone, as a de-esser" where bands at one end are left as they are; nothing where
 * all of them move, or are not known. */
void hs_pair_bands_words(const struct hs_values *pair, struct hs_buf *out);
/* ", most of it above 3.2 kHz" or "below 100 Hz", of what the mix does not explain; nothing where
 * it lies where the music does. */
void hs_pair_unexplained_words(const struct hs_track_result *t, struct hs_buf *out);

#endif
