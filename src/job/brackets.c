/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words between the brackets are read one by one. The first of these that holds decides:
 * 1. only dates, or one year: a year;
 * 2. only words for discs, with a number: a disc;
 * 3. only rates, word lengths and media: a format;
 * 4. no word of the table, and capitals with digits: a catalogue number;
 * 5. a word of the table: edition, performance or title; performance wins over the others;
 * 6. anything else is part of the title.
 * Without brackets an edition is known by its year and a word that hardly ends a title: "First
 * Album 2015 Remaster"; not "Music Box 1993".
 */
#include "job/brackets.h"

#include "job/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Words that decide, beside those of job/words.h. */
static const struct {
    const char *text;
    enum hs_bracket_kind kind;
    bool bare; /* an edition without brackets, too */
} deciding[] = {
    {"edition", HS_BRACKET_EDITION, true},
    {"anniversary", HS_BRACKET_EDITION, true},
    {"deluxe", HS_BRACKET_EDITION, true},
    {"expanded", HS_BRACKET_EDITION, true},
    {"bonus", HS_BRACKET_EDITION, false},
    {"reissue", HS_BRACKET_EDITION, true},
    {"reissued", HS_BRACKET_EDITION, true},
    {"version", HS_BRACKET_EDITION, false},
    {"special", HS_BRACKET_EDITION, false},
    {"limited", HS_BRACKET_EDITION, false},
    {"collectors", HS_BRACKET_EDITION, false},
    {"legacy", HS_BRACKET_EDITION, false},
    {"mono", HS_BRACKET_EDITION, false},
    {"press", HS_BRACKET_EDITION, false},
    {"pressing", HS_BRACKET_EDITION, false},
    {"import", HS_BRACKET_EDITION, false},
    {"promo", HS_BRACKET_EDITION, false},
    {"box", HS_BRACKET_EDITION, false},
    {"live", HS_BRACKET_PERFORMANCE, false},
    {"acoustic", HS_BRACKET_PERFORMANCE, false},
    {"unplugged", HS_BRACKET_PERFORMANCE, false},
    {"session", HS_BRACKET_PERFORMANCE, false},
    {"sessions", HS_BRACKET_PERFORMANCE, false},
    {"concert", HS_BRACKET_PERFORMANCE, false},
    {"remix", HS_BRACKET_PERFORMANCE, false},
    {"remixed", HS_BRACKET_PERFORMANCE, false},
    {"remixes", HS_BRACKET_PERFORMANCE, false},
    {"cover", HS_BRACKET_PERFORMANCE, false},
    {"reprise", HS_BRACKET_PERFORMANCE, false},
    {"vol", HS_BRACKET_WORDS, false},
    {"volume", HS_BRACKET_WORDS, false},
    {"part", HS_BRACKET_WORDS, false},
    {"pt", HS_BRACKET_WORDS, false},
    {"chapter", HS_BRACKET_WORDS, false},
    {"act", HS_BRACKET_WORDS, false},
    {"op", HS_BRACKET_WORDS, false},
    {"no", HS_BRACKET_WORDS, false},
    {"feat", HS_BRACKET_WORDS, false},
    {"ft", HS_BRACKET_WORDS, false},
};
static const char *const media[] = {
    "cd",      "cds", "lp",  "lps",      "ep",   "dvd", "sacd", "web", "vinyl", "cassette",
    "digital", "dsd", "cdr", "download", "kbps", "cbr", "vbr",  "v0",  "rip",   "hd"};

/* "2cd", "3xlp", "2x": a number of discs. */
static bool is_set(const char *text)
{
    size_t n = strspn(text, "0123456789");
    const char *rest = text + n + (text[n] == 'x');
    return n && n < 3 &&
           (!*rest ? text[n] == 'x' : hs_word_among(rest, media, sizeof media / sizeof *media));
}

/* 16, 24, 32 bits; 44 to 192 kHz; 320 kbit/s. */
static bool is_rate(int n)
{
    static const int rates[] = {16, 24, 32, 44, 48, 88, 96, 128, 176, 192, 256, 320};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
        if (n == rates[i])
            return true;
    return false;
}

/* Four digits from 1900 to 2099. */
static bool is_year(const struct hs_token *t)
{
    return t->word == HS_WORD_NUMBER && t->end - t->start == 4 && t->number >= 1900 &&
           t->number < 2100;
}

static bool is_medium(const char *text)
{
    return is_set(text) || hs_word_among(text, media, sizeof media / sizeof *media);
}

/* A format word, a medium, a rate, or a number of media ("2 CD"). */
static bool is_format(const struct hs_token *t, const struct hs_token *next)
{
    if (t->word == HS_WORD_FORMAT || t->word == HS_WORD_BOUNCE || is_medium(t->text))
        return true;
    return t->word == HS_WORD_NUMBER &&
           (is_rate(t->number) || (next && t->number < 20 && is_medium(next->text)));
}

