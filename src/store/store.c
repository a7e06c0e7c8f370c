/* SPDX-License-Identifier: Apache-2.0 */
#include "store/store.h"

#include "core/alloc.h"
#include "store/schema.h"

#include <string.h>

#define SOURCE_KEY "path=?1 AND right_path=?2"

/* Statements are prepared once; the enum is the index. */
enum statement {
    FILE_FIND,
    FILE_PUT,
    RESULT_FIND,
    RESULT_HAS,
    RESULT_PUT,
    RESULT_DROP,
    RUN_LAST,
    RUN_PUT,
    RUN_TRACKS,
    RUN_FINDINGS,
    TRACK_PUT,
    FINDING_PUT,
    FORGET_RUNS,
    FORGET_TRACKS,
    FORGET_FINDINGS,
    N_STATEMENTS,
};

static const char *const sql[N_STATEMENTS] = {
    [FILE_FIND] = "SELECT low, high FROM files WHERE " SOURCE_KEY
                  " AND size=?3 AND mtime_ns=?4 AND right_size=?5 AND right_mtime_ns=?6",
    [FILE_PUT] = "REPLACE INTO files VALUES (?1,?2,?3,?4,?5,?6,?7,?8)",
    [RESULT_FIND] = "SELECT data FROM results WHERE kind=?1 AND key=?2 AND version=?3",
    [RESULT_HAS] = "SELECT 1 FROM results WHERE kind=?1 AND key=?2 AND version=?3",
    [RESULT_PUT] = "REPLACE INTO results (kind, key, version, data) VALUES (?1,?2,?3,?4)",
    [RESULT_DROP] = "DELETE FROM results WHERE kind=?1",
    [RUN_LAST] = "SELECT id, low, high, program, yardstick, exit_code FROM runs"
                 " ORDER BY id DESC LIMIT 1",
    [RUN_PUT] = "INSERT INTO runs (low, high, program, yardstick, exit_code)"
                " VALUES (?1,?2,?3,?4,?5)",
    [RUN_TRACKS] = "SELECT track, master_low, master_high, mix_low, mix_high"
                   " FROM run_tracks WHERE run=?1 ORDER BY track",
    [RUN_FINDINGS] = "SELECT rule, severity, steps FROM run_findings"
                     " WHERE run=?1 AND track=?2 ORDER BY rule",
    [TRACK_PUT] = "REPLACE INTO run_tracks VALUES (?1,?2,?3,?4,?5,?6)",
    [FINDING_PUT] = "REPLACE INTO run_findings VALUES (?1,?2,?3,?4,?5)",
    [FORGET_RUNS] = "DELETE FROM runs WHERE id <= ?1 - 60",
    [FORGET_TRACKS] = "DELETE FROM run_tracks WHERE run <= ?1 - 60",
    [FORGET_FINDINGS] = "DELETE FROM run_findings WHERE run <= ?1 - 60",
};

struct hs_store {
    sqlite3 *db;
    char *path;
    sqlite3_stmt *statements[N_STATEMENTS];
};

static enum hs_status failed(struct hs_store *s, struct hs_error *err)
{
    int code = sqlite3_errcode(s->db) & 0xff;
    bool damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
    return hs_fail(err, damaged ? HS_E_FORMAT : HS_E_IO, "%s: %s%s", s->path, sqlite3_errmsg(s->db),
                   damaged ? "; move it away and run again: it will be made anew" : "");
}

enum hs_status hs_store_open(struct hs_store **out, const char *path, struct hs_error *err)
{
    struct hs_store *s = HS_NEW(struct hs_store);
    enum hs_status status = HS_OK;
    s->path = hs_strdup(path);
    *out = NULL;
    if (sqlite3_open_v2(path, &s->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) !=
        SQLITE_OK)
        status = failed(s, err);
    if (status == HS_OK)
        status = hs_schema_prepare(s->db, path, err);
    for (int i = 0; status == HS_OK && i < N_STATEMENTS; i++)
        if (sqlite3_prepare_v3(s->db, sql[i], -1, SQLITE_PREPARE_PERSISTENT, &s->statements[i],
                               NULL) != SQLITE_OK)
            status = failed(s, err);
    if (status == HS_OK)
        *out = s;
    else
        hs_store_close(s);
    return status;
}

