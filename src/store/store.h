/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is already measured, in SQLite (WAL): results (store/results.h), what is known of files
 * (store/files.h), finished runs (store/runs.h). Every row carries a checksum over its key and
 * its data, verified on every read: a row that fails is not there, so that it is measured
 * again, and is counted. One connection, one thread (the supervisor). The only includer of
 * sqlite3.h is this folder.
 */
#ifndef HS_STORE_STORE_H
#define HS_STORE_STORE_H

#include "core/error.h"
#include "store/files.h"
#include "store/results.h"
#include "store/runs.h"

#include <stdbool.h>
#include <stddef.h>

struct hs_store;

/* Opens or creates the file PATH, whose name must not be a symbolic link. HS_E_VERSION: made
 * by a newer hindsight; HS_E_FOREIGN: another program's file; HS_E_FORMAT: damaged; HS_E_IO:
 * it cannot be written. All of them leave the file as it was. */
enum hs_status hs_store_open(struct hs_store **out, const char *path, struct hs_error *err);
/* The same on a file system of a network, where a log with shared memory breaks: no other process
 * can open it meanwhile. */
enum hs_status hs_store_open_alone(struct hs_store **out, const char *path, struct hs_error *err);
/* The same for a file that is of no worth where this process dies. */
enum hs_status hs_store_open_scratch(struct hs_store **out, const char *path, struct hs_error *err);
/* One that is there, read alone. Where somebody writes it all the same, rows may not be whole. */
enum hs_status hs_store_open_reading(struct hs_store **out, const char *path, struct hs_error *err);
/* A copy as of now into the new file PATH. */
enum hs_status hs_store_snapshot(struct hs_store *s, const char *path, struct hs_error *err);
/* One without a file, for as long as it is open. */
enum hs_status hs_store_open_memory(struct hs_store **out, struct hs_error *err);
void hs_store_close(struct hs_store *s);

/* Rows that failed their checksum or their range since the store was opened. */
size_t hs_store_damaged(const struct hs_store *s);
/* The file's structure is damaged: reads may find nothing where something was, writes fail
 * with HS_E_FORMAT. */
bool hs_store_broken(const struct hs_store *s);

/* One transaction for many puts. A second begin before the commit fails. A commit that fails
 * undoes every put since the begin. */
enum hs_status hs_store_begin(struct hs_store *s, struct hs_error *err);
enum hs_status hs_store_commit(struct hs_store *s, struct hs_error *err);

#endif
