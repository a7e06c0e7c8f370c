/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Folders are read first (job/folders.h): what they say of the part goes before the name.
 * 2. The name loses the brackets that tell edition or format, then a date or track number in
 *    front and the artist's initials.
 * 3. From the end it loses a channel, and every word that the tables know (mix, master, v7,
 *    24bit, clean, ...) up to the first word that they do not know. What is left is the title.
 * 4. The words at the end tell mix or master, revision, final, older, flat, set aside. A name that
 * says mix and the word "master" alone is an approved mix.
 * 5. Titles are kept in a normal form for comparing: with and without the number in front, and
 *    with the words that set the file aside.
 */
#include "job/name.h"

#include "core/buf.h"
#include "core/fs.h"
#include "job/brackets.h"
#include "job/find.h"
#include "job/folders.h"
#include "job/slug.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* By the ending alone; whether it is audio is found out when it is opened. */
bool hs_name_is_audio(const char *path)
{
    static const char *const endings[] = {
        "wav", "wave", "bwf", "w64", "rf64", "flac", "aif", "aiff", "aifc", "caf", "wv",
        "tta", "m4a",  "mp4", "mp3", "aac",  "ogg",  "oga", "opus", "wma",  "dsf", "mka"};
    return hs_path_ends_like(path, endings, sizeof endings / sizeof *endings);
}

/* Words at the end that are not of the title. [first, end) stays. */
static size_t strip_end(const struct hs_token *t, size_t first, size_t n, struct hs_name *out)
{
    if (n > first + 1 && t[n - 1].word == HS_WORD_CHANNEL) {
        out->channel = (char)toupper((unsigned char)t[n - 1].text[0]);
        n--;
    }
    while (n > first + 1) {
        const struct hs_token *w = &t[n - 1];
        bool remaster_year = w->word == HS_WORD_NUMBER && w->number > 1900 && n > first + 2 &&
                             t[n - 2].word == HS_WORD_MASTER;
        if (w->word == HS_WORD_TITLE || w->word == HS_WORD_DISC || w->word == HS_WORD_CHANNEL ||
            (w->word == HS_WORD_NUMBER && !remaster_year))
            break;
        n--;
    }
    return n;
}

/* Is the token alone in round brackets? */
static bool in_brackets(const char *name, const struct hs_token *t)
{
    return t->start && name[t->end] == ')' && name[t->start - 1] == '(';
}

/* What the words behind the title say: revision, final, older, flat, set aside, mix or master. */
static void read_words(const char *name, const struct hs_token *t, size_t from, size_t n,
                       struct hs_name *out)
{
    bool mix = false, master = false, mastered = false;
    for (size_t i = from; i < n; i++) {
        if ((t[i].word == HS_WORD_VERSION || t[i].word == HS_WORD_FINAL ||
             (t[i].word == HS_WORD_NUMBER && in_brackets(name, &t[i]))) &&
            t[i].number > 0 && t[i].number < 1000 && !out->revision)
            out->revision = t[i].number;
        out->final |= t[i].word == HS_WORD_FINAL;
        out->flat |= t[i].word == HS_WORD_FLAT;
        out->older |= t[i].word == HS_WORD_OLDER;
        out->bounced |= t[i].word == HS_WORD_BOUNCE;
        mix |= t[i].word == HS_WORD_MIX || t[i].word == HS_WORD_FLAT || t[i].also_mix;
        master |= t[i].word == HS_WORD_MASTER;
        mastered |= t[i].word == HS_WORD_MASTERED;
        if (t[i].word == HS_WORD_ASIDE && !out->aside)
            out->aside = t[i].aside;
    }
    /* what a folder says outweighs the name */
    if (out->part != HS_PART_UNKNOWN || (!mix && !master && !mastered))
        return;
    /* "Song_MI01_Master" is a mix that was approved. */
    out->part = mix && !master ? HS_PART_MIX : HS_PART_MASTER;
    out->part_why = mix && !master ? "the name says mix" : "the name says master";
}

/* "01 Song", "1-03 Song", "A1 Song": where the title begins. */
static size_t strip_number(const char *name, const struct hs_token *t, size_t n,
                           struct hs_name *out)
{
    bool plain = t[0].word == HS_WORD_NUMBER && t[0].end - t[0].start <= 2 && t[0].number > 0;
    if (n < 2)
        return 0;
    if (plain && n > 2 && name[t[0].end] == '-' && t[1].start == t[0].end + 1 &&
        t[1].word == HS_WORD_NUMBER && t[1].end - t[1].start == 2) {
        out->disc = t[0].number;
        out->track = t[1].number;
        return 2;
    }
    if (plain && t[1].word != HS_WORD_VERSION) {
        out->track = t[0].number;
        return 1;
    }
    bool vinyl = t[0].end - t[0].start == 2 && t[0].text[0] >= 'a' && t[0].text[0] <= 'd' &&
                 isdigit((unsigned char)t[0].text[1]) && t[0].upper;
    if (vinyl)
        out->track = t[0].text[1] - '0';
    return vinyl;
}

/* What stands before a title: a date, a number. */
static size_t strip_front(const char *name, const struct hs_token *t, size_t n, struct hs_name *out)
{
    size_t dates = 0;
    while (dates + 1 < n && t[dates].year)
        dates++;
    if (!dates && t[0].start)
        return 0;
    return dates + strip_number(name, t + dates, n - dates, out);
}

