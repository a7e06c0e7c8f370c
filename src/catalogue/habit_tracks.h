/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Of which tracks habits are read: pairs for mastering, mixes for mixing, and masters where there
 * are no mixes. `out` has room for all tracks of the job; the number of those taken is returned.
 */
#ifndef HS_CATALOGUE_HABIT_TRACKS_H
#define HS_CATALOGUE_HABIT_TRACKS_H

#include "catalogue/songs.h"

/* Tracks whose pair is lined up, each master once. */
size_t hs_habit_pairs(const struct hs_audit *audit, const struct hs_songs *songs, size_t *out);
/* Tracks whose mix was measured, each mix with the first of its masters alone. */
size_t hs_habit_mixes(const struct hs_audit *audit, size_t *out);
/* Tracks whose master was measured, each mastering once. */
size_t hs_habit_masters(const struct hs_audit *audit, const struct hs_songs *songs, size_t *out);

#endif
