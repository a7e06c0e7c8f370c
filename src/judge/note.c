/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Words are brought to one form: case, plural, synonyms, "bass drum" and "kick drum" are "kick",
 *    "low end" and "low mid" one word; "high strings" are strings.
 * 2. What is wished for is turned into what is wrong. "Not ... enough" turns the adjective between
 *    or behind them round (loud and low, bright and dull, ...), and is a lack of what is no
 *    adjective; "should be louder" turns its comparative; "more" is a lack, "less" too much, unless
 *    the note compares ("than").
 * 3. What is denied is not said: a phrase fits only where none of its words follows a denial that
 *    is not its own. "And" ends a denial.
 */
#include "judge/note.h"

#include "judge/note_parts.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const struct hs_synonym synonyms[] = {
    {"vox", "vocal"},
    {"voice", "vocal"},
    {"singer", "vocal"},
    {"singing", "vocal"},
    {"kickdrum", "kick"},
    {"bassdrum", "kick"},
    {"bd", "kick"},
    {"sd", "snare"},
    {"snaredrum", "snare"},
    {"quiet", "low"},
    {"soft", "low"},
    {"weak", "low"},
    {"buried", "low"},
    {"lost", "low"},
    {"hot", "loud"},
    {"prominent", "loud"},
    {"dominant", "loud"},
    {"upfront", "loud"},
    {"big", "loud"},
    {"overpowering", "loud"},
    {"treble", "high"},
    {"top", "high"},
    {"hf", "high"},
    {"bottom", "low-end"},
    {"lf", "low-end"},
    {"lowend", "low-end"},
    {"fx", "effect"},
    {"reverberation", "reverb"},
    {"verb", "reverb"},
    {"echo", "reverb"},
    {"drowning", "drowned"},
    {"ess", "es"},
    {"esse", "es"},
    {"sibilance", "sibilant"},
    {"essy", "sibilant"},
    {"dark", "dull"},
    {"muffled", "dull"},
    {"mud", "muddy"},
    {"boom", "boomy"},
    {"harshness", "harsh"},
    {"brightness", "bright"},
    {"shrill", "harsh"},
    {"piercing", "harsh"},
    {"brittle", "harsh"},
    {"gtr", "guitar"},
    {"distorted", "distortion"},
    {"distort", "distortion"},
    {"clip", "clipped"},
    {"clipping", "clipped"},
    {"squashed", "compressed"},
    {"squeezed", "compressed"},
    {"crushed", "compressed"},
    {"lifeless", "compressed"},
    {"compression", "compressed"},
    {"limiting", "limited"},
    {"limiter", "limited"},
    {"breathing", "pumping"},
    {"pump", "pumping"},
    {"noise", "noisy"},
    {"hiss", "noisy"},
    {"hissy", "noisy"},
    {"humming", "hum"},
    {"buzz", "hum"},
    {"excessive", "much"},
    {"insufficient", "little"},
    {"lacking", "lack"},
    {"missing", "lack"},
    {"stereo", "width"},
    {"spread", "width"},
};

/* Of these the level of a part beside the others: no song is so. */
static const char *const beside_others[] = {
    "soft", "weak", "buried", "lost", "prominent", "dominant", "upfront", "big", "overpowering"};

/* What is wrong where a word is wished for and missing. */
static const char *const opposites[][2] = {
    {"loud", "low"},
    {"low", "loud"},
    {"bright", "dull"},
    {"dull", "bright"},
    {"wide", "narrow"},
    {"narrow", "wide"},
    {"wet", "dry"},
    {"dry", "wet"},
    {"compressed", "dynamic"},
    {"dynamic", "compressed"},
    {"limited", "dynamic"},
};

static const char *const comparatives[][2] = {
    {"louder", "loud"},     {"quieter", "low"}, {"softer", "low"},  {"lower", "low"},
    {"brighter", "bright"}, {"darker", "dull"}, {"duller", "dull"}, {"wider", "wide"},
    {"narrower", "narrow"}, {"wetter", "wet"},  {"drier", "dry"},   {"dryer", "dry"},
};