void hs_store_close(struct hs_store *s)
{
    if (!s)
        return;
    for (int i = 0; i < N_STATEMENTS; i++)
        sqlite3_finalize(s->statements[i]);
    sqlite3_close(s->db);
    hs_free(s->path);
    hs_free(s);
}

static sqlite3_stmt *statement(struct hs_store *s, enum statement which)
{
    sqlite3_stmt *q = s->statements[which];
    sqlite3_reset(q);
    sqlite3_clear_bindings(q);
    return q;
}

static void bind_blob(sqlite3_stmt *q, int at, const void *p, size_t n)
{
    sqlite3_bind_blob64(q, at, n ? p : "", n, SQLITE_STATIC);
}

static void bind_path(sqlite3_stmt *q, int at, const char *path)
{
    bind_blob(q, at, path ? path : "", path ? strlen(path) : 0);
}

/* Runs a statement that gives no rows. */
static enum hs_status run(struct hs_store *s, sqlite3_stmt *q, struct hs_error *err)
{
    enum hs_status status = sqlite3_step(q) == SQLITE_DONE ? HS_OK : failed(s, err);
    sqlite3_reset(q);
    return status;
}

static void bind_file(sqlite3_stmt *q, const char *path, const char *right_path,
                      const struct hs_stamp *stamp)
{
    bind_path(q, 1, path);
    bind_path(q, 2, right_path);
    sqlite3_bind_int64(q, 3, stamp->size);
    sqlite3_bind_int64(q, 4, stamp->mtime_ns);
    sqlite3_bind_int64(q, 5, stamp->right_size);
    sqlite3_bind_int64(q, 6, stamp->right_mtime_ns);
}

bool hs_store_file_find(struct hs_store *s, const char *path, const char *right_path,
                        const struct hs_stamp *stamp, uint64_t hash[2])
{
    sqlite3_stmt *q = statement(s, FILE_FIND);
    bind_file(q, path, right_path, stamp);
    bool found = sqlite3_step(q) == SQLITE_ROW;
    if (found) {
        hash[0] = (uint64_t)sqlite3_column_int64(q, 0);
        hash[1] = (uint64_t)sqlite3_column_int64(q, 1);
    }
    sqlite3_reset(q);
    return found;
}

enum hs_status hs_store_file_put(struct hs_store *s, const char *path, const char *right_path,
                                 const struct hs_stamp *stamp, const uint64_t hash[2],
                                 struct hs_error *err)
{
    sqlite3_stmt *q = statement(s, FILE_PUT);
    bind_file(q, path, right_path, stamp);
    sqlite3_bind_int64(q, 7, (sqlite3_int64)hash[0]);
    sqlite3_bind_int64(q, 8, (sqlite3_int64)hash[1]);
    return run(s, q, err);
}

static sqlite3_stmt *result_query(struct hs_store *s, enum statement which,
                                  enum hs_result_kind kind, const void *key, size_t key_n,
                                  uint64_t version)
{
    sqlite3_stmt *q = statement(s, which);
    sqlite3_bind_int(q, 1, kind);
    bind_blob(q, 2, key, key_n);
    sqlite3_bind_int64(q, 3, (sqlite3_int64)version);
    return q;
}

bool hs_store_find(struct hs_store *s, enum hs_result_kind kind, const void *key, size_t key_n,
                   uint64_t version, struct hs_buf *out)
{
    sqlite3_stmt *q = result_query(s, RESULT_FIND, kind, key, key_n, version);
    bool found = sqlite3_step(q) == SQLITE_ROW;
    if (found) {
        const void *data = sqlite3_column_blob(q, 0);
        hs_buf_put(out, data, (size_t)sqlite3_column_bytes(q, 0));
    }
    sqlite3_reset(q);
    return found;
}

