/* SPDX-License-Identifier: Apache-2.0 */
/* Aligning a master that was on a tape. */
#ifndef HS_PAIR_ALIGN_FOLLOW_H
#define HS_PAIR_ALIGN_FOLLOW_H

#include "pair/align.h"

/* Follows the waveform where the line of `a` is unsteady, or where none was *found and the best
 * coarse one is sure. a->fine and a->line.wow are of the path, and *found is true, where the
 * windows agree clearly better for it; else all is as it was. An error only where a file cannot be
 * read. */
enum hs_status hs_align_follow(struct hs_alignment *a, bool *found, struct hs_error *err);

#endif
