/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Habits of engineers: the usual move of mastering over all pairs, and the usual
 * spectrum of the mixes (the house curve of a mixing room), for all tracks, by engineer and by
 * year. Values in dB and LU. Moves differ little from pair to pair, so a habit is certain long
 * before a single track is at fault; a house curve is no fault.
 */
#ifndef HS_CATALOGUE_HABITS_H
#define HS_CATALOGUE_HABITS_H

#include "catalogue/songs.h"
#include "model/audit.h"

/* Fills mastering and mixing of the audit; from three pairs (mixes) of one kind on. */
void hs_habits_make(struct hs_audit *audit, const struct hs_songs *songs);

#endif
