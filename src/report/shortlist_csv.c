/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shortlist.csv: every track once, listed ones first, with the columns that a label
 * needs for a re-issue. The last columns belong to people: they are carried over from
 * the earlier file by the track's id, also for tracks that have left the job.
 */
#include "report/shortlist_csv.h"

#include "core/alloc.h"
#include "report/csv.h"
#include "report/shortlist_columns.h"

#include <stdlib.h>
#include <string.h>

static const char *const human[] = {"rights_ok", "isrc_decision", "decision", "decided_by",
                                    "notes"};
enum { N_HUMAN = sizeof human / sizeof *human, PIECE_BYTES = 1 << 16 };

/* What people wrote, found again by the id of the track: the rows with a note alone. */
struct notes {
    struct hs_csv_table table;
    size_t id, column[N_HUMAN];
    const char **ids; /* sorted, each with its row behind it in `row` */
    size_t *row, n;
    bool *used; /* by row of the table */
};

struct id_row {
    const char *id;
    size_t row;
};

static int by_id(const void *a, const void *b)
{
    const struct id_row *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

static bool has_note(const struct notes *notes, size_t row)
{
    for (size_t i = 0; i < N_HUMAN; i++)
        if (*hs_csv_cell(&notes->table, row, notes->column[i]))
            return true;
    return false;
}

/* Rows that are `kept` for good, in place of a table of all that was ever written. */
static void keep_row(struct hs_csv_row *row, struct hs_arena *a)
{
    row->cells = hs_arena_copy(a, row->cells, row->n * sizeof(const char *));
    for (size_t i = 0; i < row->n; i++)
        row->cells[i] = hs_arena_strdup(a, row->cells[i]);
}

static void read_rows(struct notes *notes, struct hs_arena *a, const char *text, size_t n)
{
    struct hs_csv_table *t = &notes->table;
    struct hs_csv_reader reader;
    size_t cap = 0;
    bool more = true;
    hs_csv_begin(&reader, text, n);
    while (more) {
        struct hs_arena scratch = {0};
        t->rows = hs_arena_grow(a, t->rows, t->n, &cap, sizeof *t->rows);
        more = hs_csv_read(&reader, &scratch, &t->rows[t->n++]);
        if (t->n == 1) {
            notes->id = hs_csv_column(t, "id");
            for (size_t i = 0; i < N_HUMAN; i++)
                notes->column[i] = hs_csv_column(t, human[i]);
        }
        if (more && (t->n == 1 || has_note(notes, t->n - 1)))
            keep_row(&t->rows[t->n - 1], a);
        else
            t->n--;
        hs_arena_free(&scratch);
    }
}

static void notes_read(struct notes *notes, struct hs_arena *a, const char *text, size_t n)
{
    read_rows(notes, a, text, n);
    size_t rows = notes->table.n;
    struct id_row *order = HS_ARENA_ARRAY(a, struct id_row, rows + 1);
    for (size_t r = 1; r < rows && notes->id != SIZE_MAX; r++)
        order[notes->n++] = (struct id_row){hs_csv_cell(&notes->table, r, notes->id), r};
    if (notes->n)
        qsort(order, notes->n, sizeof *order, by_id);
    notes->ids = HS_ARENA_ARRAY(a, const char *, rows + 1);
    notes->row = HS_ARENA_ARRAY(a, size_t, rows + 1);
    notes->used = HS_ARENA_ARRAY(a, bool, rows + 1);
    for (size_t i = 0; i < notes->n; i++) {
        notes->ids[i] = order[i].id;
        notes->row[i] = order[i].row;
    }
}

/* The row of the table with this id, or 0 (the names' row). */
static size_t notes_find(const struct notes *notes, const char *id)
{
    size_t lo = 0, hi = notes->n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (strcmp(notes->ids[mid], id) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < notes->n && !strcmp(notes->ids[lo], id) ? notes->row[lo] : 0;
}

static void put_human(struct hs_csv *w, const struct notes *notes, size_t row)
{
    for (size_t i = 0; i < N_HUMAN; i++)
        hs_csv_text(w, row ? hs_csv_cell(&notes->table, row, notes->column[i]) : NULL);
}

static void put_line(struct hs_csv *w, const struct hs_audit *audit,
                     const struct hs_shortlist_row *row, struct notes *notes)
{
    const struct hs_track_result *t = &audit->tracks[row->track];
    struct hs_csv_line l = {.audit = audit,
                            .t = t,
                            .track = t->track,
                            .row = row,
                            .release = &audit->job->releases[t->track->release]};
    for (size_t i = 0; i < t->n_findings; i++) {
        if (!hs_finding_counts(&t->findings[i]))
            continue;
        l.worst = l.worst ? l.worst : &t->findings[i];
        l.n_leads++;
    }
    for (size_t c = 0; c < hs_n_csv_columns; c++)
        hs_csv_columns[c].put(w, &l);
    size_t at = notes_find(notes, t->track->id);
    put_human(w, notes, at);
    if (at)
        notes->used[at] = true;
    hs_csv_end_row(w);
}

/* Tracks that are no longer in the job keep what people wrote about them. */
static void put_left_over(struct hs_csv *w, const struct notes *notes)
{
    for (size_t i = 0; i < notes->n; i++) {
        size_t row = notes->row[i];
        if (notes->used[row])
            continue;
        for (size_t c = 0; c < hs_n_csv_columns; c++) {
            const struct hs_csv_column *column = &hs_csv_columns[c];
            const char *text = column->gone == HS_GONE_WHY ? "no longer in the job" : NULL;
            if (column->gone == HS_GONE_KEPT)
                text = hs_csv_cell(&notes->table, row, hs_csv_column(&notes->table, column->name));
            hs_csv_text(w, text);
        }
        put_human(w, notes, row);
        hs_csv_end_row(w);
    }
}

static void put_names(struct hs_csv *w)
{
    for (size_t c = 0; c < hs_n_csv_columns; c++)
        hs_csv_text(w, hs_csv_columns[c].name);
    for (size_t c = 0; c < N_HUMAN; c++)
        hs_csv_text(w, human[c]);
    hs_csv_end_row(w);
}

static bool put_all(const struct hs_audit *audit, struct notes *notes, hs_csv_sink *put, void *ctx)
{
    struct hs_buf piece = {0};
    struct hs_csv w = {.out = &piece};
    bool going = true;
    put_names(&w);
    for (size_t i = 0; i < audit->n_shortlist && going; i++) {
        put_line(&w, audit, &audit->shortlist[i], notes);
        if (piece.len > PIECE_BYTES) {
            going = put(ctx, piece.data, piece.len);
            hs_buf_clear(&piece);
        }
    }
    put_left_over(&w, notes);
    going = going && put(ctx, piece.data, piece.len);
    hs_buf_free(&piece);
    return going;
}

static bool is_ascii(void *ctx, const char *data, size_t n)
{
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)data[i] >= 0x80)
            return false;
    return true;
}

bool hs_shortlist_csv_put(const struct hs_audit *audit, struct hs_buf *previous, hs_csv_sink *put,
                          void *ctx)
{
    struct hs_arena scratch = {0};
    struct notes notes = {0};
    notes_read(&notes, &scratch, previous->data ? previous->data : "", previous->len);
    hs_buf_free(previous);
    /* Written twice: whether a mark must stand in front is known at the end. */
    bool going = put_all(audit, &notes, is_ascii, NULL) ||
                 put(ctx, "\xef\xbb\xbf", 3); /* or spreadsheets take it for the local
                                                  code page */
    memset(notes.used, 0, notes.table.n * sizeof *notes.used);
    going = going && put_all(audit, &notes, put, ctx);
    hs_arena_free(&scratch);
    return going;
}

static bool append(void *ctx, const char *data, size_t n)
{
    hs_buf_put(ctx, data, n);
    return true;
}

void hs_shortlist_csv(const struct hs_audit *audit, const char *previous, size_t n_previous,
                      struct hs_buf *out)
{
    struct hs_buf before = {0};
    if (previous)
        hs_buf_put(&before, previous, n_previous);
    hs_shortlist_csv_put(audit, &before, append, out);
}
