/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of results: kind, key (hashes of the bytes that a result follows from), version of what
 * made it, data. The checksum covers all four, so that no field can be changed alone. */
#include "store/results.h"

#include "store/rows.h"

enum { KIND, KEY, VERSION, DATA, N_FIELDS };

/* The numbers of a row as bytes, for its checksum. */
struct numbers {
    sqlite3_int64 kind, version;
};

/* The fields of a row in the order in which they are summed. */
static void take_fields(const struct numbers *numbers, struct hs_bytes key, struct hs_bytes data,
                        struct hs_bytes fields[N_FIELDS])
{
    fields[KIND] = (struct hs_bytes){&numbers->kind, sizeof numbers->kind};
    fields[KEY] = key;
    fields[VERSION] = (struct hs_bytes){&numbers->version, sizeof numbers->version};
    fields[DATA] = data;
}

/* A row of another version is none: it is made anew and replaced. */
bool hs_store_find(struct hs_store *s, enum hs_result_kind kind, const void *key, size_t key_n,
                   uint64_t version, struct hs_buf *out)
{
    sqlite3_stmt *q = hs_rows_statement(s, HS_RESULT_FIND);
    struct hs_bytes fields[N_FIELDS];
    bool found = false;
    sqlite3_bind_int64(q, 1, kind);
    hs_rows_bind_bytes(q, 2, key, key_n);
    if (hs_rows_step(s, q)) {
        struct numbers n = {kind, sqlite3_column_int64(q, VERSION)};
        take_fields(&n, (struct hs_bytes){key, key_n}, hs_rows_bytes(q, DATA), fields);
        found = hs_rows_whole(s, q, fields, N_FIELDS) && n.version == (sqlite3_int64)version;
        if (found)
            hs_buf_put(out, fields[DATA].p, fields[DATA].n);
    }
    sqlite3_reset(q);
    return found;
}

/* Does the checksum of the row before the statement hold? */
bool hs_result_row_whole(struct hs_store *s, sqlite3_stmt *q)
{
    struct numbers n = {sqlite3_column_int64(q, KIND), sqlite3_column_int64(q, VERSION)};
    struct hs_bytes fields[N_FIELDS];
    take_fields(&n, hs_rows_bytes(q, KEY), hs_rows_bytes(q, DATA), fields);
    return hs_rows_whole(s, q, fields, N_FIELDS);
}

bool hs_store_has(struct hs_store *s, enum hs_result_kind kind, const void *key, size_t key_n,
                  uint64_t version)
{
    sqlite3_stmt *q = hs_rows_statement(s, HS_RESULT_VERSION);
    sqlite3_bind_int64(q, 1, kind);
    hs_rows_bind_bytes(q, 2, key, key_n);
    const bool has = hs_rows_step(s, q) && sqlite3_column_int64(q, 0) == (sqlite3_int64)version;
    sqlite3_reset(q);
    return has;
}

/* One row for each kind and key, whatever its version. */
enum hs_status hs_store_put(struct hs_store *s, enum hs_result_kind kind, const void *key,
                            size_t key_n, uint64_t version, const void *data, size_t n,
                            struct hs_error *err)
{
    sqlite3_stmt *q = hs_rows_statement(s, HS_RESULT_PUT);
    struct numbers numbers = {kind, (sqlite3_int64)version};
    struct hs_bytes fields[N_FIELDS];
    take_fields(&numbers, (struct hs_bytes){key, key_n}, (struct hs_bytes){n ? data : "", n},
                fields);
    sqlite3_bind_int64(q, 1 + KIND, numbers.kind);
    hs_rows_bind_bytes(q, 1 + KEY, key, key_n);
    sqlite3_bind_int64(q, 1 + VERSION, numbers.version);
    hs_rows_bind_bytes(q, 1 + DATA, data, n);
    hs_rows_bind_sum(q, 1 + N_FIELDS, fields, N_FIELDS);
    return hs_rows_run(s, q, err);
}

/* All rows of a kind; for blame this empties the quarantine. */
enum hs_status hs_store_drop(struct hs_store *s, enum hs_result_kind kind, struct hs_error *err)
{
    sqlite3_stmt *q = hs_rows_statement(s, HS_RESULT_DROP_KIND);
    sqlite3_bind_int64(q, 1, kind);
    return hs_rows_run(s, q, err);
}
