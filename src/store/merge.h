/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of one store into another: parts that were measured elsewhere. The result does not depend
 * on the order in which parts come. One transaction: a failure leaves the store as it was.
 */
#ifndef HS_STORE_MERGE_H
#define HS_STORE_MERGE_H

#include "core/error.h"

#include <stddef.h>

struct hs_store;

struct hs_store_merged {
    size_t n_files, n_results; /* rows that were read */
    size_t n_new;              /* of them, results that were not there */
    size_t n_damaged;          /* rows that are not whole, and are left out */
    size_t n_conflicts;        /* results that differ though key and version are one */
};

/* Takes over files and results in one transaction, row by row. A result of another version is
 * replaced; of two that differ the one of lesser bytes stays, whatever the order of parts. */
enum hs_status hs_store_merge(struct hs_store *into, struct hs_store *from,
                              struct hs_store_merged *out, struct hs_error *err);

#endif
