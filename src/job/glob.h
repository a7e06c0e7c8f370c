/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Patterns of file names, and the files that they stand for. Matching is by characters of UTF-8
 * and pure. Searching reads the disk and gives absolute paths in the arena; it follows links to
 * folders, but not below a "**".
 */
#ifndef HS_JOB_GLOB_H
#define HS_JOB_GLOB_H

#include "core/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* Does `name` match `pattern`: * ? [a-z] [!a-z] within one part of a path, a backslash
 * takes the next character as it is. Linear in time but for the factor of one star. */
bool hs_glob_match(const char *pattern, const char *name);
bool hs_glob_is_pattern(const char *path);

struct hs_paths {
    const char **items;
    size_t n, cap;
};
/* The regular files that `pattern` (an absolute path, "**" for folders at any depth)
 * stands for, sorted by bytes; hidden ones only where the pattern says so. False where
 * the search grew out of bounds. */
bool hs_glob_files(struct hs_arena *a, const char *pattern, struct hs_paths *out);

#endif
