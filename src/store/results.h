/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Results: bytes by kind, key (the hashes of what they were made from) and the version of what
 * made them. What the bytes mean is known to those who wrote them. A row that is not whole is as
 * good as none. One thread, under the lock of the store.
 */
#ifndef HS_STORE_RESULTS_H
#define HS_STORE_RESULTS_H

#include "core/buf.h"
#include "core/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hs_store;

enum hs_result_kind {
    HS_RESULT_FILE = 1,
    HS_RESULT_PAIR = 2,
    HS_RESULT_BLAME = 3, /* how often a task ended the worker */
    HS_RESULT_STEMS = 4,
    HS_RESULT_PREVIEW = 5,
    HS_RESULT_SHARD = 6, /* what a part of a run says of itself; stays in it */
    HS_RESULT_PART = 7,  /* by the hash of a part of a file (a stream, a track of a sheet): that of
                            the whole file */
};

/* Appends the bytes to `out`. False where there is no such row, or none that is whole. */
bool hs_store_find(struct hs_store *s, enum hs_result_kind kind, const void *key, size_t key_n,
                   uint64_t version, struct hs_buf *out);
/* Whether there is such a row, without reading it: whether it is whole only reading tells. */
bool hs_store_has(struct hs_store *s, enum hs_result_kind kind, const void *key, size_t key_n,
                  uint64_t version);
/* Replaces what stands under this kind and key, of whatever version. */
enum hs_status hs_store_put(struct hs_store *s, enum hs_result_kind kind, const void *key,
                            size_t key_n, uint64_t version, const void *data, size_t n,
                            struct hs_error *err);
enum hs_status hs_store_drop(struct hs_store *s, enum hs_result_kind kind, struct hs_error *err);

#endif
