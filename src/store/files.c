/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of files: path (and path of the right channel), stamp and hash of the bytes. They let a
 * run without news end without reading a file. */
#include "store/files.h"

#include "core/wire.h"
#include "store/rows.h"

#include <string.h>

enum { PATH, RIGHT_PATH, DATA, N_FIELDS };

/* NULL is stored as an empty path. */
static struct hs_bytes text(const char *s)
{
    return (struct hs_bytes){s ? s : "", s ? strlen(s) : 0};
}

/* The layout of a row's data: what is compared of both files, then the hash. */
static void put_one(struct hs_buf *b, const struct hs_stamp *m)
{
    hs_wire_put_u64(b, (uint64_t)m->inode);
    hs_wire_put_u64(b, (uint64_t)m->size);
    hs_wire_put_u64(b, (uint64_t)m->mtime_ns);
    hs_wire_put_u64(b, (uint64_t)m->ctime_ns);
}

static void put_stamp(struct hs_buf *b, const struct hs_stamp *stamp, const struct hs_stamp *right)
{
    put_one(b, stamp);
    if (right)
        put_one(b, right);
}

/* Does the checksum of the row hold? */
bool hs_file_row_whole(struct hs_store *s, sqlite3_stmt *q)
{
    struct hs_bytes fields[N_FIELDS];
    for (int i = 0; i < N_FIELDS; i++)
        fields[i] = hs_rows_bytes(q, i);
    return hs_rows_whole(s, q, fields, N_FIELDS);
}

/* Known only where inode, size and both times are the same, of both files of a discrete pair. */
bool hs_store_file_find(struct hs_store *s, const char *path, const char *right_path,
                        const struct hs_stamp *stamp, const struct hs_stamp *right,
                        uint64_t hash[2])
{
    sqlite3_stmt *q = hs_rows_statement(s, HS_FILE_FIND);
    struct hs_bytes fields[N_FIELDS] = {text(path), text(right_path)};
    struct hs_buf expected = {0};
    bool found = false;
    put_stamp(&expected, stamp, right);
    hs_rows_bind_bytes(q, 1, fields[PATH].p, fields[PATH].n);
    hs_rows_bind_bytes(q, 2, fields[RIGHT_PATH].p, fields[RIGHT_PATH].n);
    if (hs_rows_step(s, q)) {
        fields[DATA] = hs_rows_bytes(q, DATA);
        struct hs_cursor c = hs_cursor(fields[DATA].p, fields[DATA].n);
        const void *stored = hs_wire_take(&c, expected.len);
        uint64_t low = hs_wire_take_u64(&c), high = hs_wire_take_u64(&c);
        found = hs_rows_whole(s, q, fields, N_FIELDS) && !c.bad &&
                !memcmp(stored, expected.data, expected.len);
        if (found) {
            hash[0] = low;
            hash[1] = high;
        }
    }
    sqlite3_reset(q);
    hs_buf_free(&expected);
    return found;
}

/* Replaces what was known of this path. */
enum hs_status hs_store_file_put(struct hs_store *s, const char *path, const char *right_path,
                                 const struct hs_stamp *stamp, const struct hs_stamp *right,
                                 const uint64_t hash[2], struct hs_error *err)
{
    sqlite3_stmt *q = hs_rows_statement(s, HS_FILE_PUT);
    struct hs_buf data = {0};
    put_stamp(&data, stamp, right);
    for (int i = 0; i < 2; i++)
        hs_wire_put_u64(&data, hash[i]);
    struct hs_bytes fields[N_FIELDS] = {text(path), text(right_path), {data.data, data.len}};
    for (int i = 0; i < N_FIELDS; i++)
        hs_rows_bind_bytes(q, 1 + i, fields[i].p, fields[i].n);
    hs_rows_bind_sum(q, 1 + N_FIELDS, fields, N_FIELDS);
    enum hs_status status = hs_rows_run(s, q, err);
    hs_buf_free(&data);
    return status;
}
