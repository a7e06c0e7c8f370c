/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shortlist.csv: every track once, listed ones first, with the columns that a label
 * needs for a re-issue. The last columns belong to people: they are carried over from
 * the earlier file by the track's id, also for tracks that have left the job.
 */
#include "core/alloc.h"
#include "report/csv_columns.h"
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

static const char *const human[] = {"rights_ok", "isrc_decision", "decision",
                                    "decided_by", "notes"};
enum { N_HUMAN = sizeof human / sizeof *human };

/* What people wrote, found again by the id of the track. */
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

static void notes_read(struct notes *notes, struct hs_arena *a, const char *text,
                       size_t n)
{
    hs_csv_parse(text, n, a, &notes->table);
    notes->id = hs_csv_column(&notes->table, "id");
    for (size_t i = 0; i < N_HUMAN; i++)
        notes->column[i] = hs_csv_column(&notes->table, human[i]);
    size_t rows = notes->table.n;
    struct id_row *order = HS_ARENA_ARRAY(a, struct id_row, rows + 1);
    for (size_t r = 1; r < rows && notes->id != SIZE_MAX; r++)
        order[notes->n++] =
            (struct id_row){hs_csv_cell(&notes->table, r, notes->id), r};
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

static bool has_note(const struct notes *notes, size_t row)
{
    for (size_t i = 0; i < N_HUMAN; i++)
        if (*hs_csv_cell(&notes->table, row, notes->column[i]))
            return true;
    return false;
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
    static const char *const kept[] = {"id", "artist", "title", "album"};
    for (size_t i = 0; i < notes->n; i++) {
        size_t row = notes->row[i];
        if (notes->used[row] || !has_note(notes, row))
            continue;
        for (size_t c = 0; c < hs_n_csv_columns; c++) {
            const char *text = NULL;
            for (size_t k = 0; k < sizeof kept / sizeof *kept; k++)
                if (!strcmp(hs_csv_columns[c].name, kept[k]))
                    text = hs_csv_cell(&notes->table, row,
                                       hs_csv_column(&notes->table, kept[k]));
            if (!strcmp(hs_csv_columns[c].name, "why"))
                text = "no longer in the job";
            hs_csv_text(w, text);
        }
        put_human(w, notes, row);
        hs_csv_end_row(w);
    }
}

static bool is_ascii(const struct hs_buf *b)
{
    for (size_t i = 0; i < b->len; i++)
        if ((unsigned char)b->data[i] >= 0x80)
            return false;
    return true;
}

void hs_shortlist_csv(const struct hs_audit *audit, const char *previous,
                      size_t n_previous, struct hs_buf *out)
{
    struct hs_arena scratch = {0};
    struct hs_buf body = {0};
    struct notes notes = {0};
    struct hs_csv w = {.out = &body};
    notes_read(&notes, &scratch, previous ? previous : "", previous ? n_previous : 0);
    for (size_t c = 0; c < hs_n_csv_columns; c++)
        hs_csv_text(&w, hs_csv_columns[c].name);
    for (size_t c = 0; c < N_HUMAN; c++)
        hs_csv_text(&w, human[c]);
    hs_csv_end_row(&w);
    for (size_t i = 0; i < audit->n_shortlist; i++)
        put_line(&w, audit, &audit->shortlist[i], &notes);
    put_left_over(&w, &notes);
    if (!is_ascii(&body)) /* or spreadsheets take it for the local code page */
        hs_buf_puts(out, "\xef\xbb\xbf");
    hs_buf_put(out, body.data, body.len);
    hs_buf_free(&body);
    hs_arena_free(&scratch);
}
