/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Census: SQLite checks structure and indexes, then every row of every table is read and its
 *    checksum compared.
 * 2. Prune: paths that lead to no file are collected. Where they are more than half of all,
 *    nothing is dropped, because a disk may not be mounted.
 * 3. Results whose bytes no remaining file has are dropped with them: of a pair both files must
 *    be there, of stems those that they were fitted in, of a part the file that it is of.
 * 4. All is dropped in one transaction, and the room is given back to the disk.
 */
#include "store/check.h"

#include "core/alloc.h"
#include "store/rows.h"
#include "store/store.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { HASH = 16, MOST_SAID = 20 };

/* SQLite's own check of structure and indexes; at most twenty lines of what is wrong. */
static bool ask_sqlite(struct hs_store *s, struct hs_buf *said_all)
{
    sqlite3_stmt *q;
    if (sqlite3_prepare_v2(s->db, "PRAGMA integrity_check(20)", -1, &q, NULL) != SQLITE_OK)
        return false;
    bool fine = false;
    size_t n = 0;
    for (; hs_rows_step(s, q) && n < MOST_SAID; n++) {
        struct hs_bytes said = hs_rows_bytes(q, 0);
        fine = !n && said.n == 2 && !memcmp(said.p, "ok", 2);
        if (!fine) {
            hs_buf_put(said_all, said.p, said.n);
            hs_buf_putc(said_all, '\n');
        }
    }
    sqlite3_finalize(q);
    return fine && n == 1 && !s->broken;
}

bool hs_store_is_sound(struct hs_store *s)
{
    struct hs_buf said = {0};
    s->broken |= !ask_sqlite(s, &said);
    hs_buf_free(&said);
    return !s->broken;
}

/* Counts the whole rows of a table. */
static size_t count(struct hs_store *s, enum hs_statement all, hs_row_reader *is_whole)
{
    sqlite3_stmt *q = hs_rows_statement(s, all);
    size_t n = 0;
    while (hs_rows_step(s, q))
        n += is_whole(s, q);
    sqlite3_reset(q);
    return n;
}

/* The database and its log, which belongs to it until it is written back. */
long long hs_store_bytes(const struct hs_store *s)
{
    struct stat st;
    struct hs_buf log = {0};
    long long bytes = stat(s->path, &st) ? 0 : st.st_size;
    hs_buf_printf(&log, "%s-wal", s->path);
    bytes += stat(log.data, &st) ? 0 : st.st_size;
    hs_buf_free(&log);
    return bytes;
}

/* Reads every row: slow on a large store, and the only proof that it is whole. */
void hs_store_take_census(struct hs_store *s, struct hs_store_census *out)
{
    size_t before = s->n_damaged;
    *out = (struct hs_store_census){.bytes = hs_store_bytes(s)};
    out->sound = ask_sqlite(s, &out->said);
    out->n_files = count(s, HS_FILE_ALL, hs_file_row_whole);
    out->n_results = count(s, HS_RESULT_ALL, hs_result_row_whole);
    out->n_runs = count(s, HS_RUN_ALL, hs_run_row_whole);
    out->n_damaged = s->n_damaged - before;
    out->sound &= !s->broken;
}

/* The hashes that files have, sorted. */
struct hashes {
    unsigned char (*items)[HASH];
    size_t n, cap;
};

/* A row to drop, by its key. */
struct doomed {
    struct hs_buf key[2];
    int64_t kind;
};
struct doomed_list {
    struct doomed *items;
    size_t n, cap;
};

static int by_bytes(const void *a, const void *b)
{
    return memcmp(a, b, HASH);
}

/* Only where the system says that there is no such file; a folder that cannot be read is not gone.
 */
static bool is_gone(struct hs_bytes path)
{
    struct stat st;
    char *name = hs_malloc(path.n + 1);
    memcpy(name, path.p, path.n);
    name[path.n] = '\0';
    bool gone = path.n && stat(name, &st) && (errno == ENOENT || errno == ENOTDIR);
    hs_free(name);
    return gone;
}

/* Room for one more row to drop. */
static struct doomed *doom(struct doomed_list *l)
{
    l->items = hs_grow(l->items, l->n, &l->cap, sizeof *l->items);
    l->items[l->n] = (struct doomed){0};
    return &l->items[l->n++];
}

static void free_list(struct doomed_list *l)
{
    for (size_t i = 0; i < l->n; i++)
        for (int k = 0; k < 2; k++)
            hs_buf_free(&l->items[i].key[k]);
    hs_free(l->items);
}

static bool is_known_hash(const struct hashes *used, const void *hash)
{
    return used->n && bsearch(hash, used->items, used->n, HASH, by_bytes);
}

static void add_hash(struct hashes *l, const void *hash)
{
    l->items = hs_grow(l->items, l->n, &l->cap, HASH);
    memcpy(l->items[l->n++], hash, HASH);
}

