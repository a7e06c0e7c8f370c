/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of the short list that no finding leads: what they ask for is said in their own words. */
#ifndef HS_CATALOGUE_SPECIAL_ROW_H
#define HS_CATALOGUE_SPECIAL_ROW_H

#include "model/audit.h"

/* Of a track whose update is verified. */
void hs_special_row_of_update(const struct hs_track_result *t, struct hs_shortlist_row *row);
/* Of a master that cannot be read. */
void hs_special_row_of_damage(struct hs_audit *audit, const struct hs_track_result *t,
                              struct hs_shortlist_row *row);
/* Of a master that is another song (another_song.h); the row has what else is known of it. */
void hs_special_row_of_wrong_file(struct hs_audit *audit, const struct hs_track_result *t,
                                  struct hs_shortlist_row *row);

#endif
