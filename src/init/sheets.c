/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. A sheet belongs to the files that it names, in its own folder; another format of the same
 *    name counts.
 * 2. Where all tracks of the sheet lie in one file, the tracks take the place of the file, each
 *    from its index to the next one. Other formats of the album are set aside as copies.
 * 3. Where each track has its own file, the sheet only completes the tags.
 * 4. Of several sheets for one file the first by name is followed.
 */
#include "init/sheets.h"

#include "core/alloc.h"
#include "core/fs.h"
#include "core/text.h"
#include "job/cue.h"
#include "job/slug.h"

#include <string.h>
#include <strings.h>

static const double frames_per_s = 75;

/* By its ending. */
static bool is_sheet(const char *path)
{
    size_t n = strlen(path);
    return n > 4 && !strcasecmp(path + n - 4, ".cue");
}

/* In the folder of the sheet, and of the name that it says. */
static bool is_of(const struct hs_take *t, const char *sheet, const struct hs_cue_track *track)
{
    size_t n = (size_t)(hs_path_base(sheet) - sheet);
    return !t->error && !t->right && !t->part_of.cue && !strncmp(t->path, sheet, n) &&
           !strchr(t->path + n, '/') && hs_cue_names(track, t->path);
}

/* The take that the sheet names; n_takes: there is none. Beside album.wav album.flac is a copy. */
static size_t find(const struct hs_archive *in, const char *sheet, const struct hs_cue_track *track)
{
    size_t best = in->n_takes;
    for (size_t i = 0; i < in->n_takes; i++) {
        const struct hs_take *t = &in->takes[i];
        if (is_of(t, sheet, track) &&
            (best == in->n_takes || (t->stream.lossless && !in->takes[best].stream.lossless)))
            best = i;
    }
    return best;
}

/* The first of the two that is not empty; NULL: neither. */
static const char *first_of(const char *a, const char *b)
{
    return a && *a ? a : b && *b ? b : NULL;
}

/* What the sheet says completes the tags of a file, and stands before those of an album. */
static void take_words(struct hs_archive *in, const struct hs_cue *cue,
                       const struct hs_cue_track *track, struct hs_take *t)
{
    t->title = first_of(t->title, track->title);
    t->album = first_of(cue->title, t->album);
    t->album_artist = first_of(cue->performer, t->album_artist);
    t->artist = first_of(track->performer, first_of(t->artist, cue->performer));
    t->isrc = first_of(t->isrc, track->isrc);
    t->barcode = first_of(t->barcode, cue->barcode);
    t->genre = first_of(t->genre, cue->genre);
    t->year = t->year ? t->year : cue->year;
    t->track = t->track ? t->track : track->number;
    t->tag_key = t->title ? hs_job_normal_title(in->arena, t->title) : NULL;
}

/* One track of an album file as a take of its own. */
static struct hs_take cut(struct hs_archive *in, const struct hs_take *album, const char *sheet,
                          const struct hs_cue *cue, const struct hs_cue_track *track)
{
    struct hs_take t = *album;
    double from_s = (double)track->from_75 / frames_per_s;
    t.part_of = (struct hs_sheet_part){.cue = sheet,
                                       .number = track->number,
                                       .from_75 = track->from_75,
                                       .to_75 = track->to_75,
                                       .emphasised = track->emphasised};
    if (track->to_75)
        t.stream.duration_s = (double)(track->to_75 - track->from_75) / frames_per_s;
    else if (t.stream.duration_s > from_s)
        t.stream.duration_s -= from_s;
    t.title = t.isrc = NULL;
    t.track = 0;
    take_words(in, cue, track, &t);
    const char *title = first_of(t.title, hs_arena_printf(in->arena, "Track %d", track->number));
    t.name.title = t.name.title_aside = title;
    t.name.key = t.name.key_full = t.name.key_aside = hs_job_normal_title(in->arena, title);
    if (t.name.part == HS_PART_UNKNOWN) {
        t.name.part = HS_PART_MASTER;
        t.name.part_why = "cut by a cue sheet";
    }
    return t;
}

/* Tracks [first, end) of the sheet lie in take `at`: they take its place. */
static void split(struct hs_archive *in, size_t at, const char *sheet, const struct hs_cue *cue,
                  size_t first, size_t end)
{
    const struct hs_take album = in->takes[at];
    size_t more = end - first - 1;
    for (size_t i = 0; i < more; i++) {
        in->takes = hs_grow(in->takes, in->n_takes, &in->cap_takes, sizeof *in->takes);
        in->n_takes++;
    }
    memmove(in->takes + at + more + 1, in->takes + at + 1,
            (in->n_takes - more - at - 1) * sizeof *in->takes);
    for (size_t i = first; i < end; i++)
        in->takes[at + i - first] = cut(in, &album, sheet, cue, &cue->tracks[i]);
}

/* Other formats of the album lie beside it: they are copies, not one long song. */
static void set_copies_aside(struct hs_archive *in, const char *sheet,
                             const struct hs_cue_track *track, const char *best)
{
    for (size_t i = 0; i < in->n_takes; i++) {
        struct hs_take *t = &in->takes[i];
        if (!is_of(t, sheet, track) || !strcmp(t->path, best))
            continue;
        t->copy_of = best;
        t->name.part = HS_PART_UNKNOWN;
    }
}

/* True where it names audio that is there. */
static bool follow(struct hs_archive *in, const char *sheet)
{
    struct hs_cue cue;
    bool used = false;
    if (hs_cue_load(sheet, in->arena, &cue, NULL) != HS_OK)
        return false;
    for (size_t i = 0, end; i < cue.n_tracks; i = end) {
        size_t at = find(in, sheet, &cue.tracks[i]);
        for (end = i + 1; end < cue.n_tracks && !strcmp(cue.tracks[i].file, cue.tracks[end].file);)
            end++;
        if (at == in->n_takes)
            continue;
        used = true;
        const char *path = in->takes[at].path;
        if (end - i > 1)
            split(in, at, sheet, &cue, i, end);
        else
            take_words(in, &cue, &cue.tracks[i], &in->takes[at]);
        if (end - i > 1)
            set_copies_aside(in, sheet, &cue.tracks[i], path);
    }
    return used;
}

/* Sheets that were followed are not listed as files without audio. */
void hs_init_sheets(struct hs_archive *in)
{
    size_t n = 0;
    for (size_t i = 0; i < in->n_strangers; i++)
        if (!is_sheet(in->strangers[i]) || !follow(in, in->strangers[i]))
            in->strangers[n++] = in->strangers[i];
    in->n_strangers = n;
}
