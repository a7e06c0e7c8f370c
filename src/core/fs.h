/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files and folders by POSIX. Paths are byte strings; nothing here changes the working directory.
 * Failures name the path and the reason of the system: HS_E_MISSING, HS_E_IO, HS_E_LIMIT for a
 * file larger than `most`.
 */
#ifndef HS_CORE_FS_H
#define HS_CORE_FS_H

#include "core/arena.h"
#include "core/buf.h"
#include "core/error.h"

#include <stdbool.h>

/* base + "/" + path, or path itself where it is absolute or base is NULL or empty. */
char *hs_path_join(struct hs_arena *a, const char *base, const char *path);
/* All up to the last slash, "." without one, "/" at the root. */
char *hs_path_dir(struct hs_arena *a, const char *path);
const char *hs_path_base(const char *path); /* what follows the last slash */
/* Is what follows the last dot of the name one of these, in whatever case? A name that begins with
 * its only dot has no ending. */
bool hs_path_ends_like(const char *path, const char *const *endings, size_t n);

bool hs_fs_exists(const char *path);
bool hs_fs_is_dir(const char *path);
/* Reads a regular file of at most `most` bytes. */
enum hs_status hs_fs_read(const char *path, size_t most, struct hs_buf *out, struct hs_error *err);
/* The same, and whether nobody but this user and root can have written the file. */
enum hs_status hs_fs_read_owned(const char *path, size_t most, struct hs_buf *out, bool *own,
                                struct hs_error *err);
/* The same of `name` in an open folder, which must not be a link. */
enum hs_status hs_fs_read_at(int dir, const char *name, size_t most, struct hs_buf *out,
                             struct hs_error *err);
/* Writes beside the target, fsyncs, renames into place: whole or not at all. */
enum hs_status hs_fs_write(const char *path, const void *data, size_t n, struct hs_error *err);
/* Makes a folder and its parents; nobody but their owner and group may write them. */
enum hs_status hs_fs_mkdirs(const char *path, struct hs_error *err);

#endif