/* "AI_SongTitle_MI01": the artist's initials before a title in CamelCase. */
static size_t strip_initials(const char *name, const struct hs_token *t, size_t first, size_t end)
{
    const struct hs_token *i = &t[first];
    size_t n = i->end - i->start;
    bool capitals = i->upper && n >= 2 && n <= 3 && isalpha((unsigned char)i->text[0]) &&
                    isalpha((unsigned char)i->text[n - 1]);
    return capitals && first + 1 < end && name[i->end] == '_' && !t[first + 1].upper &&
                   isupper((unsigned char)name[t[first + 1].start])
               ? first + 1
               : first;
}

/* Underscores become spaces and CamelCase words part where no spaces were used. */
static const char *readable(struct hs_arena *a, const char *s, size_t n)
{
    struct hs_buf b = {0};
    bool spaced = memchr(s, ' ', n) != NULL;
    for (size_t i = 0; i < n; i++) {
        bool hump =
            i && !spaced && isupper((unsigned char)s[i]) && islower((unsigned char)s[i - 1]);
        if (hump)
            hs_buf_putc(&b, ' ');
        hs_buf_putc(&b, s[i] == '_' ? ' ' : s[i]);
    }
    while (b.len && strchr(" -.", b.data[b.len - 1]))
        b.data[--b.len] = '\0';
    const char *out = hs_arena_strndup(a, b.len ? b.data : "", b.len);
    hs_buf_free(&b);
    return out;
}

/* The words from one token to another in the form by which titles are compared. */
static const char *key_of(struct hs_arena *a, const char *name, const struct hs_token *t,
                          size_t from, size_t end)
{
    return hs_job_normal_title(
        a, hs_arena_strndup(a, name + t[from].start, t[end - 1].end - t[from].start));
}

/* Takes off what brackets at the end say of the edition and the form: "(2015 Remaster)",
 * "[24-96]". Another performance stays part of the title. */
static const char *without_brackets(struct hs_arena *a, const char *name, struct hs_name *out)
{
    size_t n = strlen(name);
    struct hs_bracket b;
    for (size_t shorter = n; hs_bracket_take_last(a, name, &shorter, &b); n = shorter) {
        if (b.kind != HS_BRACKET_EDITION && b.kind != HS_BRACKET_FORMAT &&
            b.kind != HS_BRACKET_DISC)
            break;
        if (b.kind == HS_BRACKET_EDITION)
            out->version = b.text;
        if (b.kind == HS_BRACKET_DISC && !out->disc)
            out->disc = b.number;
    }
    return hs_arena_strndup(a, name, n);
}

/* The end of a title in the name: with the bracket and the quotes that were opened within it,
 * what it calls or asks, and signs that belong to its last word (100 %, C++). */
static size_t end_of(const char *name, size_t start, size_t end)
{
    bool open = false;
    for (size_t i = start; i < end; i++)
        open = strchr("([", name[i]) ? true : strchr(")]", name[i]) ? false : open;
    while (name[end] && strchr("!?\"'%+$", name[end]))
        end++;
    return end + (open && name[end] && strchr(")]", name[end]));
}

/* A file name without its ending: brackets off, title between what stands before and behind it. */
static void read_base(struct hs_arena *a, const char *whole, struct hs_name *out)
{
    struct hs_token t[HS_MOST_TOKENS];
    const char *name = without_brackets(a, whole, out);
    size_t n = hs_words_split(name, hs_arena_alloc(a, strlen(name) + 1), t);
    out->title = out->title_aside = *name ? name : "untitled";
    out->key = out->key_full = out->key_aside = hs_job_normal_title(a, name);
    if (!n)
        return;
    size_t front = strip_front(name, t, n, out);
    size_t end = strip_end(t, front, n, out);
    size_t from = strip_initials(name, t, front, end);
    /* A copy number in brackets: "song mix (2)". */
    while (end > from + 1 && t[end - 1].word == HS_WORD_NUMBER && t[end - 1].number < 100 &&
           in_brackets(name, &t[end - 1]))
        end = strip_end(t, from, end - 1, out);
    read_words(name, t, end, n, out);
    size_t start = t[from].start;
    out->title = readable(a, name + start, end_of(name, start, t[end - 1].end) - start);
    if (!*out->title)
        out->title = name;
    out->key = key_of(a, name, t, from, end);
    out->key_full = key_of(a, name, t, 0, end);
    size_t aside_end = end;
    while (aside_end < n && t[aside_end].word == HS_WORD_ASIDE)
        aside_end++;
    out->key_aside = key_of(a, name, t, from, aside_end);
    out->title_aside = readable(a, name + start, end_of(name, start, t[aside_end - 1].end) - start);
}

static void take_folders(struct hs_arena *a, const char *dir, struct hs_name *out)
{
    struct hs_folders f;
    hs_folders_read(a, dir, &f);
    out->part = f.part;
    out->part_by_folder = f.part != HS_PART_UNKNOWN;
    out->part_why = f.part_why;
    out->aside = f.aside;
    out->aside_by_folder = f.aside != HS_ASIDE_NONE;
    out->session = f.session;
    out->medium = f.medium;
    out->disc = f.disc;
    out->year = f.year;
    out->release = f.release;
    out->release_version = f.release_version;
    out->catalogue_number = f.catalogue_number;
    out->artist = f.artist;
}

/* Reads the path below `root`, in composed form; nothing is asked of the disk. */
void hs_name_read(struct hs_arena *a, const char *root, const char *path, struct hs_name *out)
{
    const char *shown = hs_find_nfc(a, hs_path_join(a, root, path));
    const char *base = hs_path_base(shown), *dot = strrchr(base, '.');
    size_t n = dot && dot != base ? (size_t)(dot - base) : strlen(base);
    *out = (struct hs_name){0};
    if (base != shown)
        take_folders(a, hs_arena_strndup(a, shown, (size_t)(base - shown - 1)), out);
    read_base(a, hs_arena_strndup(a, base, n), out);
}
