/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Of the song are words of level, and of its place in the release, where the note has nothing else
 * beside them: nobody can list all that may be too quiet. Parts are a list, as far as a clause that
 * only names one goes with the next.
 */
#include "judge/note_subject.h"

#include "judge/note_parts.h"

#include <string.h>

/* What a note of the song may have beside its phrase, as hs_note_split leaves it ("thi": "this",
 * "luf": "LUFS").
 */
static const char *const of_the_song[] = {
    /* the song, and its level */
    "song", "track", "tune", "piece", "thing", "master", "mastering", "mastered", "mix", "file",
    "record", "recording", "whole", "everything", "overall", "all", "general", "level", "volume",
    "loudness", "it", "its", "thi", "that", "one", "i", "me", "my",
    /* how, and how much */
    "too", "is", "are", "was", "be", "been", "sound", "feel", "seem", "come", "out", "play", "way",
    "far", "much", "bit", "little", "slightly", "really", "very", "so", "quite", "rather", "just",
    "still", "also", "somewhat", "simply", "extremely", "overly", "maybe", "need", "should",
    "could", "must", "want", "think", "find", "db", "lu", "luf", "throughout", "everywhere",
    /* beside what, and heard by what */
    "than", "compared", "comparison", "rest", "other", "neighbour", "album", "ep", "release",
    "single", "before", "after", "next", "previous", "headphone", "speaker", "loudspeaker",
    "monitor", "streaming", "spotify", "youtube",
    /* what else the song is */
    "bright", "dull", "wide", "narrow", "wet", "dry", "compressed", "dynamic", "limited", "harsh",
    "muddy", "boomy", "thin", "hollow", "loud", "low",
    /* what holds a sentence together */
    "a", "an", "the", "and", "or", "of", "in", "on", "to", "for", "at", "by", "as", "with", "from"};

#define COUNT(a) (sizeof(a) / sizeof *(a))

static bool is_one(const char *word, const char *const *of, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (!strcmp(word, of[k]))
            return true;
    return false;
}

static bool is_number(const char *word)
{
    return word[strspn(word, "0123456789")] == '\0';
}

static bool has(const struct hs_note *phrase, const char *word)
{
    for (size_t i = 0; i < phrase->n; i++)
        if (!strcmp(phrase->word[i], word))
            return true;
    return false;
}

bool hs_note_is_level(const struct hs_note *phrase)
{
    static const char *const words[] = {"too", "loud", "low"};
    for (size_t i = 0; i < phrase->n; i++)
        if (!is_one(phrase->word[i], words, COUNT(words)))
            return false;
    return true;
}

bool hs_note_is_of_the_song(const struct hs_note *note, const struct hs_note *phrase)
{
    if (note->of_a_part)
        return false;
    for (size_t i = 0; i < note->n; i++) {
        const char *word = note->word[i];
        if (!has(phrase, word) && !is_one(word, of_the_song, COUNT(of_the_song)) &&
            !is_number(word))
            return false;
    }
    return true;
}

static size_t clause(const char *s)
{
    size_t n = 0;
    while (s[n] && !strchr(",;.", s[n]) && strncmp(s + n, " but ", 5))
        n++;
    return n;
}

/* Whether n bytes name a part and say nothing of it. */
static bool is_name(const char *s, size_t n)
{
    struct hs_note note;
    hs_note_split(s, n, &note);
    size_t i = note.n && !strcmp(note.word[0], "the");
    while (i < note.n && hs_note_is_part(note.word[i]))
        i++;
    return note.n && i == note.n;
}

size_t hs_note_clause(const char *s)
{
    const size_t n = clause(s);
    return s[n] && is_name(s, n) ? n + 1 + clause(s + n + 1) : n;
}
