/* SPDX-License-Identifier: Apache-2.0 */
/* Aligning a master that skips. */
#ifndef HS_PAIR_ALIGN_JUMPS_H
#define HS_PAIR_ALIGN_JUMPS_H

#include "pair/align.h"

/* Lays the timeline of `a` where there are jumps: a->line.skipped. *found is then true. Else all is
 * as it was. An error only where a file cannot be read. */
enum hs_status hs_align_jumps(struct hs_alignment *a, bool *found, struct hs_error *err);

#endif