/* "EX-001", "CAD 3X10", "724382934527": capitals and digits, or letters and digits in one. */
static bool is_catalogue(const char *s)
{
    size_t letters = 0, digits = 0, lower = 0, n = strlen(s);
    for (size_t i = 0; i < n; i++) {
        if (!isalnum((unsigned char)s[i]) && !strchr(" -./", s[i]))
            return false;
        letters += isalpha((unsigned char)s[i]) != 0;
        lower += islower((unsigned char)s[i]) != 0;
        digits += isdigit((unsigned char)s[i]) != 0;
    }
    bool one = !strchr(s, ' ') && letters >= 2 && digits >= 2;
    return n <= 24 && digits && (lower ? one : letters >= 2 || digits >= 5);
}

/* Counts what each word says, then decides in the order of the head. */
static enum hs_bracket_kind kind_of(const char *inside, const struct hs_token *t, size_t n,
                                    struct hs_bracket *out)
{
    size_t formats = 0, discs = 0, dates = 0;
    enum hs_bracket_kind kind = HS_BRACKET_WORDS;
    bool decided = false;
    for (size_t i = 0; i < n; i++) {
        formats += is_format(&t[i], i + 1 < n ? &t[i + 1] : NULL);
        discs += t[i].word == HS_WORD_DISC;
        dates += t[i].year != 0;
        if (t[i].word == HS_WORD_DISC && t[i].number > 0)
            out->number = t[i].number;
        if (is_year(&t[i]) || t[i].year)
            out->year = t[i].year ? t[i].year : t[i].number;
        for (size_t k = 0; k < sizeof deciding / sizeof *deciding; k++)
            if (!strcmp(t[i].text, deciding[k].text) && kind != HS_BRACKET_PERFORMANCE) {
                kind = deciding[k].kind;
                decided = true;
            }
        if (t[i].word == HS_WORD_MASTER && kind != HS_BRACKET_PERFORMANCE) {
            kind = HS_BRACKET_EDITION;
            decided = true;
        }
    }
    if (n && (dates == n || (n == 1 && is_year(t))))
        return HS_BRACKET_YEAR;
    if (n && discs == n && out->number)
        return HS_BRACKET_DISC;
    bool lone_number = n == 1 && t->word == HS_WORD_NUMBER; /* "(48)" */
    if (n && formats == n && !lone_number)
        return HS_BRACKET_FORMAT;
    if (!decided && is_catalogue(inside))
        return HS_BRACKET_CATALOGUE;
    return kind;
}

struct hs_bracket hs_bracket_read(struct hs_arena *a, const char *inside)
{
    struct hs_token t[HS_MOST_TOKENS];
    size_t n = hs_words_split(inside, hs_arena_alloc(a, strlen(inside) + 1), t);
    struct hs_bracket out = {.text = inside};
    out.kind = kind_of(inside, t, n, &out);
    return out;
}

/* "remaster", "deluxe", "special" before "edition"; not "masters", nor "box" as in "Music Box". */
static bool is_edition(const struct hs_token *t, const struct hs_token *next)
{
    for (size_t k = 0; k < sizeof deciding / sizeof *deciding; k++)
        if (!strcmp(t->text, deciding[k].text))
            return deciding[k].kind == HS_BRACKET_EDITION &&
                   (deciding[k].bare || (next && !strcmp(next->text, "edition")));
    return t->word == HS_WORD_MASTER && !strncmp(t->text, "re", 2);
}

bool hs_bracket_take_edition(struct hs_arena *a, const char *text, size_t *n,
                             struct hs_bracket *out)
{
    struct hs_token t[HS_MOST_TOKENS];
    const char *whole = hs_arena_strndup(a, text, *n);
    size_t n_tokens = hs_words_split(whole, hs_arena_alloc(a, *n + 1), t), i = n_tokens;
    size_t years = 0, editions = 0;
    if (!n_tokens || t[n_tokens - 1].end != *n)
        return false;
    while (i > 1) {
        bool year = is_year(&t[i - 1]) && !years;
        bool edition = is_edition(&t[i - 1], i < n_tokens ? &t[i] : NULL);
        if (!year && !edition)
            break;
        years += year;
        editions += edition;
        i--;
    }
    if (!years || !editions)
        return false;
    *out = hs_bracket_read(a, whole + t[i].start);
    for (*n = t[i].start; *n > 1 && strchr(" _-,", text[*n - 1]);)
        --*n;
    return true;
}

/* Takes the last bracket off the text. False where there is none, or where it is all of the text.
 */
bool hs_bracket_take_last(struct hs_arena *a, const char *text, size_t *n, struct hs_bracket *out)
{
    if (*n < 3 || !strchr(")]", text[*n - 1]))
        return false;
    size_t open = *n - 1;
    while (open > 0 && !strchr("([", text[open]))
        open--;
    if (!open)
        return false;
    *out = hs_bracket_read(a, hs_arena_strndup(a, text + open + 1, *n - open - 2));
    *n = open;
    while (*n > 1 && strchr(" _-", text[*n - 1]))
        --*n;
    return true;
}
