/* SPDX-License-Identifier: Apache-2.0 */
/* What all tables share: statements ready to be bound, bytes of columns, the checksum at the end of
 * each row, and the memory of damage that SQLite reports. */
#include "store/rows.h"

#include "store/schema.h"

#include <xxhash.h>

/* The statement, reset and without bindings of the time before. */
sqlite3_stmt *hs_rows_statement(struct hs_store *s, enum hs_statement which)
{
    sqlite3_stmt *q = s->statements[which];
    sqlite3_reset(q);
    sqlite3_clear_bindings(q);
    return q;
}

/* The bytes must stay until the statement has run. No bytes are an empty blob, not NULL. */
void hs_rows_bind_bytes(sqlite3_stmt *q, int at, const void *p, size_t n)
{
    sqlite3_bind_blob64(q, at, n ? p : "", n, SQLITE_STATIC);
}

struct hs_bytes hs_rows_bytes(sqlite3_stmt *q, int column)
{
    const void *p = sqlite3_column_blob(q, column);
    return (struct hs_bytes){p ? p : "", (size_t)sqlite3_column_bytes(q, column)};
}

/* Each field's hash is the seed of the next one, with its length, so that nothing can move
 * from one field into another. */
static sqlite3_int64 sum(const struct hs_bytes *fields, size_t n_fields)
{
    XXH64_hash_t h = n_fields;
    for (size_t i = 0; i < n_fields; i++)
        h = XXH3_64bits_withSeed(fields[i].p, fields[i].n, h + fields[i].n);
    return (sqlite3_int64)h;
}

void hs_rows_bind_sum(sqlite3_stmt *q, int at, const struct hs_bytes *fields, size_t n_fields)
{
    sqlite3_bind_int64(q, at, sum(fields, n_fields));
}

/* Counts rows that are not: they are measured again. */
bool hs_rows_whole(struct hs_store *s, sqlite3_stmt *q, const struct hs_bytes *fields,
                   size_t n_fields)
{
    int last = sqlite3_column_count(q) - 1;
    bool whole = sqlite3_column_type(q, last) == SQLITE_INTEGER &&
                 sqlite3_column_int64(q, last) == sum(fields, n_fields);
    s->n_damaged += !whole;
    return whole;
}

/* Remembers whether what SQLite answered means that the file is damaged. */
static void note(struct hs_store *s, int code)
{
    code &= 0xff;
    s->broken |= code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

/* True: there is a row. Damage ends the rows and is remembered. */
bool hs_rows_step(struct hs_store *s, sqlite3_stmt *q)
{
    int code = sqlite3_step(q);
    note(s, code);
    return code == SQLITE_ROW;
}

/* The error of the last call, as damage or as a failure of the disk. */
enum hs_status hs_rows_failed(struct hs_store *s, struct hs_error *err)
{
    note(s, sqlite3_errcode(s->db));
    return hs_schema_failed(s->db, s->path, err);
}

enum hs_status hs_rows_run(struct hs_store *s, sqlite3_stmt *q, struct hs_error *err)
{
    enum hs_status status = sqlite3_step(q) == SQLITE_DONE ? HS_OK : hs_rows_failed(s, err);
    sqlite3_reset(q);
    return status;
}
