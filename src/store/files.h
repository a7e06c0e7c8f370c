/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files by path: what the disk said of them when their bytes were hashed, so that a night without
 * changes reads no audio. A row that is not whole is as good as none. One thread, under the lock
 * of the store.
 */
#ifndef HS_STORE_FILES_H
#define HS_STORE_FILES_H

#include "core/error.h"
#include "core/stamp.h"

#include <stdbool.h>
#include <stdint.h>

struct hs_store;

/* What a path looked like when it was hashed (`right`: the other file of a discrete pair,
 * else NULL). False where it is unknown or looks different now. The device is not asked: a
 * network share gets another one each time it is mounted. */
bool hs_store_file_find(struct hs_store *s, const char *path, const char *right_path,
                        const struct hs_stamp *stamp, const struct hs_stamp *right,
                        uint64_t hash[2]);
enum hs_status hs_store_file_put(struct hs_store *s, const char *path, const char *right_path,
                                 const struct hs_stamp *stamp, const struct hs_stamp *right,
                                 const uint64_t hash[2], struct hs_error *err);

#endif
