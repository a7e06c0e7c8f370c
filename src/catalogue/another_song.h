/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Masters that are proven not to be the song of their title: nothing of the mix is in them, and
 * nobody has accepted that. Which of the two is the wrong file is not known, so that what is found
 * in them says nothing of the artist.
 */
#ifndef HS_CATALOGUE_ANOTHER_SONG_H
#define HS_CATALOGUE_ANOTHER_SONG_H

#include "model/audit.h"

#include <stdbool.h>

/* The finding that says so; NULL: none. */
const struct hs_finding *hs_another_song_finding(const struct hs_track_result *t);
bool hs_another_song_is(const struct hs_track_result *t);
/* Whether the rule counts on such a master over the catalogue: that it is another song does. */
bool hs_another_song_counts(const char *rule);
/* Sets HS_OF_ANOTHER_SONG of all findings that do not count. */
void hs_another_song_mark(struct hs_audit *audit);

#endif
