/* SPDX-License-Identifier: Apache-2.0 */
/* Instruments of which nothing was fitted, because their files cannot be read or were never made:
 * each has a row with its reason, on each side that was tried. */
#ifndef HS_RUN_UNREAD_STEMS_H
#define HS_RUN_UNREAD_STEMS_H

#include "model/audit.h"
#include "model/separate.h"

/* Keys of a track whose files could not be read. */
void hs_unread_stems_add(struct hs_arena *arena, const struct hs_track_result *t,
                         struct hs_instruments *all);
/* Outputs that a separator did not make of this file. */
void hs_unmade_outputs_add(struct hs_arena *arena, const struct hs_separate *what,
                           struct hs_instruments *all);

#endif
