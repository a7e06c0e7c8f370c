/* SPDX-License-Identifier: Apache-2.0 */
/* A master that was cut differently: its stretches, each on a line of its own. */
#ifndef HS_PAIR_ALIGN_EDITS_H
#define HS_PAIR_ALIGN_EDITS_H

#include "pair/align.h"

/* Where the main line does not hold everywhere, or nothing was *found yet. Then the segments of
 * a->line are the stretches, a->fine is of the longest, and *found is true; one stretch that is all
 * there is of the recording is none. */
enum hs_status hs_align_edits(struct hs_alignment *a, bool *found, struct hs_error *err);
/* The same whatever else was found, from an a->fine and a->line that are empty: of music of loops
 * all windows may agree by a line that is not theirs. */
enum hs_status hs_align_only_edits(struct hs_alignment *a, bool *found, struct hs_error *err);

#endif
