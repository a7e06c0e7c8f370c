/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is already measured, in SQLite (WAL). Results are kept by the hash of what they
 * were made from and the version of what made them; files are remembered by path, size
 * and time so that a night without changes reads no audio. One connection, one thread
 * (the supervisor). The only includer of sqlite3.h.
 */
#ifndef HS_STORE_STORE_H
#define HS_STORE_STORE_H

#include "core/arena.h"
#include "core/buf.h"
#include "core/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hs_store;

enum hs_result_kind { HS_RESULT_FILE = 1, HS_RESULT_PAIR = 2, HS_RESULT_POISON = 3 };

/* Opens or creates. HS_E_VERSION: made by a newer hindsight; HS_E_FORMAT: damaged; both
 * leave the file as it was. */
enum hs_status hs_store_open(struct hs_store **out, const char *path, struct hs_error *err);
void hs_store_close(struct hs_store *s);

/* What a path looked like when it was hashed. */
struct hs_stamp {
    int64_t size, mtime_ns;             /* of the file, or the left one */
    int64_t right_size, right_mtime_ns; /* of a discrete pair, else 0 */
};
/* False where the path is unknown or its stamp has changed. */
bool hs_store_file_find(struct hs_store *s, const char *path, const char *right_path,
                        const struct hs_stamp *stamp, uint64_t hash[2]);
enum hs_status hs_store_file_put(struct hs_store *s, const char *path, const char *right_path,
                                 const struct hs_stamp *stamp, const uint64_t hash[2],
                                 struct hs_error *err);

/* A result by kind, key (one or two hashes) and version; appended to `out`. */
bool hs_store_find(struct hs_store *s, enum hs_result_kind kind, const void *key, size_t key_n,
                   uint64_t version, struct hs_buf *out);
bool hs_store_has(struct hs_store *s, enum hs_result_kind kind, const void *key, size_t key_n,
                  uint64_t version);
enum hs_status hs_store_put(struct hs_store *s, enum hs_result_kind kind, const void *key,
                            size_t key_n, uint64_t version, const void *data, size_t n,
                            struct hs_error *err);
enum hs_status hs_store_drop(struct hs_store *s, enum hs_result_kind kind, struct hs_error *err);

/* Runs: what stood in the report, so that the next one can say what has changed. */
struct hs_run_finding {
    const char *rule;
    int severity;
    double steps;
};
struct hs_run_track {
    const char *track;
    uint64_t master[2], mix[2]; /* hashes, 0 where there is none */
    const struct hs_run_finding *findings;
    size_t n_findings;
};
struct hs_run {
    uint64_t fingerprint[2];     /* of everything the report was made from */
    uint64_t program, yardstick; /* versions: of hindsight's judgement, of the references */
    int exit_code;
    const struct hs_run_track *tracks;
    size_t n_tracks;
};
/* The last finished run; n_tracks 0 and false where there is none. */
bool hs_store_last_run(struct hs_store *s, struct hs_arena *a, struct hs_run *out);
/* Only the fingerprint and exit code of the last run: the fast path. */
bool hs_store_last_fingerprint(struct hs_store *s, uint64_t fingerprint[2], int *exit_code);
/* Records a finished run (one transaction) and forgets all but the last 60. */
enum hs_status hs_store_put_run(struct hs_store *s, const struct hs_run *run, struct hs_error *err);

/* Groups many puts into one transaction; nests not. */
enum hs_status hs_store_begin(struct hs_store *s, struct hs_error *err);
enum hs_status hs_store_commit(struct hs_store *s, struct hs_error *err);

#endif
