/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. A name is split at everything except letters, digits and bytes above ASCII, and folded to
 *    lower case.
 * 2. Each token is read alone: a word of a table; a rate or a word length (48k, 24bit, 4824);
 *    letters with a number at their end (v07, cd2, MI01); digits.
 * 3. Three numbers that stand close may be a date; its year is kept with all three.
 * 4. Each token is read with its neighbour: a number behind a word that counts (v 7, disc 2), a
 *    rate before its fraction (44.1k), words that only mean something together (no limiter, vox
 *    up). "Old" tells an older mix behind a word for one (mix old) and, in brackets, before it
 *    (old mix); "Growing Old mix" is a song.
 */
#include "job/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* At least one digit, and nothing else. */
static bool is_digits(const char *s)
{
    return *s && strspn(s, "0123456789") == strlen(s);
}

/* Letters then digits: "v07" gives "v" and 7. Nothing else fits. */
static bool split_number(const char *text, char letters[16], int *number)
{
    size_t n = 0, len = strlen(text);
    while (islower((unsigned char)text[n]))
        n++;
    if (!n || n > 15 || n == len || len - n > 4 || !is_digits(text + n))
        return false;
    memcpy(letters, text, n);
    letters[n] = '\0';
    *number = atoi(text + n);
    return true;
}

/* A number and its unit at s: the characters taken, 0 where it is neither a sample rate
 * nor a word length. */
static size_t rate_or_bits(const char *s)
{
    static const char *const units[] = {"khz", "k", "bits", "bit", "b", "f", "i"};
    size_t n = strspn(s, "0123456789");
    int value = n && n <= 3 ? atoi(s) : 0;
    bool bits = value == 16 || value == 20 || value == 24 || value == 32;
    for (size_t i = 0; value && i < sizeof units / sizeof *units; i++) {
        size_t len = strlen(units[i]);
        if (!strncmp(s + n, units[i], len) && (units[i][0] == 'k' || bits))
            return n + len;
    }
    return 0;
}

/* 48k, 192khz, 24b, 24bit, 32f, 48k24b, 44k1, 4824. */
static bool is_format(const char *s)
{
    static const char *const joined[] = {"4416",  "44116", "4424", "4816", "4824", "8824", "9624",
                                         "17624", "19224", "9632", "1644", "2444", "2448", "2496"};
    for (size_t i = 0; i < sizeof joined / sizeof *joined; i++)
        if (!strcmp(s, joined[i]))
            return true;
    size_t n = rate_or_bits(s);
    if (!n)
        return false;
    size_t more = rate_or_bits(s + n);
    return !s[n + more] || !strcmp(s + n + more, "1") || !strcmp(s + n + more, "24") ||
           !strcmp(s + n + more, "16");
}

/* The year of 20040503; 0 where it is no date. */
static int year_of_date(const char *s)
{
    int n = is_digits(s) && strlen(s) == 8 ? atoi(s) : 0;
    int month = n / 100 % 100, day = n % 100;
    bool fits = n >= 19000101 && n < 21000000 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
    return fits ? n / 10000 : 0;
}

/* A number in this range. */
static bool within(const struct hs_token *t, int least, int most)
{
    return t->word == HS_WORD_NUMBER && t->number >= least && t->number <= most;
}

/* 2004-05-03 and 03.05.2004: three numbers that stand close. */
static void read_date(const char *name, struct hs_token *t)
{
    bool close = t[0].end + 1 == t[1].start && t[1].end + 1 == t[2].start &&
                 name[t[0].end] == name[t[1].end] && strchr("-._", name[t[0].end]);
    bool year_first = within(&t[0], 1900, 2099) && within(&t[2], 1, 31);
    bool year_last = within(&t[2], 1900, 2099) && within(&t[0], 1, 31);
    if (!close || !within(&t[1], 1, 12) || (!year_first && !year_last))
        return;
    int year = year_first ? t[0].number : t[2].number;
    for (int i = 0; i < 3; i++) {
        t[i].word = HS_WORD_FORMAT;
        t[i].year = year;
    }
}

/* "MI01": the mixer's initials and the revision of the mix. */
static bool is_initials(const struct hs_token *t, const char *letters)
{
    static const char *const other[] = {"cd", "ep", "lp", "pt", "op", "no", "ch", "tk", "tr", "vs"};
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (!strcmp(letters, other[i]))
            return false;
    return t->upper && strlen(letters) == 2 && strlen(t->text) == 4;
}

/* Letters with a number at their end: a counter of the table, or the mixer's initials. */
static void read_numbered(struct hs_token *t)
{
    char letters[16];
    int number;
    if (!split_number(t->text, letters, &number))
        return;
    const struct hs_counter *counter = hs_word_counter(letters);
    if (counter) {
        t->word = counter->joined;
        t->also_mix = counter->also_mix;
    }
    if (t->word == HS_WORD_TITLE && is_initials(t, letters)) {
        t->word = HS_WORD_VERSION;
        t->also_mix = true;
    }
    if (t->word != HS_WORD_TITLE)
        t->number = number;
}

