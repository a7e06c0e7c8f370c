/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Titles are compared as their letters and digits after compatibility decomposition (NFKD),
 *    without marks and case: "Depeche" and "Dépêche" are one.
 * 2. An id is made of release, disc and title by the same folding, with one "-" for whatever lies
 *    between; other scripts become code points. A part of more than MOST_PART bytes is cut and
 *    ends in its FNV-1a hash, so that long titles which begin alike stay apart.
 */
#include "job/slug.h"

#include "core/buf.h"
#include "core/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Ids become file names: 255 bytes with an ending is what file systems take. */
enum { MOST_PART = 80 };

/* NFKD with marks stripped and case folded: what is left of "Dépêche" is "depeche". */
static utf8proc_uint8_t *folded(const char *text)
{
    struct hs_buf clean = {0};
    utf8proc_uint8_t *out = NULL;
    hs_utf8_put(&clean, text);
    utf8proc_map((const utf8proc_uint8_t *)clean.data, 0, &out,
                 UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
                     UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    hs_buf_free(&clean);
    return out;
}

/* Letters and numbers of all scripts. */
static bool is_alnum(uint32_t c)
{
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return true;
    default:
        return false;
    }
}

/* Titles of one song compare equal whatever their case, accents and punctuation. A number in front
 * is part of the title. */
char *hs_job_normal_title(struct hs_arena *a, const char *title)
{
    utf8proc_uint8_t *made = folded(title);
    const char *s = made ? (const char *)made : title;
    struct hs_buf kept = {0};
    size_t n = strlen(s);
    for (size_t i = 0; i < n;) {
        uint32_t c;
        size_t len = hs_utf8_decode(s + i, n - i, &c);
        if (is_alnum(c))
            hs_buf_put(&kept, s + i, len);
        i += len;
    }
    /* A title of signs alone ("!!!") stands for itself. */
    char *out = hs_arena_strdup(a, kept.len ? kept.data : s);
    hs_buf_free(&kept);
    free(made);
    return out;
}

/* FNV-1a, 32 bits: it only has to keep long titles apart. */
static uint32_t fnv1a(const char *s)
{
    uint32_t h = 2166136261u;
    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 16777619u;
    return h;
}

/* Runs of anything but letters and digits become one "-"; letters outside ASCII their
 * code point ("u3042"); `signs` keeps signs that way too. */
static void put_slug(struct hs_buf *b, const char *s, bool signs)
{
    size_t n = strlen(s), start = b->len;
    bool gap = false;
    for (size_t i = 0; i < n;) {
        uint32_t c;
        i += hs_utf8_decode(s + i, n - i, &c);
        bool kept = is_alnum(c) || (signs && c > ' ');
        if (!kept && c != '\'' && c != 0x2019)
            gap = true;
        if (!kept)
            continue;
        if (gap && b->len > start)
            hs_buf_putc(b, '-');
        gap = false;
        if (c < 0x80 && is_alnum(c))
            hs_buf_putc(b, (char)c);
        else
            hs_buf_printf(b, "u%x", (unsigned)c);
    }
}

/* One part of an id. Letters of other scripts become code points where nothing else is left; a
 * long part ends in its hash. */
static void put_part(struct hs_buf *id, const char *text)
{
    struct hs_buf part = {0};
    utf8proc_uint8_t *made = folded(text);
    const char *s = made ? (const char *)made : text;
    put_slug(&part, s, false);
    if (!part.len)
        put_slug(&part, s, true);
    if (part.len > MOST_PART) {
        part.len = MOST_PART - 9;
        hs_buf_printf(&part, "-%08x", (unsigned)fnv1a(s));
    }
    if (part.len && id->len)
        hs_buf_putc(id, '-');
    hs_buf_put(id, part.len ? part.data : "", part.len);
    hs_buf_free(&part);
    free(made);
}

/* The same for every run and on every machine, because links and plans carry it. */
char *hs_job_track_id(struct hs_arena *a, const char *release, int disc, const char *title)
{
    struct hs_buf id = {0};
    put_part(&id, release);
    if (disc > 1)
        hs_buf_printf(&id, "%sdisc%d", id.len ? "-" : "", disc);
    put_part(&id, title);
    char *out = hs_arena_strdup(a, id.len ? id.data : "untitled");
    hs_buf_free(&id);
    return out;
}
