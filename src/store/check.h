/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looking after a store: is every row whole, and what belongs to no file any more. Reads the
 * whole file; one thread, under the lock of the store.
 */
#ifndef HS_STORE_CHECK_H
#define HS_STORE_CHECK_H

#include "core/buf.h"
#include "core/error.h"

#include <stdbool.h>
#include <stddef.h>

struct hs_store;

/* Is the structure of the file whole, its indexes too? Reads all of it; where not, the store
 * is broken from then on. */
bool hs_store_is_sound(struct hs_store *s);

struct hs_store_census {
    long long bytes;                   /* of the file and its log */
    size_t n_files, n_results, n_runs; /* whole rows */
    size_t n_damaged;                  /* rows that fail their checksum or range */
    bool sound;                        /* the structure of the file */
    struct hs_buf said;                /* what is wrong with it, a line each; the caller's */
};

/* Reads every row. Never fails: what cannot be read is what it tells. */
void hs_store_take_census(struct hs_store *s, struct hs_store_census *out);

long long hs_store_bytes(const struct hs_store *s); /* of the file and its log */

struct hs_store_pruned {
    size_t n_files, n_results, n_damaged; /* rows that were dropped */
};
/* Drops the rows of paths that lead to no file, of bytes that no file has, and those that are
 * not whole, and gives the room back. Where more than half of the paths lead nowhere it does
 * nothing but fail with HS_E_MISSING: a disk may not be mounted. */
enum hs_status hs_store_prune(struct hs_store *s, struct hs_store_pruned *out,
                              struct hs_error *err);

#endif