static const char *const wishes[] = {"need", "should", "could", "must", "want"};

/* Read as "not" and as "no". */
static const char *const denials[][2] = {
    {"isnt", "not"},  {"arent", "not"}, {"wasnt", "not"}, {"werent", "not"}, {"doesnt", "not"},
    {"didnt", "not"}, {"dont", "not"},  {"hasnt", "not"}, {"havent", "not"}, {"without", "no"},
};

#define COUNT(a) (sizeof(a) / sizeof *(a))

static bool is(const struct hs_note *w, size_t i, const char *word)
{
    return i < w->n && !strcmp(w->word[i], word);
}

static bool is_one(const struct hs_note *w, size_t i, const char *const *of, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (is(w, i, of[k]))
            return true;
    return false;
}

/* The second of the pair whose first is the word; NULL: none. */
static const char *paired(const struct hs_note *w, size_t i, const char *const of[][2], size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (is(w, i, of[k][0]))
            return of[k][1];
    return NULL;
}

/* Index of the word from i on; n: none. */
static size_t find(const struct hs_note *w, const char *word, size_t i)
{
    while (i < w->n && !is(w, i, word))
        i++;
    return i;
}

static void set(struct hs_note *w, size_t i, const char *word)
{
    snprintf(w->word[i], HS_NOTE_LETTERS, "%s", word);
}

static void drop(struct hs_note *w, size_t i)
{
    w->n--;
    memmove(w->word[i], w->word[i + 1], (w->n - i) * HS_NOTE_LETTERS);
}

/* Whether the word that is being added is the second of two that are one. */
static bool joins(const struct hs_note *w, const char *first, const char *second)
{
    return w->n && !strcmp(w->word[w->n], second) && is(w, w->n - 1, first);
}

/* Whether the last word may tell which guitar, hat or snare is meant, and nothing of the treble. */
static bool is_register(const char *s, size_t n)
{
    return (n == 4 && !memcmp(s, "high", n)) || (n == 3 && !memcmp(s, "top", n)) ||
           (n == 6 && !memcmp(s, "bottom", n));
}

/* One word in its plain form; it counts where n is raised. `of_register`: the word before it
 * is_register. */
static void add_word(struct hs_note *w, const char *s, size_t n, bool of_register)
{
    char *out = w->word[w->n];
    if (!n || n >= HS_NOTE_LETTERS || w->n >= HS_NOTE_WORDS)
        return;
    memcpy(out, s, n);
    out[n] = '\0';
    if (n > 3 && out[n - 1] == 's' && out[n - 2] != 's' && out[n - 2] != 'u')
        out[n - 1] = '\0'; /* guitars, vocals, needs; not chorus */
    for (size_t i = 0; i < COUNT(beside_others); i++)
        w->of_a_part |= !strcmp(out, beside_others[i]);
    for (size_t i = 0; i < COUNT(synonyms); i++)
        if (!strcmp(out, synonyms[i].word))
            set(w, w->n, synonyms[i].means);
    for (size_t i = 0; i < COUNT(denials); i++)
        if (!strcmp(out, denials[i][0]))
            set(w, w->n, denials[i][1]);
    if (joins(w, "bass", "drum"))
        set(w, w->n - 1, "kick");
    else if (joins(w, "low", "end"))
        set(w, w->n - 1, "low-end");
    else if (joins(w, "low", "mid"))
        set(w, w->n - 1, "low-mid");
    else if (joins(w, "high", "mid"))
        set(w, w->n - 1, "high-mid");
    else if (of_register && hs_note_is_part(out))
        memcpy(w->word[w->n - 1], out, HS_NOTE_LETTERS);
    else if (!joins(w, "kick", "drum") && !joins(w, "snare", "drum"))
        w->n++;
}

