/* SPDX-License-Identifier: Apache-2.0 */
/*
 * UTF-8 after RFC 3629: the first byte says the length, and the ranges of the second byte shut
 * out overlong forms, surrogates and what lies beyond U+10FFFF. What is not well formed counts as
 * U+FFFD and is as long as the part of it that could begin a sequence (Unicode 3.9, "maximal
 * subpart").
 * Names that people mistype are looked for by Levenshtein's distance, one row of the table at a
 * time.
 */
#include "core/text.h"

#include <ctype.h>
#include <string.h>

/* The length that the first byte announces; 0: it cannot begin a character. */
static size_t sequence_length(unsigned char c)
{
    if (c < 0x80)
        return 1;
    if (c >= 0xc2 && c <= 0xdf)
        return 2;
    if (c >= 0xe0 && c <= 0xef)
        return 3;
    return c >= 0xf0 && c <= 0xf4 ? 4 : 0;
}

/* The second byte is what forbids overlong forms, surrogates and values past U+10FFFF. */
static bool second_fits(unsigned char first, unsigned char second)
{
    unsigned lo = 0x80, hi = 0xbf;
    if (first == 0xe0)
        lo = 0xa0;
    else if (first == 0xed)
        hi = 0x9f;
    else if (first == 0xf0)
        lo = 0x90;
    else if (first == 0xf4)
        hi = 0x8f;
    return second >= lo && second <= hi;
}

/* At least one byte is taken, so that loops go on. */
size_t hs_utf8_decode(const char *s, size_t n, uint32_t *code)
{
    const unsigned char *u = (const unsigned char *)s;
    size_t len = sequence_length(u[0]);
    *code = 0xfffd;
    if (len <= 1) {
        if (len == 1)
            *code = u[0];
        return 1;
    }
    uint32_t c = u[0] & (0xffu >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        bool fits = i < n && (i == 1 ? second_fits(u[0], u[1]) : (u[i] & 0xc0) == 0x80);
        if (!fits)
            return i;
        c = c << 6 | (u[i] & 0x3fu);
    }
    *code = c;
    return len;
}

bool hs_utf8_valid(const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        uint32_t c;
        size_t len = hs_utf8_decode(s + i, n - i, &c);
        if (c == 0xfffd && !(len == 3 && !memcmp(s + i, "\xef\xbf\xbd", 3)))
            return false;
        i += len;
    }
    return true;
}

/* Well-formed text; `plain`: control characters and overrides as escapes. */
static void put_replacing(struct hs_buf *b, const char *s, bool plain)
{
    size_t n = strlen(s);
    for (size_t i = 0; i < n;) {
        uint32_t c;
        size_t len = hs_utf8_decode(s + i, n - i, &c);
        bool control = c < 0x20 || (c >= 0x7f && c < 0xa0);
        bool bidi = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x2028 ||
                    c == 0x2029;
        if (plain && control)
            hs_buf_printf(b, "\\x%02x", (unsigned)c);
        else if (plain && bidi)
            hs_buf_printf(b, "\\u%04x", (unsigned)c);
        else if (c == 0xfffd)
            hs_buf_puts(b, "\xef\xbf\xbd");
        else
            hs_buf_put(b, s + i, len);
        i += len;
    }
    hs_buf_put(b, "", 0);
}

void hs_utf8_put(struct hs_buf *b, const char *s)
{
    put_replacing(b, s, false);
}

void hs_text_put_plain(struct hs_buf *b, const char *s)
{
    put_replacing(b, s, true);
}

/* Insertions, deletions and replacements between two words, at most `cap`; words over 64 bytes are
 * equal or not. */
unsigned hs_text_distance(const char *a, const char *b, unsigned cap)
{
    enum { MOST = 64 };
    size_t n = strlen(a), m = strlen(b);
    unsigned row[MOST + 1];
    if (n > MOST || m > MOST)
        return strcmp(a, b) ? cap : 0;
    for (size_t j = 0; j <= m; j++)
        row[j] = (unsigned)j;
    /* one row of the table of distances at a time */
    for (size_t i = 1; i <= n; i++) {
        unsigned diagonal = row[0];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= m; j++) {
            unsigned best = diagonal + (a[i - 1] != b[j - 1]);
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[m] < cap ? row[m] : cap;
}

/* NULL where none is nearer than about a third of the letters. */
const char *hs_text_nearest(const char *word, const char *const *names, size_t n)
{
    const char *best = NULL;
    unsigned nearest = (unsigned)strlen(word) / 3 + 2;
    for (size_t i = 0; i < n; i++) {
        unsigned d = hs_text_distance(word, names[i], nearest);
        if (d < nearest) {
            nearest = d;
            best = names[i];
        }
    }
    return best;
}

bool hs_text_starts(const char *s, const char *prefix)
{
    return !strncmp(s, prefix, strlen(prefix));
}

bool hs_text_ends(const char *s, const char *suffix)
{
    size_t n = strlen(s), m = strlen(suffix);
    return n >= m && !strcmp(s + n - m, suffix);
}

void hs_text_put_percent(struct hs_buf *b, const char *path)
{
    for (const unsigned char *p = (const unsigned char *)path; *p; p++)
        if (isalnum(*p) || strchr("-._~/", *p))
            hs_buf_putc(b, (char)*p);
        else
            hs_buf_printf(b, "%%%02X", *p);
}