/* Goes through the files: which hashes are in use, which rows lead nowhere. */
static size_t read_files(struct hs_store *s, struct hashes *used, struct doomed_list *gone)
{
    sqlite3_stmt *q = hs_rows_statement(s, HS_FILE_ALL);
    size_t n = 0;
    for (; hs_rows_step(s, q); n++) {
        struct hs_bytes path = hs_rows_bytes(q, 0), right = hs_rows_bytes(q, 1),
                        data = hs_rows_bytes(q, 2);
        if (!hs_file_row_whole(s, q) || is_gone(path) || is_gone(right)) {
            struct doomed *d = doom(gone);
            hs_buf_put(&d->key[0], path.p, path.n);
            hs_buf_put(&d->key[1], right.p, right.n);
        } else if (data.n >= HASH) {
            add_hash(used, (const char *)data.p + data.n - HASH);
        }
    }
    sqlite3_reset(q);
    if (used->n)
        qsort(used->items, used->n, HASH, by_bytes);
    return n;
}

/* Results of a part of a file are of use while the file is there: the hashes of such parts. */
static void add_parts(struct hs_store *s, struct hashes *used)
{
    sqlite3_stmt *q = hs_rows_statement(s, HS_RESULT_ALL);
    struct hashes parts = {0};
    while (hs_rows_step(s, q)) {
        struct hs_bytes part = hs_rows_bytes(q, 1), whole = hs_rows_bytes(q, 3);
        if (sqlite3_column_int64(q, 0) == HS_RESULT_PART && hs_result_row_whole(s, q) &&
            part.n == HASH && whole.n == HASH && is_known_hash(used, whole.p))
            add_hash(&parts, part.p);
    }
    sqlite3_reset(q);
    for (size_t i = 0; i < parts.n; i++)
        add_hash(used, parts.items[i]);
    if (used->n)
        qsort(used->items, used->n, HASH, by_bytes);
    hs_free(parts.items);
}

/* A pair is of use while both of its files are there, and stems while those are that they were
 * fitted in; what belongs to one file begins with the hash of that. */
static bool is_used(const struct hashes *used, int64_t kind, struct hs_bytes key)
{
    size_t n = kind == HS_RESULT_PAIR || kind == HS_RESULT_STEMS ? 2 : 1;
    if (key.n < n * HASH)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!is_known_hash(used, (const char *)key.p + i * HASH))
            return false;
    return true;
}

/* Collects the results that are not whole or belong to no file. */
static void read_results(struct hs_store *s, const struct hashes *used, struct doomed_list *unused)
{
    sqlite3_stmt *q = hs_rows_statement(s, HS_RESULT_ALL);
    while (hs_rows_step(s, q)) {
        int64_t kind = sqlite3_column_int64(q, 0);
        struct hs_bytes key = hs_rows_bytes(q, 1);
        if (hs_result_row_whole(s, q) && is_used(used, kind, key))
            continue;
        struct doomed *d = doom(unused);
        d->kind = kind;
        hs_buf_put(&d->key[0], key.p, key.n);
    }
    sqlite3_reset(q);
}

/* Drops all of them in one transaction. */
static enum hs_status drop_all(struct hs_store *s, const struct doomed_list *files,
                               const struct doomed_list *results, struct hs_error *err)
{
    enum hs_status status = hs_store_begin(s, err);
    if (status != HS_OK)
        return status;
    for (size_t i = 0; status == HS_OK && i < files->n; i++) {
        sqlite3_stmt *q = hs_rows_statement(s, HS_FILE_DROP);
        for (int k = 0; k < 2; k++)
            hs_rows_bind_bytes(q, 1 + k, files->items[i].key[k].data, files->items[i].key[k].len);
        status = hs_rows_run(s, q, err);
    }
    for (size_t i = 0; status == HS_OK && i < results->n; i++) {
        sqlite3_stmt *q = hs_rows_statement(s, HS_RESULT_DROP);
        sqlite3_bind_int64(q, 1, results->items[i].kind);
        hs_rows_bind_bytes(q, 2, results->items[i].key[0].data, results->items[i].key[0].len);
        status = hs_rows_run(s, q, err);
    }
    if (status == HS_OK)
        return hs_store_commit(s, err);
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

/* The room that dropped rows took goes back to the disk. */
static enum hs_status shrink(struct hs_store *s, struct hs_error *err)
{
    for (int i = 0; i < HS_N_STATEMENTS; i++)
        sqlite3_reset(s->statements[i]);
    return sqlite3_exec(s->db, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL) ==
                   SQLITE_OK
               ? HS_OK
               : hs_rows_failed(s, err);
}

/* Nothing is dropped before all that is to go is known. */
enum hs_status hs_store_prune(struct hs_store *s, struct hs_store_pruned *out, struct hs_error *err)
{
    struct hashes used = {0};
    struct doomed_list gone = {0}, unused = {0};
    size_t before = s->n_damaged, n_files = read_files(s, &used, &gone);
    enum hs_status status = HS_OK;
    if (gone.n * 2 > n_files)
        status = hs_fail(err, HS_E_MISSING,
                         "%zu of the %zu files are not there: is a disk not mounted? Nothing "
                         "was dropped",
                         gone.n, n_files);
    if (status == HS_OK) {
        add_parts(s, &used);
        read_results(s, &used, &unused);
        status = s->broken ? hs_fail(err, HS_E_FORMAT, "%s: damaged; an audit mends it", s->path)
                           : drop_all(s, &gone, &unused, err);
    }
    if (status == HS_OK)
        status = shrink(s, err);
    *out = (struct hs_store_pruned){gone.n, unused.n, s->n_damaged - before};
    free_list(&gone);
    free_list(&unused);
    hs_free(used.items);
    return status;
}
