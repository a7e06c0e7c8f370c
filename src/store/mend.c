/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. A new store is made beside the damaged one.
 * 2. Each table is read from its beginning as far as its pages can be read; where that does not
 *    reach the end it is read once more from the end. Indexes are not used: they may be what is
 *    damaged. Only rows whose checksum holds are taken over; a row reached from both sides is put
 *    twice, with the same bytes.
 * 3. The damaged file and its log are renamed to NAME.damaged, and the new one takes the place.
 */
#include "store/mend.h"

#include "core/arena.h"
#include "core/buf.h"
#include "store/rows.h"
#include "store/store.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* A table from its beginning and, where that does not reach the end, from its end. */
struct table {
    const char *columns, *order, *back;
    enum hs_statement put;
    hs_row_reader *is_whole;
};

static const struct table tables[] = {
    {"SELECT path, right_path, data, sum FROM files", "path, right_path",
     "path DESC, right_path DESC", HS_FILE_PUT, hs_file_row_whole},
    {"SELECT kind, key, version, data, sum FROM results NOT INDEXED", "rowid", "rowid DESC",
     HS_RESULT_PUT, hs_result_row_whole},
    {"SELECT id, key, report, state, data, sum FROM runs NOT INDEXED", "id", "id DESC", HS_RUN_PUT,
     hs_run_row_whole},
};

/* Takes over what this order reaches, column by column; the checksum goes with the row. */
static enum hs_status copy(sqlite3 *from, const struct table *t, const char *order,
                           struct hs_store *to, size_t *n, bool *reached_end, struct hs_error *err)
{
    sqlite3_stmt *q;
    struct hs_buf sql = {0};
    enum hs_status status = HS_OK;
    int code = SQLITE_ERROR;
    hs_buf_printf(&sql, "%s ORDER BY %s", t->columns, order);
    if (sqlite3_prepare_v2(from, sql.data, -1, &q, NULL) == SQLITE_OK)
        while (status == HS_OK && (code = sqlite3_step(q)) == SQLITE_ROW) {
            if (!t->is_whole(to, q))
                continue;
            sqlite3_stmt *put = hs_rows_statement(to, t->put);
            for (int i = 0; i < sqlite3_column_count(q); i++)
                sqlite3_bind_value(put, 1 + i, sqlite3_column_value(q, i));
            status = hs_rows_run(to, put, err);
            (*n)++;
        }
    sqlite3_finalize(q);
    hs_buf_free(&sql);
    *reached_end = code == SQLITE_DONE;
    return status;
}

/* From the beginning; where a page in between is damaged, also from the end. */
static enum hs_status copy_table(sqlite3 *from, const struct table *t, struct hs_store *to,
                                 size_t *n, struct hs_error *err)
{
    bool all;
    enum hs_status status = copy(from, t, t->order, to, n, &all, err);
    return status == HS_OK && !all ? copy(from, t, t->back, to, n, &all, err) : status;
}

/* One transaction: an interrupted mending leaves the old store as it was. */
static enum hs_status copy_all(const char *path, struct hs_store *to, size_t *n,
                               struct hs_error *err)
{
    sqlite3 *from = NULL;
    enum hs_status status = hs_store_begin(to, err);
    bool opened = sqlite3_open_v2(path, &from, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK;
    for (size_t i = 0; opened && status == HS_OK && i < sizeof tables / sizeof *tables; i++)
        status = copy_table(from, &tables[i], to, n, err);
    sqlite3_close(from);
    return status == HS_OK ? hs_store_commit(to, err) : status;
}

/* The new store takes the place of the old one, which is kept beside it with its log. */
static enum hs_status put_in_place(const char *path, const char *fresh, struct hs_arena *a,
                                   struct hs_error *err)
{
    const char *kept = hs_arena_printf(a, "%s.damaged", path);
    struct stat st;
    if (!stat(path, &st) && chmod(fresh, st.st_mode & 0777))
        return hs_fail_errno(err, HS_E_IO, "%s", fresh);
    if (rename(path, kept))
        return hs_fail_errno(err, HS_E_IO, "%s: cannot be moved away", path);
    if (rename(hs_arena_printf(a, "%s-wal", path), hs_arena_printf(a, "%s-wal", kept)))
        unlink(hs_arena_printf(a, "%s-wal", kept));
    unlink(hs_arena_printf(a, "%s-shm", path));
    return rename(fresh, path) ? hs_fail_errno(err, HS_E_IO, "%s: cannot be put in place", path)
                               : HS_OK;
}

/* The damaged store is only moved away once the new one is whole. */
enum hs_status hs_store_mend(const char *path, size_t *n_rows, struct hs_error *err)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    struct hs_arena a = {0};
    struct hs_store *to = NULL;
    const char *fresh = hs_arena_printf(&a, "%s.new", path);
    *n_rows = 0;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        unlink(hs_arena_printf(&a, "%s%s", fresh, endings[i]));
    enum hs_status status = hs_store_open(&to, fresh, err);
    if (status == HS_OK)
        status = copy_all(path, to, n_rows, err);
    hs_store_close(to);
    if (status == HS_OK)
        status = put_in_place(path, fresh, &a, err);
    hs_arena_free(&a);
    return status;
}
