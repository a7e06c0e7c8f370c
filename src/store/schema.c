/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Pragmas that must come before the first look at the file are set (by the mode in which it is
 *    opened).
 * 2. The application id tells whose file it is, the version how old. A newer version and another
 *    program's file are refused.
 * 3. Migrations bring an older store to this version in one transaction.
 * 4. The description of all tables and indexes is compared with that of an empty store made in
 *    memory: if it differs, the file is damaged, or somebody has put in a trigger.
 * 5. The write lock is taken for a moment, so that a store that cannot be written is told before
 *    any work.
 */
#include "store/schema.h"

#include "core/buf.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* "HSND": in the header of the database file, so that another program's file is refused. */
enum { APPLICATION_ID = 0x48534e44, BUSY_MS = 5000 };

/* migrations[i] brings a store of version i to version i + 1; never edited, only added to. */
static const char *const migrations[] = {
    "CREATE TABLE files (path BLOB NOT NULL, right_path BLOB NOT NULL, size INTEGER,"
    " mtime_ns INTEGER, right_size INTEGER, right_mtime_ns INTEGER, low INTEGER,"
    " high INTEGER, PRIMARY KEY (path, right_path)) WITHOUT ROWID;"
    "CREATE TABLE results (kind INTEGER NOT NULL, key BLOB NOT NULL,"
    " version INTEGER NOT NULL, data BLOB NOT NULL);"
    "CREATE UNIQUE INDEX results_key ON results (kind, key);"
    "CREATE TABLE runs (id INTEGER PRIMARY KEY, low INTEGER, high INTEGER,"
    " program INTEGER, yardstick INTEGER, exit_code INTEGER);"
    "CREATE TABLE run_tracks (run INTEGER NOT NULL, track BLOB NOT NULL,"
    " master_low INTEGER, master_high INTEGER, mix_low INTEGER, mix_high INTEGER,"
    " PRIMARY KEY (run, track)) WITHOUT ROWID;"
    "CREATE TABLE run_findings (run INTEGER NOT NULL, track BLOB NOT NULL,"
    " rule BLOB NOT NULL, severity INTEGER, steps REAL,"
    " PRIMARY KEY (run, track, rule)) WITHOUT ROWID;",
    /* Rows without a checksum are not believed: they are measured once more. */
    "DROP TABLE files; DROP TABLE results; DROP TABLE runs; DROP TABLE run_tracks;"
    "DROP TABLE run_findings;"
    "CREATE TABLE files (path BLOB NOT NULL, right_path BLOB NOT NULL, data BLOB NOT NULL,"
    " sum INTEGER NOT NULL, PRIMARY KEY (path, right_path)) WITHOUT ROWID;"
    "CREATE TABLE results (kind INTEGER NOT NULL, key BLOB NOT NULL,"
    " version INTEGER NOT NULL, data BLOB NOT NULL, sum INTEGER NOT NULL);"
    "CREATE UNIQUE INDEX results_key ON results (kind, key);"
    "CREATE TABLE runs (id INTEGER PRIMARY KEY, key BLOB NOT NULL, report BLOB NOT NULL,"
    " state INTEGER NOT NULL, data BLOB NOT NULL, sum INTEGER NOT NULL);"
    "CREATE INDEX runs_key ON runs (key, id);",
};
enum { VERSION = sizeof migrations / sizeof *migrations };

/* Damage is HS_E_FORMAT, which an audit may mend; anything else is HS_E_IO. */
enum hs_status hs_schema_failed(sqlite3 *db, const char *path, struct hs_error *err)
{
    int code = sqlite3_errcode(db) & 0xff;
    bool damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
    const char *said = code == SQLITE_OK ? "it does not answer as a database" : sqlite3_errmsg(db);
    int cause = code == SQLITE_IOERR ? sqlite3_system_errno(db) : 0;
    return hs_fail(err, damaged ? HS_E_FORMAT : HS_E_IO, "%s: %s%s%s", path, said,
                   cause ? ": " : "", cause ? strerror(cause) : "");
}

/* The single integer that a statement answers, or -1 where it fails. */
static long long ask(sqlite3 *db, const char *text)
{
    sqlite3_stmt *q;
    long long x = -1;
    if (sqlite3_prepare_v2(db, text, -1, &q, NULL) != SQLITE_OK)
        return -1;
    if (sqlite3_step(q) == SQLITE_ROW)
        x = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return x;
}

/* Every table, index, view and trigger in words. */
static bool describe(sqlite3 *db, struct hs_buf *out)
{
    sqlite3_stmt *q;
    if (sqlite3_prepare_v2(db,
                           "SELECT type || ' ' || name || ' ' || tbl_name || ' ' ||"
                           " coalesce(sql, '') FROM sqlite_master"
                           " WHERE name NOT LIKE 'sqlite_stat%' ORDER BY 1",
                           -1, &q, NULL) != SQLITE_OK)
        return false;
    int code;
    while ((code = sqlite3_step(q)) == SQLITE_ROW) {
        hs_buf_put(out, sqlite3_column_blob(q, 0), (size_t)sqlite3_column_bytes(q, 0));
        hs_buf_putc(out, '\n');
    }
    sqlite3_finalize(q);
    return code == SQLITE_DONE;
}

