/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Text that is not UTF-8 is read as Latin-1, which old rippers wrote.
 * 2. Lines are read one by one by a table of commands; lines that are not known are passed over.
 *    Before the first TRACK they speak of the album.
 * 3. A track begins at its INDEX 01 and ends where the next one in the same file begins; a track
 *    without INDEX 01 and a track of data are none. Times are mm:ss:ff in frames of 1/75 s.
 * 4. A file is the one that the sheet names where the names agree without folders, capitals and
 *    endings, in normal form NFC.
 */
#include "job/cue.h"

#include "core/fs.h"
#include "core/text.h"
#include "job/find.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MOST_BYTES = 1 << 20, MOST_TRACKS = 99, MOST_MINUTES = 24 * 60 };

struct parsing {
    struct hs_arena *arena;
    struct hs_cue *cue;
    size_t cap;
    const char *file;           /* of the last FILE line */
    struct hs_cue_track *track; /* being filled; NULL: lines speak of the album */
    bool begun;                 /* it has its INDEX 01 */
    bool skipping;              /* within a track of data */
};

/* The next word of a line, quoted or not; "" at its end. */
static const char *word(struct hs_arena *a, const char **line)
{
    const char *p = *line + strspn(*line, " \t"), *end;
    if (*p == '"') {
        p++;
        end = strchr(p, '"');
        end = end ? end : p + strlen(p);
        *line = end + (*end == '"');
    } else {
        end = p + strcspn(p, " \t");
        *line = end;
    }
    return hs_arena_strndup(a, p, (size_t)(end - p));
}

/* All that is left, without its quotes: titles stand without them in some sheets. */
static const char *rest(struct hs_arena *a, const char *line)
{
    const char *p = line + strspn(line, " \t");
    if (*p == '"')
        return word(a, &p);
    size_t n = strlen(p);
    while (n && strchr(" \t", p[n - 1]))
        n--;
    return hs_arena_strndup(a, p, n);
}

/* FILE "name" WAVE: a name without quotes ends before the last word. */
static const char *file_name(struct hs_arena *a, const char *line)
{
    const char *p = line + strspn(line, " \t"), *last = strrchr(p, ' ');
    if (*p == '"' || !last)
        return word(a, &p);
    return hs_arena_strndup(a, p, (size_t)(last - p));
}

/* "mm:ss:ff" in frames of 1/75 s, or -1. */
static int64_t frames(const char *text)
{
    char *end;
    long m = strtol(text, &end, 10), s, f;
    if (end == text || *end != ':' || m < 0 || m > MOST_MINUTES)
        return -1;
    s = strtol(text = end + 1, &end, 10);
    if (end == text || *end != ':' || s < 0 || s > 59)
        return -1;
    f = strtol(text = end + 1, &end, 10);
    return end == text || f < 0 || f > 74 ? -1 : ((int64_t)m * 60 + s) * 75 + f;
}

/* A track that never began is none. */
static void end_track(struct parsing *p)
{
    if (p->track && !p->begun)
        p->cue->n_tracks--;
    p->track = NULL;
    p->begun = p->skipping = false;
}

static void on_file(struct parsing *p, const char *line)
{
    /* Some sheets begin the next file within a track, between its gap and its music. */
    p->file = file_name(p->arena, line);
    if (p->track && !p->begun)
        p->track->file = p->file;
    else
        end_track(p);
}

/* A new track begins; one of data, or without a file, is passed over. */
static void on_track(struct parsing *p, const char *line)
{
    int number = atoi(word(p->arena, &line));
    end_track(p);
    if (strcasecmp(word(p->arena, &line), "AUDIO") != 0 || number < 1 || number > MOST_TRACKS ||
        !p->file || p->cue->n_tracks >= MOST_TRACKS) {
        p->skipping = true;
        return;
    }
    p->cue->tracks =
        hs_arena_grow(p->arena, p->cue->tracks, p->cue->n_tracks, &p->cap, sizeof *p->cue->tracks);
    p->track = &p->cue->tracks[p->cue->n_tracks++];
    *p->track = (struct hs_cue_track){.number = number, .file = p->file};
}

/* The music begins: there the one before it in the same file ends. */
static void on_index(struct parsing *p, const char *line)
{
    int index = atoi(word(p->arena, &line));
    int64_t at = frames(word(p->arena, &line));
    if (!p->track || p->begun || index != 1 || at < 0)
        return;
    p->begun = true;
    p->track->from_75 = at;
    struct hs_cue_track *before = p->cue->n_tracks > 1 ? p->track - 1 : NULL;
    if (before && !strcmp(before->file, p->track->file) && before->from_75 < at)
        before->to_75 = at;
}

/* Titles of the album and of tracks stand in lines of the same name. */
static void on_title(struct parsing *p, const char *line)
{
    *(p->track ? &p->track->title : &p->cue->title) = rest(p->arena, line);
}

static void on_performer(struct parsing *p, const char *line)
{
    *(p->track ? &p->track->performer : &p->cue->performer) = rest(p->arena, line);
}