/* What a word says without its neighbours; the tables first, then dates, formats, numbers. */
static void read_alone(struct hs_token *t)
{
    const struct hs_counter *counter = hs_word_counter(t->text);
    t->counts = counter ? counter->behind : HS_WORD_TITLE;
    t->number = -1;
    t->word = hs_word_alone(t->text, &t->aside);
    if (t->word != HS_WORD_TITLE)
        return;
    t->year = year_of_date(t->text);
    if (is_format(t->text) || t->year) {
        t->word = HS_WORD_FORMAT;
    } else if (is_digits(t->text)) {
        t->word = HS_WORD_NUMBER;
        t->number = strlen(t->text) <= 4 ? atoi(t->text) : -1;
    } else {
        read_numbered(t);
    }
}

/* "44.1k": the whole part of a sample rate before its fraction. */
static bool is_rate(const struct hs_token *a, const struct hs_token *b)
{
    bool whole = a->number == 44 || a->number == 88 || a->number == 176;
    return a->word == HS_WORD_NUMBER && whole && b->text[0] && b->text[1] == 'k';
}

/* A number behind a word that counts: v 7, disc 2, and 24 behind a rate. */
static void read_number(struct hs_token *a, struct hs_token *b)
{
    bool bits = b->number == 16 || b->number == 24 || b->number == 32;
    bool counts = a->word == HS_WORD_VERSION || a->word == HS_WORD_MIX ||
                  a->word == HS_WORD_FINAL || a->counts == HS_WORD_VERSION;
    if ((a->word == HS_WORD_FORMAT || a->word == HS_WORD_BOUNCE) && bits) {
        b->word = HS_WORD_FORMAT;
    } else if (a->counts == HS_WORD_DISC) {
        a->word = b->word = HS_WORD_DISC;
    } else if (counts && a->number < 0 && b->number >= 0 && b->number < 1000) {
        a->word = a->word == HS_WORD_TITLE ? HS_WORD_VERSION : a->word;
        b->word = HS_WORD_VERSION;
    }
}

/* A word for a mix, or the number of one. */
static bool says_mix(const struct hs_token *t)
{
    return t->word == HS_WORD_MIX || t->word == HS_WORD_FLAT || t->word == HS_WORD_BOUNCE ||
           (t->word == HS_WORD_VERSION && (t->number >= 0 || t->also_mix));
}

/* "(old mix)", "mix old", "v3 old". */
static void read_older(const char *name, struct hs_token *a, struct hs_token *b)
{
    bool opens = a->start && strchr("([", name[a->start - 1]);
    if (a->word == HS_WORD_TITLE && opens && hs_word_is_older(a->text) && says_mix(b))
        a->word = HS_WORD_OLDER;
    if (b->word == HS_WORD_TITLE && hs_word_is_older(b->text) && says_mix(a))
        b->word = HS_WORD_OLDER;
}

/* Words that need their neighbour. */
static void read_neighbours(const char *name, struct hs_token *a, struct hs_token *b)
{
    const struct hs_neighbours *both = hs_word_neighbours(a->text, b->text);
    if (both) {
        a->word = b->word = both->word;
        a->aside = b->aside = both->aside;
    } else if (is_rate(a, b))
        a->word = b->word = HS_WORD_FORMAT;
    else if (b->word == HS_WORD_NUMBER)
        read_number(a, b);
    else
        read_older(name, a, b);
}

/* At most HS_MOST_TOKENS tokens; `memory` has room for the name and keeps their texts. */
size_t hs_words_split(const char *name, char *memory, struct hs_token out[HS_MOST_TOKENS])
{
    size_t n = 0, len = strlen(name);
    for (size_t i = 0; i < len && n < HS_MOST_TOKENS;) {
        /* A run of letters, digits and bytes beyond ASCII is a token; all else separates. */
        size_t start = i;
        bool lower = false;
        while (i < len && (isalnum((unsigned char)name[i]) || (name[i] & 0x80))) {
            lower |= islower((unsigned char)name[i]) != 0;
            memory[i] = (char)(name[i] & 0x80 ? name[i] : tolower((unsigned char)name[i]));
            i++;
        }
        memory[i] = '\0';
        if (i > start) {
            out[n] = (struct hs_token){
                .text = memory + start, .start = start, .end = i, .upper = !lower};
            read_alone(&out[n++]);
        }
        i += i == start || i < len;
    }
    /* What tokens mean beside their neighbours; dates first, whose numbers are no versions. */
    for (size_t i = 0; i + 2 < n; i++)
        read_date(name, &out[i]);
    for (size_t i = 0; i + 1 < n; i++)
        read_neighbours(name, &out[i], &out[i + 1]);
    return n;
}
