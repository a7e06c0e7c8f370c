/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the disk says of a file, so that a change of its bytes is seen without reading them.
 * The time of the last change of the inode (ctime) cannot be set back, so that bytes of the
 * same length under the same modification time are seen as well.
 */
#ifndef HS_CORE_STAMP_H
#define HS_CORE_STAMP_H

#include "core/error.h"

#include <stdbool.h>
#include <stdint.h>

struct hs_stamp {
    int64_t device, inode, size, mtime_ns, ctime_ns;
};

/* Follows links, opens nothing. HS_E_MISSING: there is no such file; HS_E_FORMAT: it is not a
 * regular file; HS_E_IO: it cannot be looked at. The message does not name the path. */
enum hs_status hs_stamp_read(const char *path, struct hs_stamp *out, struct hs_error *err);
/* The same of an open file. */
enum hs_status hs_stamp_of(int fd, struct hs_stamp *out, struct hs_error *err);
bool hs_stamp_equal(const struct hs_stamp *a, const struct hs_stamp *b);
/* So fresh that another change could leave the same stamp: the clock of a file system ticks
 * some hundred times a second. */
bool hs_stamp_is_fresh(const struct hs_stamp *s);

#endif