bool hs_store_has(struct hs_store *s, enum hs_result_kind kind, const void *key, size_t key_n,
                  uint64_t version)
{
    sqlite3_stmt *q = result_query(s, RESULT_HAS, kind, key, key_n, version);
    bool found = sqlite3_step(q) == SQLITE_ROW;
    sqlite3_reset(q);
    return found;
}

enum hs_status hs_store_put(struct hs_store *s, enum hs_result_kind kind, const void *key,
                            size_t key_n, uint64_t version, const void *data, size_t n,
                            struct hs_error *err)
{
    sqlite3_stmt *q = result_query(s, RESULT_PUT, kind, key, key_n, version);
    bind_blob(q, 4, data, n);
    return run(s, q, err);
}

enum hs_status hs_store_drop(struct hs_store *s, enum hs_result_kind kind, struct hs_error *err)
{
    sqlite3_stmt *q = statement(s, RESULT_DROP);
    sqlite3_bind_int(q, 1, kind);
    return run(s, q, err);
}

static char *column_text(sqlite3_stmt *q, int at, struct hs_arena *a)
{
    const char *p = sqlite3_column_blob(q, at);
    return hs_arena_strndup(a, p ? p : "", (size_t)sqlite3_column_bytes(q, at));
}

static void load_findings(struct hs_store *s, sqlite3_int64 run_id, struct hs_run_track *t,
                          struct hs_arena *a)
{
    sqlite3_stmt *q = statement(s, RUN_FINDINGS);
    struct hs_run_finding *items = NULL;
    size_t cap = 0;
    sqlite3_bind_int64(q, 1, run_id);
    bind_path(q, 2, t->track);
    while (sqlite3_step(q) == SQLITE_ROW) {
        items = hs_arena_grow(a, items, t->n_findings, &cap, sizeof *items);
        items[t->n_findings++] = (struct hs_run_finding){
            .rule = column_text(q, 0, a),
            .severity = sqlite3_column_int(q, 1),
            .steps = sqlite3_column_double(q, 2),
        };
    }
    t->findings = items;
    sqlite3_reset(q);
}

static void load_tracks(struct hs_store *s, sqlite3_int64 run_id, struct hs_run *out,
                        struct hs_arena *a)
{
    sqlite3_stmt *q = statement(s, RUN_TRACKS);
    struct hs_run_track *items = NULL;
    size_t cap = 0;
    sqlite3_bind_int64(q, 1, run_id);
    while (sqlite3_step(q) == SQLITE_ROW) {
        items = hs_arena_grow(a, items, out->n_tracks, &cap, sizeof *items);
        struct hs_run_track *t = &items[out->n_tracks++];
        *t = (struct hs_run_track){.track = column_text(q, 0, a)};
        for (int i = 0; i < 2; i++) {
            t->master[i] = (uint64_t)sqlite3_column_int64(q, 1 + i);
            t->mix[i] = (uint64_t)sqlite3_column_int64(q, 3 + i);
        }
    }
    sqlite3_reset(q);
    for (size_t i = 0; i < out->n_tracks; i++)
        load_findings(s, run_id, &items[i], a);
    out->tracks = items;
}

static bool last_run(struct hs_store *s, struct hs_run *out, sqlite3_int64 *id)
{
    sqlite3_stmt *q = statement(s, RUN_LAST);
    bool found = sqlite3_step(q) == SQLITE_ROW;
    *out = (struct hs_run){0};
    if (found) {
        *id = sqlite3_column_int64(q, 0);
        out->fingerprint[0] = (uint64_t)sqlite3_column_int64(q, 1);
        out->fingerprint[1] = (uint64_t)sqlite3_column_int64(q, 2);
        out->program = (uint64_t)sqlite3_column_int64(q, 3);
        out->yardstick = (uint64_t)sqlite3_column_int64(q, 4);
        out->exit_code = sqlite3_column_int(q, 5);
    }
    sqlite3_reset(q);
    return found;
}

