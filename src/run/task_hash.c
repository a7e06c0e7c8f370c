/* SPDX-License-Identifier: Apache-2.0 */
/* Reads in chunks and stops where a file is longer than it was when it was looked at. */
#include "run/task_hash.h"

#include "core/alloc.h"
#include "run/checked.h"
#include "run/result.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

enum { CHUNK = 1 << 17 }; /* stays in the second-level cache between read and hash */

/* A file that grows while it is read is not the one that was looked at, and may not end. */
static enum hs_status hash_one(XXH3_state_t *state, int fd, int64_t size, char *chunk,
                               const struct hs_alive *alive, struct hs_error *err)
{
    int64_t done = 0;
    posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    while (done <= size) {
        ssize_t n = read(fd, chunk, CHUNK);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return hs_fail_errno(err, HS_E_IO, "cannot be read");
        if (!n)
            return HS_OK;
        XXH3_128bits_update(state, chunk, (size_t)n);
        done += n;
        hs_alive_tell(alive, (double)n, 0);
    }
    return hs_fail(err, HS_E_CHANGED, "grows while it is being read");
}

/* One hash over the file, or over both files of a discrete pair one after the other. */
static enum hs_status hash_all(const struct hs_checked *in, const struct hs_alive *alive,
                               uint64_t hash[2], struct hs_error *err)
{
    enum hs_status status = HS_OK;
    XXH3_state_t *state = XXH3_createState();
    if (!state)
        return hs_fail(err, HS_E_FAILED, "out of memory");
    char *chunk = hs_malloc(CHUNK);
    XXH3_128bits_reset(state);
    for (int i = 0; i < 2 && in->fd[i] >= 0 && status == HS_OK; i++)
        status = hash_one(state, in->fd[i], in->stamp[i].size, chunk, alive, err);
    XXH128_hash_t h = XXH3_128bits_digest(state);
    hash[0] = h.low64;
    hash[1] = h.high64;
    hs_free(chunk);
    XXH3_freeState(state);
    return status;
}

/* In the worker: opens the file as it was looked at, hashes it, and looks again. */
static void run(const void *payload, size_t n, const struct hs_alive *alive, struct hs_buf *reply)
{
    struct hs_arena a = {0};
    struct hs_error err = {0};
    struct hs_cursor c = hs_cursor(payload, n);
    struct hs_checked in = hs_checked_take(&c, &a);
    uint64_t hash[2] = {0};
    if (hs_checked_open(&in, &err) == HS_OK)
        hash_all(&in, alive, hash, &err);
    hs_checked_close(&in, &err);
    hs_result_put_body(reply, hash, sizeof hash, &err);
    hs_arena_free(&a);
}

bool hs_result_hash(const struct hs_result *r, uint64_t hash[2])
{
    if (r->outcome != HS_OUTCOME_OK || r->n_body != 2 * sizeof *hash)
        return false;
    memcpy(hash, r->body, r->n_body);
    return true;
}

const struct hs_task_kind hs_task_kind_hash = {.name = "hash", .run = run};
