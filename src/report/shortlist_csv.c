/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shortlist.csv: every track once, listed ones first, with the columns that a label
 * needs for a re-issue. The last columns belong to people: they are carried over from
 * the earlier file by the track's id, also for tracks that have left the job.
 */
#include "report/shortlist_csv.h"

#include "report/csv.h"
#include "report/notes.h"
#include "report/shortlist_columns.h"

enum { PIECE_BYTES = 1 << 16 };

/* The cells of people for one row of the old file; row 0: empty cells. */
static void put_human(struct hs_csv *w, const struct hs_notes *notes, size_t row)
{
    for (size_t i = 0; i < notes->n_columns; i++)
        hs_csv_text(w, row ? hs_csv_cell(&notes->table, row, notes->column[i]) : NULL);
}

/* One track. "Worst" is the first finding that counts, as judge/ sorts them. */
static void put_line(struct hs_csv *w, const struct hs_audit *audit,
                     const struct hs_shortlist_row *row, const struct hs_notes *notes)
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
    put_human(w, notes, notes->row_of_track[row->track]);
    hs_csv_end_row(w);
}

/* Tracks that are no longer in the job keep what people wrote about them. */
static void put_left_over(struct hs_csv *w, const struct hs_notes *notes)
{
    for (size_t row = 1; row < notes->table.n; row++) {
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

static void put_names(struct hs_csv *w, const struct hs_notes *notes)
{
    for (size_t c = 0; c < hs_n_csv_columns; c++)
        hs_csv_text(w, hs_csv_columns[c].name);
    for (size_t c = 0; c < notes->n_columns; c++)
        hs_csv_text(w, notes->columns[c]);
    hs_csv_end_row(w);
}

/* The whole file in pieces of 64 kB; false: the reader wants no more. */
static bool put_all(const struct hs_audit *audit, const struct hs_notes *notes, hs_csv_sink *put,
                    void *ctx)
{
    struct hs_buf piece = {0};
    struct hs_csv w = {.out = &piece};
    bool going = true;
    put_names(&w, notes);
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

/* `previous` is the last list, whose notes are taken over; it is freed. */
bool hs_shortlist_csv_put(const struct hs_audit *audit, struct hs_buf *previous, hs_csv_sink *put,
                          void *ctx)
{
    struct hs_arena scratch = {0};
    struct hs_notes notes;
    hs_notes_read(&notes, &scratch, audit->job, previous);
    /* Written twice: whether a mark must stand in front is known at the end. */
    bool going = put_all(audit, &notes, is_ascii, NULL) ||
                 put(ctx, "\xef\xbb\xbf", 3); /* or spreadsheets take it for the local
                                                  code page */
    going = going && put_all(audit, &notes, put, ctx);
    hs_arena_free(&scratch);
    return going;
}