/* The migrations from a version to this one. */
static bool apply(sqlite3 *db, long long from)
{
    bool ok = true;
    for (long long v = from; ok && v < VERSION; v++)
        ok = sqlite3_exec(db, migrations[v], NULL, NULL, NULL) == SQLITE_OK;
    return ok;
}

/* Are its tables those that this program makes? Else a bit has turned in their description,
 * or somebody has put in what would run with our statements. */
static bool is_as_made(sqlite3 *db)
{
    sqlite3 *model = NULL;
    struct hs_buf expected = {0}, found = {0};
    bool same = sqlite3_open(":memory:", &model) == SQLITE_OK && apply(model, 0) &&
                describe(model, &expected) && describe(db, &found) && expected.len == found.len &&
                !memcmp(expected.data, found.data, found.len);
    sqlite3_close(model);
    hs_buf_free(&expected);
    hs_buf_free(&found);
    return same;
}

/* In one transaction with the version: a store is never between two versions. */
static enum hs_status migrate(sqlite3 *db, const char *path, long long from, struct hs_error *err)
{
    char stamp[96];
    snprintf(stamp, sizeof stamp, "PRAGMA user_version=%d; PRAGMA application_id=%d; COMMIT",
             (int)VERSION, (int)APPLICATION_ID);
    bool ok = sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK && apply(db, from);
    if (ok && sqlite3_exec(db, stamp, NULL, NULL, NULL) == SQLITE_OK)
        return HS_OK;
    enum hs_status status = hs_schema_failed(db, path, err);
    sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

/* Whose file it is, and of which version; 0 for one that is empty. */
static enum hs_status identify(sqlite3 *db, const char *path, long long *version,
                               struct hs_error *err)
{
    sqlite3_busy_timeout(db, BUSY_MS);
    long long id = ask(db, "PRAGMA application_id");
    *version = ask(db, "PRAGMA user_version");
    long long things = ask(db, "SELECT count(*) FROM sqlite_master");
    if (things < 0)
        return hs_schema_failed(db, path, err);
    if (id != APPLICATION_ID && (id || *version || things))
        return hs_fail(err, HS_E_FOREIGN, "%s: a database, but not a hindsight store", path);
    if (*version > VERSION)
        return hs_fail(err, HS_E_VERSION,
                       "%s: made by a newer hindsight (store version %lld, this program "
                       "knows %d); use that one, or another --store",
                       path, *version, (int)VERSION);
    if (*version < 0 || (id && !*version))
        return hs_fail(err, HS_E_FORMAT, "%s: its version (%lld) is none of a hindsight store",
                       path, *version);
    return HS_OK;
}

/* Somebody else writes, or nobody may: said before any work is done. */
static enum hs_status try_writing(sqlite3 *db, const char *path, struct hs_error *err)
{
    if (sqlite3_db_readonly(db, "main"))
        return hs_fail(err, HS_E_IO, "%s: cannot be written (read-only)", path);
    return sqlite3_exec(db, "BEGIN IMMEDIATE; ROLLBACK", NULL, NULL, NULL) == SQLITE_OK
               ? HS_OK
               : hs_schema_failed(db, path, err);
}

/* Before the first look at the file, and after it. */
static const struct {
    const char *before, *after;
} pragmas[] = {
    [HS_STORE_LOGGED] = {"", "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL"},
    [HS_STORE_ALONE] = {"PRAGMA locking_mode=EXCLUSIVE",
                        "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL"},
    [HS_STORE_SCRATCH] = {"", "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF"},
    [HS_STORE_READ] = {"", ""},
};

static enum hs_status set(sqlite3 *db, const char *path, const char *text, struct hs_error *err)
{
    return sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK ? HS_OK
                                                                 : hs_schema_failed(db, path, err);
}

/* A store that is only read cannot be migrated, so an older one is refused. */
static enum hs_status make_current(sqlite3 *db, const char *path, enum hs_store_mode mode,
                                   long long version, struct hs_error *err)
{
    if (mode != HS_STORE_READ)
        return version < VERSION ? migrate(db, path, version, err) : try_writing(db, path, err);
    return version == VERSION ? HS_OK
                              : hs_fail(err, HS_E_VERSION, "%s: of an older store version", path);
}

/* The five steps of the head. On failure nothing was changed. */
enum hs_status hs_schema_prepare(sqlite3 *db, const char *path, enum hs_store_mode mode,
                                 struct hs_error *err)
{
    long long version = 0;
    enum hs_status status = set(db, path, pragmas[mode].before, err);
    if (status == HS_OK)
        status = identify(db, path, &version, err);
    if (status == HS_OK)
        status = set(db, path, "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON", err);
    if (status == HS_OK)
        status = set(db, path, pragmas[mode].after, err);
    if (status == HS_OK)
        status = make_current(db, path, mode, version, err);
    if (status == HS_OK && !is_as_made(db))
        status = hs_fail(err, HS_E_FORMAT, "%s: its tables are not those of a store", path);
    return status;
}
