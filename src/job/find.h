/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From names in a job file to files on disk. A name is tried as written, then in the
 * composed (NFC) and decomposed (NFD) spelling of each part of its path, then against
 * the names in the folder, whose old Latin-1 spellings are understood too.
 */
#ifndef HS_JOB_FIND_H
#define HS_JOB_FIND_H

#include "core/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* The path under which `path` exists, else `path` itself. *exists tells. */
const char *hs_find_file(struct hs_arena *a, const char *path, bool *exists);

/* NFC of well-formed text; Latin-1 bytes are read as such first. */
char *hs_find_nfc(struct hs_arena *a, const char *name);

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
