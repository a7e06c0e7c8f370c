/* SPDX-License-Identifier: Apache-2.0 */
#include "store/schema.h"

#include <stdbool.h>
#include <stdio.h>

/* "HSND": in the header of the database file, so that another program's file is refused. */
enum { APPLICATION_ID = 0x48534e44 };

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
};
enum { VERSION = sizeof migrations / sizeof *migrations };

static enum hs_status failed(sqlite3 *db, const char *path, struct hs_error *err)
{
    int code = sqlite3_errcode(db) & 0xff;
    bool damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
    return hs_fail(err, damaged ? HS_E_FORMAT : HS_E_IO, "%s: %s%s", path, sqlite3_errmsg(db),
                   damaged ? "; move it away and run again: it will be made anew" : "");
}

/* The single integer that a pragma answers, or -1. */
static long long pragma(sqlite3 *db, const char *text)
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

static enum hs_status migrate(sqlite3 *db, const char *path, long long from, struct hs_error *err)
{
    char stamp[96];
    snprintf(stamp, sizeof stamp, "PRAGMA user_version=%d; PRAGMA application_id=%d; COMMIT",
             (int)VERSION, (int)APPLICATION_ID);
    bool ok = sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK;
    for (long long v = from; ok && v < VERSION; v++)
        ok = sqlite3_exec(db, migrations[v], NULL, NULL, NULL) == SQLITE_OK;
    if (ok && sqlite3_exec(db, stamp, NULL, NULL, NULL) == SQLITE_OK)
        return HS_OK;
    enum hs_status status = failed(db, path, err);
    sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

enum hs_status hs_schema_prepare(sqlite3 *db, const char *path, struct hs_error *err)
{
    sqlite3_busy_timeout(db, 5000);
    long long version = pragma(db, "PRAGMA user_version");
    long long id = pragma(db, "PRAGMA application_id");
    if (version < 0 || id < 0)
        return failed(db, path, err);
    if (id && id != APPLICATION_ID)
        return hs_fail(err, HS_E_FORMAT, "%s: a database, but not a hindsight store", path);
    if (!version && pragma(db, "SELECT count(*) FROM sqlite_master") != 0)
        return hs_fail(err, HS_E_FORMAT, "%s: a database, but not a hindsight store", path);
    if (version > VERSION)
        return hs_fail(err, HS_E_VERSION,
                       "%s: made by a newer hindsight (store version %lld, this program "
                       "knows %d); use that one, or another --store",
                       path, version, (int)VERSION);
    if (sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;", NULL, NULL, NULL) !=
        SQLITE_OK)
        return failed(db, path, err);
    return version < VERSION ? migrate(db, path, version, err) : HS_OK;
}