/* Lower-case words; apostrophes go, all else that is no letter or digit parts them. */
void hs_note_split(const char *s, size_t n, struct hs_note *note)
{
    static const char quote[] = "\xe2\x80\x99"; /* as typesetters write it */
    char word[HS_NOTE_LETTERS];
    size_t len = 0;
    bool of_register = false;
    note->n = 0;
    note->of_a_part = false;
    for (size_t i = 0; i <= n; i++) {
        unsigned char c = i < n ? (unsigned char)s[i] : ' ';
        if (n - i >= 3 && i < n && !memcmp(s + i, quote, 3)) {
            i += 2;
            continue;
        }
        if (isalnum(c) || c >= 0x80) {
            if (len < sizeof word)
                word[len++] = c < 0x80 ? (char)tolower(c) : (char)c;
            continue;
        }
        if (c == '\'') /* doesn't, can't */
            continue;
        add_word(note, word, len, of_register);
        if (len)
            of_register = is_register(word, len);
        len = 0;
    }
}

/* Turns the word at i round where it has an opposite. */
static bool turn(struct hs_note *w, size_t i)
{
    const char *other = paired(w, i, opposites, COUNT(opposites));
    if (other)
        set(w, i, other);
    return other != NULL;
}

/* "Not loud enough", "not enough bass". */
static void turn_enough(struct hs_note *w)
{
    size_t no = find(w, "not", 0);
    const size_t enough = find(w, "enough", no);
    if (enough >= w->n)
        return;
    for (size_t i = enough; i-- > no + 1;)
        if (turn(w, i)) {
            set(w, no, "too");
            drop(w, enough);
            return;
        }
    if (turn(w, enough + 1))
        set(w, enough, "too");
    else if (enough + 1 < w->n)
        set(w, enough, "lack");
    else
        return;
    drop(w, no);
}

/* "More bass", "less reverb", "more bright" at i. */
static void turn_amount(struct hs_note *w, size_t i)
{
    if (is(w, i, "less"))
        set(w, i, "much");
    else if (is(w, i, "more"))
        set(w, i, turn(w, i + 1) ? "too" : "lack");
}

void hs_note_turn_wishes(struct hs_note *w)
{
    static const char *const degrees[] = {"too", "very", "that", "so", "overly"};
    size_t no = find(w, "not", 0);
    if (is_one(w, no + 1, degrees, COUNT(degrees)))
        set(w, no, "never");
    turn_enough(w);
    size_t wish = 0;
    while (wish < w->n && !is_one(w, wish, wishes, COUNT(wishes)))
        wish++;
    const size_t than = find(w, "than", 0);
    if (than < wish) /* "louder than it should be" */
        return;
    if (wish == w->n) {
        turn_amount(w, 0);
        return;
    }
    bool asked = is(w, wish + 1, "to");
    for (size_t i = wish + 1; i < than; i++) {
        const char *plain = paired(w, i, comparatives, COUNT(comparatives));
        asked = asked || plain || is(w, i, "more") || is(w, i, "less");
        turn_amount(w, i);
        if (plain) {
            set(w, i, plain);
            turn(w, i);
        }
    }
    if (is(w, wish, "need") && !asked)
        set(w, wish, "lack");
}

static bool has(const struct hs_note *note, const char *word)
{
    return find(note, word, 0) < note->n;
}

/* Whether a denial that is not the phrase's own stands before word i. */
static bool is_denied(const struct hs_note *note, size_t i, const struct hs_note *phrase)
{
    static const char *const denying[] = {"no", "not", "never", "cannot", "cant", "lack"};
    while (i-- > 0 && !is(note, i, "and"))
        if (is_one(note, i, denying, COUNT(denying)) && !has(phrase, note->word[i]))
            return true;
    return false;
}

bool hs_note_has(const struct hs_note *note, const struct hs_note *phrase)
{
    for (size_t k = 0; k < phrase->n; k++) {
        size_t i = find(note, phrase->word[k], 0);
        while (i < note->n && is_denied(note, i, phrase))
            i = find(note, phrase->word[k], i + 1);
        if (i == note->n)
            return false;
    }
    return phrase->n > 0;
}

const struct hs_synonym *hs_note_synonyms(size_t *n)
{
    *n = COUNT(synonyms);
    return synonyms;
}
