/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CSV by RFC 4180 for spreadsheets: commas, CRLF, quotes where needed, full-precision
 * numbers. A text cell that a spreadsheet would take for a formula gets an apostrophe
 * in front, which reading takes away again. Reading accepts what spreadsheets save:
 * commas, semicolons or tabs (as its first line "sep=;" may say), with or without byte order
 * mark, UTF-8 or Windows' Latin; hs_csv_decode makes UTF-8 of UTF-16.
 */
#ifndef HS_REPORT_CSV_H
#define HS_REPORT_CSV_H

#include "core/arena.h"
#include "core/buf.h"

#include <stdbool.h>
#include <stddef.h>

struct hs_csv {
    struct hs_buf *out;
    bool begun; /* a cell stands in this row */
};

void hs_csv_text(struct hs_csv *w, const char *s); /* empty for NULL */
void hs_csv_number(struct hs_csv *w, double x);    /* empty for NaN */
void hs_csv_end_row(struct hs_csv *w);

/* Makes UTF-8 of UTF-16 (by its byte order mark, or by the zeros of its first letters), in
 * place; anything else is left as it is. */
void hs_csv_decode(struct hs_buf *b);

struct hs_csv_row {
    const char **cells;
    size_t n;
};
/* Reads row by row. Never fails: what is no CSV reads as few odd rows. */
struct hs_csv_reader {
    const char *p, *end;
    char delimiter;
    bool latin; /* not UTF-8: bytes are code points */
};
void hs_csv_begin(struct hs_csv_reader *r, const char *data, size_t n);
/* False at the end. */
bool hs_csv_read(struct hs_csv_reader *r, struct hs_arena *a, struct hs_csv_row *row);

struct hs_csv_table {
    struct hs_csv_row *rows; /* the first one names the columns */
    size_t n;
};
/* All rows. */
void hs_csv_parse(const char *data, size_t n, struct hs_arena *a, struct hs_csv_table *out);
/* Index of a column by its name, or SIZE_MAX. */
size_t hs_csv_column(const struct hs_csv_table *t, const char *name);
/* A cell, or "" where the row is short or column is SIZE_MAX. */
const char *hs_csv_cell(const struct hs_csv_table *t, size_t row, size_t column);

/* Takes text piece by piece; false ends it. */
typedef bool hs_csv_sink(void *ctx, const char *data, size_t n);

#endif
