/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tables of the store, and how older ones are brought up to date. Internal to store/.
 */
#ifndef HS_STORE_SCHEMA_H
#define HS_STORE_SCHEMA_H

#include "core/error.h"

#include <sqlite3.h>

/* How a store is opened. */
enum hs_store_mode {
    HS_STORE_LOGGED,  /* the usual: a write-ahead log, which needs a local disk */
    HS_STORE_ALONE,   /* on a network file system: without log and shared memory */
    HS_STORE_SCRATCH, /* thrown away where the process dies */
    HS_STORE_READ,    /* read alone, and nobody writes meanwhile */
};

/* Sets the pragmas, checks the application id, the version and every table and index against
 * what this program makes, migrates in one transaction, and takes the write lock for a moment: what
 * cannot be written is told before any work is done. HS_E_VERSION: newer than this program;
 * HS_E_FOREIGN: another program's file; HS_E_FORMAT: a store of ours that is damaged; HS_E_IO: it
 * cannot be written. One that is only read is neither migrated nor tried. */
enum hs_status hs_schema_prepare(sqlite3 *db, const char *path, enum hs_store_mode mode,
                                 struct hs_error *err);
/* Fails with the words of the last error of `db`: HS_E_FORMAT where it is damage. */
enum hs_status hs_schema_failed(sqlite3 *db, const char *path, struct hs_error *err);

#endif
