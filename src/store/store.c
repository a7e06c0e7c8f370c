/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All statements stand in one table and are prepared when the store is opened; rows.c binds, runs
 * and checks them. Results are read in the order in which they were put, which is that of their
 * pages. A store that is only read is opened as immutable: no lock, no log, also from a disk that
 * cannot be written.
 */
#include "store/store.h"

#include "core/alloc.h"
#include "core/buf.h"
#include "store/rows.h"
#include "store/schema.h"

#include <string.h>

#define RESULT_COLUMNS "SELECT kind, key, version, data, sum FROM results "
#define FILE_COLUMNS "SELECT path, right_path, data, sum FROM files "
#define RUN_COLUMNS "SELECT id, key, report, state, data, sum FROM runs "

static const char *const sql[HS_N_STATEMENTS] = {
    [HS_FILE_FIND] = FILE_COLUMNS "WHERE path=?1 AND right_path=?2",
    [HS_FILE_PUT] = "REPLACE INTO files VALUES (?1,?2,?3,?4)",
    [HS_FILE_DROP] = "DELETE FROM files WHERE path=?1 AND right_path=?2",
    [HS_FILE_ALL] = FILE_COLUMNS "ORDER BY path, right_path",
    [HS_FILE_BACK] = FILE_COLUMNS "ORDER BY path DESC, right_path DESC",
    [HS_RESULT_FIND] = RESULT_COLUMNS "WHERE kind=?1 AND key=?2",
    [HS_RESULT_VERSION] = "SELECT version FROM results WHERE kind=?1 AND key=?2",
    [HS_RESULT_PUT] = "REPLACE INTO results (kind, key, version, data, sum)"
                      " VALUES (?1,?2,?3,?4,?5)",
    [HS_RESULT_DROP] = "DELETE FROM results WHERE kind=?1 AND key=?2",
    [HS_RESULT_DROP_KIND] = "DELETE FROM results WHERE kind=?1",
    [HS_RESULT_ALL] = RESULT_COLUMNS "ORDER BY rowid",
    [HS_RESULT_BACK] = RESULT_COLUMNS "ORDER BY rowid DESC",
    [HS_RUN_FIND] = RUN_COLUMNS "WHERE key=?1 ORDER BY report=?2 DESC, id DESC",
    [HS_RUN_GET] = RUN_COLUMNS "WHERE id=?1",
    [HS_RUN_PUT] = "REPLACE INTO runs VALUES (?1,?2,?3,?4,?5,?6)",
    [HS_RUN_NEXT] = "SELECT coalesce(max(id), 0) + 1 FROM runs",
    [HS_RUN_FORGET] = "DELETE FROM runs WHERE key=?1 AND id NOT IN"
                      " (SELECT id FROM runs WHERE key=?1 ORDER BY id DESC LIMIT 60)",
    [HS_RUN_ALL] = RUN_COLUMNS "ORDER BY id",
    [HS_RUN_BACK] = RUN_COLUMNS "ORDER BY id DESC",
};

/* Opens the database, brings it up to date, and prepares all statements. */
static enum hs_status open_at(struct hs_store **out, const char *path, const char *name, int flags,
                              enum hs_store_mode mode, struct hs_error *err)
{
    struct hs_store *s = HS_NEW(struct hs_store);
    enum hs_status status = HS_OK;
    s->path = hs_strdup(path);
    *out = NULL;
    if (sqlite3_open_v2(name, &s->db, flags, NULL) != SQLITE_OK)
        status = hs_schema_failed(s->db, path, err);
    if (status == HS_OK)
        status = hs_schema_prepare(s->db, path, mode, err);
    for (int i = 0; status == HS_OK && i < HS_N_STATEMENTS; i++)
        if (sqlite3_prepare_v3(s->db, sql[i], -1, SQLITE_PREPARE_PERSISTENT, &s->statements[i],
                               NULL) != SQLITE_OK)
            status = hs_rows_failed(s, err);
    if (status == HS_OK)
        *out = s;
    else
        hs_store_close(s);
    return status;
}

enum { WRITING = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE };

enum hs_status hs_store_open(struct hs_store **out, const char *path, struct hs_error *err)
{
    return open_at(out, path, path, WRITING, HS_STORE_LOGGED, err);
}

/* For network file systems, which give no shared memory: this process alone, with a rollback
 * journal. */
enum hs_status hs_store_open_alone(struct hs_store **out, const char *path, struct hs_error *err)
{
    return open_at(out, path, path, WRITING, HS_STORE_ALONE, err);
}

/* For a store that can be made again: nothing is synced. */
enum hs_status hs_store_open_scratch(struct hs_store **out, const char *path, struct hs_error *err)
{
    return open_at(out, path, path, WRITING, HS_STORE_SCRATCH, err);
}

/* The path as a URI, its special characters escaped. */
enum hs_status hs_store_open_reading(struct hs_store **out, const char *path, struct hs_error *err)
{
    struct hs_buf uri = {0};
    hs_buf_puts(&uri, "file:");
    for (const char *p = path; *p; p++)
        hs_buf_printf(&uri, strchr("%?#", *p) ? "%%%02x" : "%c", (unsigned char)*p);
    hs_buf_puts(&uri, "?mode=ro&immutable=1");
    enum hs_status status =
        open_at(out, path, uri.data, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, HS_STORE_READ, err);
    hs_buf_free(&uri);
    return status;
}

enum hs_status hs_store_open_memory(struct hs_store **out, struct hs_error *err)
{
    return open_at(out, ":memory:", ":memory:", WRITING, HS_STORE_SCRATCH, err);
}

/* A whole copy in one file, without a log, as a shard publishes it. */
enum hs_status hs_store_snapshot(struct hs_store *s, const char *path, struct hs_error *err)
{
    sqlite3_stmt *q = NULL;
    bool done = sqlite3_prepare_v2(s->db, "VACUUM INTO ?1", -1, &q, NULL) == SQLITE_OK &&
                sqlite3_bind_text(q, 1, path, -1, SQLITE_STATIC) == SQLITE_OK &&
                sqlite3_step(q) == SQLITE_DONE;
    enum hs_status status = done ? HS_OK : hs_rows_failed(s, err);
    sqlite3_finalize(q);
    return status;
}

void hs_store_close(struct hs_store *s)
{
    if (!s)
        return;
    for (int i = 0; i < HS_N_STATEMENTS; i++)
        sqlite3_finalize(s->statements[i]);
    sqlite3_close(s->db);
    hs_free(s->path);
    hs_free(s);
}

size_t hs_store_damaged(const struct hs_store *s)
{
    return s->n_damaged;
}

bool hs_store_broken(const struct hs_store *s)
{
    return s->broken;
}

/* Takes the write lock at once, so that a later statement cannot fail for want of it. */
enum hs_status hs_store_begin(struct hs_store *s, struct hs_error *err)
{
    return sqlite3_exec(s->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK
               ? HS_OK
               : hs_rows_failed(s, err);
}

enum hs_status hs_store_commit(struct hs_store *s, struct hs_error *err)
{
    if (sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK)
        return HS_OK;
    enum hs_status status = hs_rows_failed(s, err);
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}
