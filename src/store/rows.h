/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of the store share: the connection with its prepared statements, binding, and
 * the checksum of a row. A row is a few numbers and byte strings; its checksum, the last column,
 * goes over all of them in their order. Internal to store/; statements and what is read from them
 * hold until the next step.
 */
#ifndef HS_STORE_ROWS_H
#define HS_STORE_ROWS_H

#include "core/error.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Statements are prepared once; the enum is the index. Those named _ALL and _BACK read a
 * whole table from either end. */
enum hs_statement {
    HS_FILE_FIND,
    HS_FILE_PUT,
    HS_FILE_DROP,
    HS_FILE_ALL,
    HS_FILE_BACK,
    HS_RESULT_FIND,
    HS_RESULT_VERSION,
    HS_RESULT_PUT,
    HS_RESULT_DROP,
    HS_RESULT_DROP_KIND,
    HS_RESULT_ALL,
    HS_RESULT_BACK,
    HS_RUN_FIND,
    HS_RUN_GET,
    HS_RUN_PUT,
    HS_RUN_NEXT,
    HS_RUN_FORGET,
    HS_RUN_ALL,
    HS_RUN_BACK,
    HS_N_STATEMENTS,
};

struct hs_store {
    sqlite3 *db;
    char *path;
    sqlite3_stmt *statements[HS_N_STATEMENTS];
    size_t n_damaged; /* rows */
    bool broken;      /* the structure of the file is damaged */
};

struct hs_bytes {
    const void *p;
    size_t n;
};

/* A statement ready for binding. */
sqlite3_stmt *hs_rows_statement(struct hs_store *s, enum hs_statement which);
void hs_rows_bind_bytes(sqlite3_stmt *q, int at, const void *p, size_t n);
struct hs_bytes hs_rows_bytes(sqlite3_stmt *q, int column);
/* Binds the checksum over `fields`. */
void hs_rows_bind_sum(sqlite3_stmt *q, int at, const struct hs_bytes *fields, size_t n_fields);
/* Does the last column of the row hold the checksum over `fields`? One that fails is
 * counted. */
bool hs_rows_whole(struct hs_store *s, sqlite3_stmt *q, const struct hs_bytes *fields,
                   size_t n_fields);
/* Is the row before a statement that reads all columns of its table whole? (files.c,
 * results.c, runs.c) */
typedef bool hs_row_reader(struct hs_store *s, sqlite3_stmt *q);
hs_row_reader hs_file_row_whole, hs_result_row_whole, hs_run_row_whole;
/* True where another row stands before the statement; damage is remembered. */
bool hs_rows_step(struct hs_store *s, sqlite3_stmt *q);
/* Runs a statement that gives no rows. */
enum hs_status hs_rows_run(struct hs_store *s, sqlite3_stmt *q, struct hs_error *err);
enum hs_status hs_rows_failed(struct hs_store *s, struct hs_error *err);

#endif
