/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The manifest of a report: every file with its size, time and hash, in `.manifest` beside
 * them. It says whether a report still stands as it was published, and which files the
 * program may delete. The digest and the plans are named in it but may change.
 */
#ifndef HS_RUN_MANIFEST_H
#define HS_RUN_MANIFEST_H

#include "core/arena.h"
#include "core/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

extern const char hs_manifest_name[]; /* ".manifest" */

struct hs_manifest_row {
    const char *path; /* "index.html", "tracks/a.html": one folder deep at most */
    uint64_t hash[2];
    int64_t size, mtime_ns;
    bool loose; /* only has to be there */
};
struct hs_manifest {
    struct hs_manifest_row *rows; /* by path */
    size_t n;
    uint64_t hash[2]; /* of the manifest itself: the number of this report */
};

/* Lists what is in the folder `dir` and writes its manifest. */
enum hs_status hs_manifest_write(int dir, const char *shown, struct hs_arena *a,
                                 struct hs_manifest *out, struct hs_error *err);
/* False where there is none that is whole. */
bool hs_manifest_read(int dir, struct hs_arena *a, struct hs_manifest *out);
/* Is every file there, as it was? Files with another time are read again. */
bool hs_manifest_holds(int dir, const struct hs_manifest *m);
/* The first row behind those in the folder of row i: of the next name in the report. */
size_t hs_manifest_next(const struct hs_manifest *m, size_t i);
/* The first part of a row's path, and whether a folder ends with it. */
const char *hs_manifest_top(const struct hs_manifest_row *row, struct hs_arena *a, bool *folder);

#endif
