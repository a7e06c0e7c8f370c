/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The old short list is read row by row; only rows with a note are kept.
 * 2. Columns that hindsight does not fill belong to people and are carried over, the five known
 *    ones first.
 * 3. Rows are given to tracks in three passes: by id, by ISRC, by title. In the last one album
 *    and artist must not contradict. A row goes to a track only if exactly one free track fits;
 *    each track takes one row.
 * 4. Tracks are sorted by the text of the pass and searched by halving, so that 10,000 rows take
 *    no noticeable time.
 */
#include "report/notes.h"

#include "core/alloc.h"
#include "report/shortlist_columns.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const own[] = {"rights_ok", "isrc_decision", "decision", "decided_by", "notes"};
enum { N_OWN = sizeof own / sizeof *own };

/* The columns by which a row without a known id is recognised. */
enum { ID, ISRC, TITLE, ALBUM, ARTIST, N_MARKS };
static const char *const marks[N_MARKS] = {"id", "isrc", "title", "album", "artist"};

/* Places of names in the first row; capitals and blanks around them do not matter. */
static size_t place_of(const struct hs_csv_row *names, const char *name)
{
    size_t len = strlen(name);
    for (size_t i = 0; i < names->n; i++) {
        const char *s = names->cells[i];
        s += strspn(s, " ");
        if (!strncasecmp(s, name, len) && !s[len + strspn(s + len, " ")])
            return i;
    }
    return SIZE_MAX;
}

/* A column that hindsight fills itself, or one of the five known columns of people. */
static bool is_hindsights(const char *name)
{
    const struct hs_csv_row one = {&name, 1};
    for (size_t i = 0; i < hs_n_csv_columns; i++)
        if (!place_of(&one, hs_csv_columns[i].name))
            return true;
    for (size_t i = 0; i < N_OWN; i++)
        if (!place_of(&one, own[i]))
            return true;
    return false;
}

/* The columns to carry over: the five known ones, then those that people added. */
static void find_columns(struct hs_notes *notes, struct hs_arena *a, const struct hs_csv_row *names)
{
    notes->columns = HS_ARENA_ARRAY(a, const char *, N_OWN + names->n);
    notes->column = HS_ARENA_ARRAY(a, size_t, N_OWN + names->n);
    for (size_t i = 0; i < N_OWN; i++) {
        notes->columns[i] = own[i];
        notes->column[i] = place_of(names, own[i]);
    }
    notes->n_columns = N_OWN;
    for (size_t i = 0; i < names->n; i++)
        if (*names->cells[i] && !is_hindsights(names->cells[i])) {
            notes->columns[notes->n_columns] = hs_arena_strdup(a, names->cells[i]);
            notes->column[notes->n_columns++] = i;
        }
}

/* Is any of the columns of people filled in this row? */
static bool has_note(const struct hs_notes *notes, size_t row)
{
    for (size_t i = 0; i < notes->n_columns; i++)
        if (*hs_csv_cell(&notes->table, row, notes->column[i]))
            return true;
    return false;
}

/* Rows that are kept for good, in place of a table of all that was ever written. */
static void keep_row(struct hs_csv_row *row, struct hs_arena *a)
{
    row->cells = hs_arena_copy(a, row->cells, row->n * sizeof(const char *));
    for (size_t i = 0; i < row->n; i++)
        row->cells[i] = hs_arena_strdup(a, row->cells[i]);
}

/* Only rows that hold a note of the reader's are kept. */
static void read_rows(struct hs_notes *notes, struct hs_arena *a, const struct hs_buf *text)
{
    struct hs_csv_table *t = &notes->table;
    struct hs_csv_reader reader;
    size_t cap = 0;
    bool more = true;
    hs_csv_begin(&reader, text->data ? text->data : "", text->len);
    while (more) {
        struct hs_arena scratch = {0};
        t->rows = hs_arena_grow(a, t->rows, t->n, &cap, sizeof *t->rows);
        more = hs_csv_read(&reader, &scratch, &t->rows[t->n++]);
        if (t->n == 1)
            find_columns(notes, a, &t->rows[0]);
        if (more && (t->n == 1 || has_note(notes, t->n - 1)))
            keep_row(&t->rows[t->n - 1], a);
        else
            t->n--;
        hs_arena_free(&scratch);
    }
}

/* Whether the text is a table in which at least one column is known. Anything else is not taken for
 * a short list. */
