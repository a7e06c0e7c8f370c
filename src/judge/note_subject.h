/* SPDX-License-Identifier: Apache-2.0 */
/* What a listening note speaks of: the song, or something else. Pure, in English. */
#ifndef HS_JUDGE_NOTE_SUBJECT_H
#define HS_JUDGE_NOTE_SUBJECT_H

#include "judge/note.h"

/* Whether the phrase says no more than "too loud". */
bool hs_note_is_level(const struct hs_note *phrase);
/* Whether the note says the phrase of the song: of nothing else that it names, known or not. */
bool hs_note_is_of_the_song(const struct hs_note *note, const struct hs_note *phrase);
/* Bytes of the first clause: up to a comma, a semicolon, a full stop or "but"; a part that is only
 * named ("vocals, too bright") belongs to what follows. */
size_t hs_note_clause(const char *s);

#endif