/* Only tracks have one. */
static void on_isrc(struct parsing *p, const char *line)
{
    if (p->track)
        p->track->isrc = word(p->arena, &line);
}

/* CATALOG is the EAN of the disc. */
static void on_catalog(struct parsing *p, const char *line)
{
    p->cue->barcode = word(p->arena, &line);
}

/* PRE: the track was recorded with pre-emphasis (50/15 us), which has to be undone. */
static void on_flags(struct parsing *p, const char *line)
{
    for (const char *flag; *(flag = word(p->arena, &line));)
        if (p->track && !strcasecmp(flag, "PRE"))
            p->track->emphasised = true;
}

/* Rippers write genre and date as remarks. */
static void on_remark(struct parsing *p, const char *line)
{
    const char *what = word(p->arena, &line);
    const char *text = rest(p->arena, line);
    int year = atoi(text);
    if (!strcasecmp(what, "GENRE") && *text)
        p->cue->genre = text;
    if (!strcasecmp(what, "DATE") && year >= 1800 && year <= 2999)
        p->cue->year = year;
}

static const struct {
    const char *command;
    void (*take)(struct parsing *p, const char *line);
} commands[] = {
    {"FILE", on_file},       {"TRACK", on_track}, {"INDEX", on_index},
    {"TITLE", on_title},     {"ISRC", on_isrc},   {"PERFORMER", on_performer},
    {"CATALOG", on_catalog}, {"FLAGS", on_flags}, {"REM", on_remark},
};

/* Within a track of data only FILE and TRACK are heard. */
static void take_line(struct parsing *p, const char *line)
{
    const char *command = word(p->arena, &line);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (!strcasecmp(command, commands[i].command) &&
            (!p->skipping || commands[i].take == on_file || commands[i].take == on_track))
            commands[i].take(p, line);
}

/* As UTF-8: what is not is Latin-1, as the rippers of old wrote it. */
static void to_utf8(const char *text, size_t n, struct hs_buf *out)
{
    if (n >= 3 && !memcmp(text, "\xef\xbb\xbf", 3)) {
        text += 3;
        n -= 3;
    }
    bool valid = hs_utf8_valid(text, n);
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        if (valid || c < 0x80) {
            hs_buf_putc(out, text[i] ? text[i] : ' ');
        } else {
            hs_buf_putc(out, (char)(0xc0 | c >> 6));
            hs_buf_putc(out, (char)(0x80 | (c & 0x3f)));
        }
    }
}

enum hs_status hs_cue_parse(const char *text, size_t n, struct hs_arena *a, struct hs_cue *out,
                            struct hs_error *err)
{
    struct hs_buf utf8 = {0};
    struct parsing p = {.arena = a, .cue = out};
    *out = (struct hs_cue){0};
    to_utf8(text, n, &utf8);
    for (const char *line = utf8.len ? utf8.data : ""; *line;) {
        size_t len = strcspn(line, "\r\n");
        take_line(&p, hs_arena_strndup(a, line, len));
        line += len;
        line += strspn(line, "\r\n");
    }
    end_track(&p);
    hs_buf_free(&utf8);
    return out->n_tracks ? HS_OK : hs_fail(err, HS_E_FORMAT, "no cue sheet with audio tracks");
}

enum hs_status hs_cue_load(const char *path, struct hs_arena *a, struct hs_cue *out,
                           struct hs_error *err)
{
    struct hs_buf text = {0};
    *out = (struct hs_cue){0};
    enum hs_status status = hs_fs_read(path, MOST_BYTES, &text, err);
    if (status == HS_OK)
        status = hs_cue_parse(text.data, text.len, a, out, err);
    hs_buf_free(&text);
    return status;
}

/* The track with this number; NULL: none. */
const struct hs_cue_track *hs_cue_find(const struct hs_cue *cue, int number)
{
    for (size_t i = 0; i < cue->n_tracks; i++)
        if (cue->tracks[i].number == number)
            return &cue->tracks[i];
    return NULL;
}

/* Rippers of Windows write folders with "\". */
static const char *base(const char *path)
{
    const char *slash = hs_path_base(path), *back = strrchr(slash, '\\');
    return back ? back + 1 : slash;
}

/* Ripped files were often encoded again, with another ending. */
static const char *without_ending(struct hs_arena *a, const char *name)
{
    const char *dot = strrchr(name, '.');
    return hs_arena_strndup(a, name, dot && dot != name ? (size_t)(dot - name) : strlen(name));
}

/* Does the sheet mean this file? */
bool hs_cue_names(const struct hs_cue_track *t, const char *path)
{
    struct hs_arena a = {0};
    const char *said = hs_find_nfc(&a, base(t->file));
    const char *there = hs_find_nfc(&a, hs_path_base(path));
    bool same = !strcasecmp(said, there) ||
                !strcasecmp(without_ending(&a, said), without_ending(&a, there));
    hs_arena_free(&a);
    return same;
}

const char *hs_cue_shown(struct hs_arena *a, const char *file, int number)
{
    return hs_arena_printf(a, "%s, track %d", file, number);
}