bool hs_notes_readable(const char *text, size_t n)
{
    struct hs_arena a = {0};
    struct hs_buf b = {0};
    struct hs_csv_reader reader;
    struct hs_csv_row names;
    bool known = false;
    hs_buf_put(&b, text, n);
    hs_csv_decode(&b);
    hs_csv_begin(&reader, b.data, b.len);
    if (hs_csv_read(&reader, &a, &names))
        for (size_t i = 0; i < names.n; i++)
            known |= is_hindsights(names.cells[i]);
    hs_buf_free(&b);
    hs_arena_free(&a);
    return known;
}

/* A track of the job by what a row may say of it. */
struct marked {
    const char *text;
    size_t track;
};

static int by_text(const void *a, const void *b)
{
    const struct marked *x = a, *y = b;
    int order = strcmp(x->text, y->text);
    return order ? order : (x->track > y->track) - (x->track < y->track);
}

/* What a track says in one of the columns by which rows are recognised. */
static const char *mark_of(const struct hs_job *job, const struct hs_track *t, int mark)
{
    const char *all[N_MARKS] = {t->id, t->isrc, t->title, job->releases[t->release].title,
                                hs_track_artist(job, t)};
    return all[mark] ? all[mark] : "";
}

/* The tracks sorted by one of their marks. */
static struct marked *sort_tracks(const struct hs_job *job, int mark, struct hs_arena *a)
{
    struct marked *all = HS_ARENA_ARRAY(a, struct marked, job->n_tracks + 1);
    for (size_t i = 0; i < job->n_tracks; i++)
        all[i] = (struct marked){mark_of(job, &job->tracks[i], mark), i};
    if (job->n_tracks)
        qsort(all, job->n_tracks, sizeof *all, by_text);
    return all;
}

/* Does the row contradict the track in the columns from `first` on? */
static bool agrees(const struct hs_notes *notes, const size_t place[N_MARKS], size_t row,
                   const struct hs_job *job, size_t track, int first)
{
    for (int m = first; m < N_MARKS; m++) {
        const char *cell = hs_csv_cell(&notes->table, row, place[m]);
        if (*cell && strcmp(cell, mark_of(job, &job->tracks[track], m)))
            return false;
    }
    return true;
}

/* The one free track with this text that agrees with the rest of the row; SIZE_MAX: none or
 * several. */
static size_t find_track(const struct hs_notes *notes, const size_t place[N_MARKS], size_t row,
                         const struct hs_job *job, const struct marked *sorted, int mark)
{
    const char *text = hs_csv_cell(&notes->table, row, place[mark]);
    size_t lo = 0, hi = job->n_tracks, found = SIZE_MAX;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (strcmp(sorted[mid].text, text) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; *text && lo < job->n_tracks && !strcmp(sorted[lo].text, text); lo++) {
        size_t track = sorted[lo].track;
        if (notes->row_of_track[track] ||
            (mark == TITLE && !agrees(notes, place, row, job, track, ALBUM)))
            continue;
        if (found != SIZE_MAX)
            return SIZE_MAX;
        found = track;
    }
    return found;
}

/* The artist's columns of the last short list, matched to the tracks of this job: by id, then ISRC,
 * then title. A table that cannot be read counts as empty. */
void hs_notes_read(struct hs_notes *notes, struct hs_arena *a, const struct hs_job *job,
                   struct hs_buf *text)
{
    static const int order[] = {ID, ISRC, TITLE};
    size_t place[N_MARKS];
    *notes = (struct hs_notes){0};
    hs_csv_decode(text);
    if (!hs_notes_readable(text->data ? text->data : "", text->len))
        hs_buf_clear(text);
    read_rows(notes, a, text);
    hs_buf_free(text);
    notes->row_of_track = HS_ARENA_ARRAY(a, size_t, job->n_tracks + 1);
    notes->used = HS_ARENA_ARRAY(a, bool, notes->table.n + 1);
    if (!notes->table.n)
        return;
    for (int m = 0; m < N_MARKS; m++)
        place[m] = place_of(&notes->table.rows[0], marks[m]);
    /* three passes, the surest mark first: a row that one pass gives away is not free in the next
     */
    for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
        struct hs_arena scratch = {0};
        const struct marked *sorted = sort_tracks(job, order[k], &scratch);
        for (size_t row = 1; row < notes->table.n; row++) {
            size_t track =
                notes->used[row] ? SIZE_MAX : find_track(notes, place, row, job, sorted, order[k]);
            if (track == SIZE_MAX)
                continue;
            notes->row_of_track[track] = row;
            notes->used[row] = true;
        }
        hs_arena_free(&scratch);
    }
}
