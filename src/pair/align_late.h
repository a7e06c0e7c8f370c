/* SPDX-License-Identifier: Apache-2.0 */
/* A channel of the master that comes late, along the line so far. */
#ifndef HS_PAIR_ALIGN_LATE_H
#define HS_PAIR_ALIGN_LATE_H

#include "pair/align.h"

/* Sets a->late (n 0: none) and has the feed of the master take it back. `found`: a->fine holds,
 * else the likeliest line of the fingerprints is looked along. */
enum hs_status hs_align_find_late(struct hs_alignment *a, bool found, struct hs_error *err);

#endif
