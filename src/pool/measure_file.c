/* SPDX-License-Identifier: Apache-2.0 */
#include "pool/measure_file.h"

#include "core/alloc.h"
#include "measure/measure.h"
#include "media/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

/* Frames handed to the analysers at once: fits the second-level cache in stereo. */
enum { CHUNK_FRAMES = 8192 };
/* More than this is no record: a stream that never ends must not either. */
static const double longest_s = 24 * 3600.0;

static enum hs_status feed_all(struct hs_reader *r, struct hs_measuring *m,
                               const struct hs_alive *alive, struct hs_error *err)
{
    const float *const *planar;
    size_t n;
    double rate = hs_reader_stream(r)->sample_rate_hz, done_frames = 0;
    for (;;) {
        enum hs_status status = hs_reader_read(r, CHUNK_FRAMES, &planar, &n, err);
        if (status != HS_OK)
            return status;
        if (!n)
            return HS_OK;
        hs_measuring_block(m, planar, n);
        done_frames += (double)n;
        if (alive)
            alive->tell(alive->ctx, done_frames / rate);
        if (done_frames > longest_s * rate)
            return hs_fail(err, HS_E_LIMIT, "longer than %.0f hours", longest_s / 3600);
    }
}

static enum hs_status measure(const struct hs_source *source, hs_analyser_set set,
                              const struct hs_values *known, const struct hs_alive *alive,
                              struct hs_file *out, struct hs_error *err)
{
    struct hs_reader *r = NULL;
    struct hs_measuring *m = NULL;
    enum hs_status status = hs_reader_open(&r, source, err);
    if (status == HS_OK)
        status = hs_measuring_start_some(&m, hs_reader_stream(r), set, known, err);
    if (status == HS_OK)
        status = feed_all(r, m, alive, err);
    if (status == HS_OK) {
        hs_measuring_finish(m, &out->values);
        if (hs_reader_remark(r))
            hs_values_text(&out->values, "remark", hs_reader_remark(r));
    }
    hs_measuring_free(m);
    hs_reader_close(r);
    return status;
}

/* The same bytes give the same words wherever they lie. */
static const char *without_path(const char *msg, const char *path)
{
    size_t n = path ? strlen(path) : 0;
    return n && !strncmp(msg, path, n) && !strncmp(msg + n, ": ", 2) ? msg + n + 2 : msg;
}

enum hs_status hs_run_measure_file(const struct hs_source *source, hs_analyser_set set,
                                   const struct hs_values *known, const struct hs_alive *alive,
                                   struct hs_arena *arena, struct hs_file *out)
{
    struct hs_error err = {0};
    out->source = source;
    out->error = NULL;
    out->state = HS_FILE_OK;
    hs_values_init(&out->values, arena);
    enum hs_status status =
        measure(source, known ? set : HS_ALL_ANALYSERS, known, alive, out, &err);
    if (status == HS_OK)
        return HS_OK;
    const char *msg = without_path(err.msg, source->path);
    hs_values_init(&out->values, arena);
    out->state = status == HS_E_MISSING ? HS_FILE_MISSING : HS_FILE_UNREADABLE;
    out->error = hs_arena_strdup(arena, without_path(msg, source->right_path));
    return status;
}

static enum hs_status hash_one(XXH3_state_t *state, const char *path, const struct hs_alive *alive,
                               struct hs_error *err)
{
    enum { CHUNK = 1 << 17 }; /* stays in the second-level cache between read and hash */
    enum hs_status status = HS_OK;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return hs_fail_errno(err, errno == ENOENT ? HS_E_MISSING : HS_E_IO, "%s: cannot open",
                             path);
    posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    char *chunk = hs_malloc(CHUNK);
    for (;;) {
        ssize_t n = read(fd, chunk, CHUNK);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            status = hs_fail_errno(err, HS_E_IO, "%s: cannot read", path);
        if (n <= 0)
            break;
        XXH3_128bits_update(state, chunk, (size_t)n);
        if (alive)
            alive->tell(alive->ctx, 0);
    }
    hs_free(chunk);
    close(fd);
    return status;
}

enum hs_status hs_run_hash_file(const struct hs_source *source, const struct hs_alive *alive,
                                uint64_t hash[2], struct hs_error *err)
{
    XXH3_state_t *state = XXH3_createState();
    if (!state)
        return hs_fail(err, HS_E_LIMIT, "out of memory");
    XXH3_128bits_reset(state);
    enum hs_status status = hash_one(state, source->path, alive, err);
    if (status == HS_OK && source->right_path)
        status = hash_one(state, source->right_path, alive, err);
    XXH128_hash_t h = XXH3_128bits_digest(state);
    hash[0] = h.low64;
    hash[1] = h.high64;
    XXH3_freeState(state);
    return status;
}
