/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. All rows of the part are read in the order of its tables, results before files, one at a
 *    time: memory does not grow with the part.
 * 2. A row whose checksum fails is counted and left out.
 * 3. Of each result the one under its key in the store is looked up. What is not there, or of
 *    another version, is put; the same bytes are left. Where bytes differ the lesser ones stay,
 *    so that the order of parts does not matter, and the conflict is counted. Counts of blame
 *    keep the larger one.
 * 4. All of it is one transaction.
 */
#include "store/merge.h"

#include "core/buf.h"
#include "store/rows.h"
#include "store/store.h"

#include <string.h>

/* The columns of both tables as their statements read them. */
enum { KIND, KEY, VERSION, DATA, SUM };
enum { PATH, RIGHT_PATH, FILE_DATA, FILE_SUM };

/* The row as it is, with its checksum. */
static enum hs_status put(struct hs_store *into, enum hs_statement which, sqlite3_stmt *row,
                          int n_columns, struct hs_error *err)
{
    sqlite3_stmt *q = hs_rows_statement(into, which);
    for (int i = 0; i < n_columns; i++)
        sqlite3_bind_value(q, 1 + i, sqlite3_column_value(row, i));
    return hs_rows_run(into, q, err);
}

/* By bytes; of two that begin alike the shorter is the lesser. */
static int order(struct hs_bytes a, struct hs_bytes b)
{
    int first = memcmp(a.p, b.p, a.n < b.n ? a.n : b.n);
    return first ? first : (a.n > b.n) - (a.n < b.n);
}

/* What is there already under the key of a row, as it bears on it. */
enum standing { NONE, SAME, OTHER_VERSION, LESSER, GREATER };

/* How a row stands to the one under the same key. */
static enum standing look(struct hs_store *into, sqlite3_stmt *row)
{
    sqlite3_stmt *q = hs_rows_statement(into, HS_RESULT_FIND);
    enum standing standing = NONE;
    sqlite3_bind_value(q, 1, sqlite3_column_value(row, KIND));
    sqlite3_bind_value(q, 2, sqlite3_column_value(row, KEY));
    if (hs_rows_step(into, q) && hs_result_row_whole(into, q)) {
        int differs = order(hs_rows_bytes(q, DATA), hs_rows_bytes(row, DATA));
        standing = sqlite3_column_int64(q, VERSION) != sqlite3_column_int64(row, VERSION)
                       ? OTHER_VERSION
                   : differs < 0 ? LESSER
                   : differs > 0 ? GREATER
                                 : SAME;
    }
    sqlite3_reset(q);
    return standing;
}

/* One result: new ones and other versions are put in; of two that differ the one of lesser
 * bytes stays. */
static enum hs_status take_result(struct hs_store *into, sqlite3_stmt *row,
                                  struct hs_store_merged *out, struct hs_error *err)
{
    sqlite3_int64 kind = sqlite3_column_int64(row, KIND);
    out->n_results++;
    if (kind == HS_RESULT_SHARD)
        return HS_OK;
    enum standing standing = look(into, row);
    out->n_new += standing == NONE;
    /* of blame the larger count stands, and differing is no conflict */
    if (kind == HS_RESULT_BLAME)
        return standing == SAME || standing == GREATER
                   ? HS_OK
                   : put(into, HS_RESULT_PUT, row, SUM + 1, err);
    out->n_conflicts += standing == LESSER || standing == GREATER;
    return standing == SAME || standing == LESSER ? HS_OK
                                                  : put(into, HS_RESULT_PUT, row, SUM + 1, err);
}

/* The stamp of a path, as the node saw it that wrote the part. */
static enum hs_status take_file(struct hs_store *into, sqlite3_stmt *row,
                                struct hs_store_merged *out, struct hs_error *err)
{
    out->n_files++;
    return put(into, HS_FILE_PUT, row, FILE_SUM + 1, err);
}

struct table {
    enum hs_statement all;
    hs_row_reader *is_whole;
    enum hs_status (*take)(struct hs_store *into, sqlite3_stmt *row, struct hs_store_merged *out,
                           struct hs_error *err);
};
static const struct table tables[] = {
    {HS_RESULT_ALL, hs_result_row_whole, take_result},
    {HS_FILE_ALL, hs_file_row_whole, take_file},
};

/* All whole rows of a table. */
static enum hs_status take_table(struct hs_store *into, struct hs_store *from,
                                 const struct table *t, struct hs_store_merged *out,
                                 struct hs_error *err)
{
    enum hs_status status = HS_OK;
    sqlite3_stmt *row = hs_rows_statement(from, t->all);
    while (status == HS_OK && hs_rows_step(from, row)) {
        if (t->is_whole(from, row))
            status = t->take(into, row, out, err);
        else
            out->n_damaged++;
    }
    sqlite3_reset(row);
    return status;
}

enum hs_status hs_store_merge(struct hs_store *into, struct hs_store *from,
                              struct hs_store_merged *out, struct hs_error *err)
{
    *out = (struct hs_store_merged){0};
    enum hs_status status = hs_store_begin(into, err);
    if (status != HS_OK)
        return status;
    for (size_t i = 0; i < sizeof tables / sizeof *tables && status == HS_OK; i++)
        status = take_table(into, from, &tables[i], out, err);
    if (status == HS_OK)
        return hs_store_commit(into, err);
    sqlite3_exec(into->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}
