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

/* The path under which `path` exists, else `path` itself. *exists tells. */
const char *hs_find_file(struct hs_arena *a, const char *path, bool *exists);

/* NFC of well-formed text; Latin-1 bytes are read as such first. */
char *hs_find_nfc(struct hs_arena *a, const char *name);

#endif
