/* SPDX-License-Identifier: Apache-2.0 */
/* Files by path: what the disk said of them when their bytes were hashed, so that a night
 * without changes reads no audio. */
#ifndef HS_STORE_FILES_H
#define HS_STORE_FILES_H

#include "core/error.h"

#include <stdbool.h>
#include <stdint.h>

struct hs_store;

/* What the disk says of one file. */
struct hs_mark {
    uint64_t device, inode;
    int64_t size, mtime_ns, ctime_ns;
};
/* Of a source: the file, or the left one, and the right one of a discrete pair (else 0). */
struct hs_stamp {
    struct hs_mark file, right;
};

/* False where the path is unknown or its size or one of its times is another. Device and
 * inode are not asked: a network share gets others each time it is mounted. */
bool hs_store_file_find(struct hs_store *s, const char *path, const char *right_path,
                        const struct hs_stamp *stamp, uint64_t hash[2]);
enum hs_status hs_store_file_put(struct hs_store *s, const char *path, const char *right_path,
                                 const struct hs_stamp *stamp, const uint64_t hash[2],
                                 struct hs_error *err);

#endif
