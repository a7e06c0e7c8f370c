/* SPDX-License-Identifier: Apache-2.0 */
/* Words of listening notes that name a part of what is heard. Pure, in English. */
#ifndef HS_JUDGE_NOTE_PARTS_H
#define HS_JUDGE_NOTE_PARTS_H

#include <stdbool.h>

/* Of a word in its plain form: an instrument, a stretch of a song, a side ("guitar", "chorus",
 * "left"). */
bool hs_note_is_part(const char *word);

#endif