bool hs_store_last_run(struct hs_store *s, struct hs_arena *a, struct hs_run *out)
{
    sqlite3_int64 id;
    bool found = last_run(s, out, &id);
    if (found)
        load_tracks(s, id, out, a);
    return found;
}

bool hs_store_last_fingerprint(struct hs_store *s, uint64_t fingerprint[2], int *exit_code)
{
    struct hs_run r;
    sqlite3_int64 id;
    bool found = last_run(s, &r, &id);
    fingerprint[0] = r.fingerprint[0];
    fingerprint[1] = r.fingerprint[1];
    *exit_code = r.exit_code;
    return found;
}

static enum hs_status put_track(struct hs_store *s, sqlite3_int64 id, const struct hs_run_track *t,
                                struct hs_error *err)
{
    sqlite3_stmt *q = statement(s, TRACK_PUT);
    sqlite3_bind_int64(q, 1, id);
    bind_path(q, 2, t->track);
    for (int i = 0; i < 2; i++) {
        sqlite3_bind_int64(q, 3 + i, (sqlite3_int64)t->master[i]);
        sqlite3_bind_int64(q, 5 + i, (sqlite3_int64)t->mix[i]);
    }
    enum hs_status status = run(s, q, err);
    for (size_t i = 0; status == HS_OK && i < t->n_findings; i++) {
        const struct hs_run_finding *f = &t->findings[i];
        q = statement(s, FINDING_PUT);
        sqlite3_bind_int64(q, 1, id);
        bind_path(q, 2, t->track);
        bind_path(q, 3, f->rule);
        sqlite3_bind_int(q, 4, f->severity);
        sqlite3_bind_double(q, 5, f->steps);
        status = run(s, q, err);
    }
    return status;
}

static enum hs_status put_run(struct hs_store *s, const struct hs_run *r, struct hs_error *err)
{
    sqlite3_stmt *q = statement(s, RUN_PUT);
    sqlite3_bind_int64(q, 1, (sqlite3_int64)r->fingerprint[0]);
    sqlite3_bind_int64(q, 2, (sqlite3_int64)r->fingerprint[1]);
    sqlite3_bind_int64(q, 3, (sqlite3_int64)r->program);
    sqlite3_bind_int64(q, 4, (sqlite3_int64)r->yardstick);
    sqlite3_bind_int(q, 5, r->exit_code);
    enum hs_status status = run(s, q, err);
    sqlite3_int64 id = sqlite3_last_insert_rowid(s->db);
    for (size_t i = 0; status == HS_OK && i < r->n_tracks; i++)
        status = put_track(s, id, &r->tracks[i], err);
    static const enum statement forget[] = {FORGET_RUNS, FORGET_TRACKS, FORGET_FINDINGS};
    for (size_t i = 0; status == HS_OK && i < 3; i++) {
        q = statement(s, forget[i]);
        sqlite3_bind_int64(q, 1, id);
        status = run(s, q, err);
    }
    return status;
}

enum hs_status hs_store_put_run(struct hs_store *s, const struct hs_run *r, struct hs_error *err)
{
    enum hs_status status = hs_store_begin(s, err);
    if (status != HS_OK)
        return status;
    status = put_run(s, r, err);
    if (status == HS_OK)
        return hs_store_commit(s, err);
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

enum hs_status hs_store_begin(struct hs_store *s, struct hs_error *err)
{
    return sqlite3_exec(s->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK ? HS_OK
                                                                                 : failed(s, err);
}

enum hs_status hs_store_commit(struct hs_store *s, struct hs_error *err)
{
    return sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK ? HS_OK : failed(s, err);
}
