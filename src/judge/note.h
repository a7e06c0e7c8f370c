/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One clause of a listening note as plain words: lower case, singular, synonyms made one, and what
 * is wished for or denied turned into what is wrong. Pure, in English.
 */
#ifndef HS_JUDGE_NOTE_H
#define HS_JUDGE_NOTE_H

#include <stdbool.h>
#include <stddef.h>

enum { HS_NOTE_WORDS = 24, HS_NOTE_LETTERS = 24 };

/* A word that is read as another one: "vox" as "vocal". */
struct hs_synonym {
    const char *word, *means;
};

struct hs_note {
    char word[HS_NOTE_WORDS][HS_NOTE_LETTERS];
    size_t n;
    bool of_a_part; /* has a word that is said of no song: "buried" */
};

/* The words of s, n bytes; what is too long or beyond the last place is left out. */
void hs_note_split(const char *s, size_t n, struct hs_note *note);
/* "Not loud enough" becomes "too low", "should be louder" "should be low", "needs less reverb"
 * "need much reverb", "more bass" "lack bass"; "not too" becomes "never too", which no phrase has.
 */
void hs_note_turn_wishes(struct hs_note *note);
/* Whether all words of the phrase stand in the note, in any order, none of them behind a "no",
 * "not", "never", "cannot" or "lack" that the phrase itself does not have. */
bool hs_note_has(const struct hs_note *note, const struct hs_note *phrase);
/* All synonyms; those of one meaning need not stand together. */
const struct hs_synonym *hs_note_synonyms(size_t *n);

#endif
