/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whose report a folder is.
 *
 * 1. `.hindsight/job` has the path of the job file, the same path as seen from the report, the
 *    artist, and an id made when the report was first written.
 * 2. The job is the same where its path is the same, or where it lies as it did beside the report
 *    (both were moved), or where the old job file is gone and the artist is the same (it was
 *    renamed). The id then stays, and with it the runs of the past.
 * 3. Any other job is refused, so that no report is overwritten by a mistaken -o.
 */
#include "run/identity.h"

#include "core/dir.h"
#include "core/fs.h"
#include "core/wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

enum { MOST_BYTES = 1 << 20 };

static const char file_name[] = "job";

struct identity {
    uint64_t id[2];
    const char *path;   /* of the job file, without links */
    const char *seen;   /* the same as seen from OUT */
    const char *artist; /* "" where the job has none */
};

/* `to` as seen from the folder `from`; both are absolute and without links. */
static const char *seen_from(const char *from, const char *to, struct hs_arena *a)
{
    size_t same = 0;
    for (size_t i = 0;; i++) {
        bool ends = (!from[i] || from[i] == '/') && (!to[i] || to[i] == '/');
        if (ends && i)
            same = i;
        if (!from[i] || !to[i] || from[i] != to[i])
            break;
    }
    struct hs_buf b = {0};
    for (const char *p = from + same; *p; p++)
        if (*p == '/' && p[1])
            hs_buf_puts(&b, "../");
    hs_buf_puts(&b, to + same + (to[same] == '/'));
    const char *seen = hs_arena_strdup(a, b.data ? b.data : "");
    hs_buf_free(&b);
    return seen;
}

/* Whose report a folder is: the job file by its real path, as seen from the folder, and the id
 * of both. */
static struct identity identity_of(const struct hs_job *job, const char *out, struct hs_arena *a)
{
    char *real = realpath(job->path, NULL);
    struct identity i = {.path = hs_arena_strdup(a, real ? real : job->path),
                         .artist = job->artist ? job->artist : ""};
    free(real);
    i.seen = seen_from(out, i.path, a);
    XXH64_hash_t seed = XXH3_64bits(i.path, strlen(i.path));
    XXH128_hash_t h = XXH3_128bits_withSeed(out, strlen(out), seed);
    i.id[0] = h.low64;
    i.id[1] = h.high64;
    return i;
}

/* As bytes with a checksum, so that a file that was cut short is recognised. */
static void pack(const struct identity *i, struct hs_buf *b)
{
    hs_wire_put_text(b, "hindsight-job/1");
    hs_wire_put_u64(b, i->id[0]);
    hs_wire_put_u64(b, i->id[1]);
    hs_wire_put_text(b, i->path);
    hs_wire_put_text(b, i->seen);
    hs_wire_put_text(b, i->artist);
    hs_wire_put_u64(b, XXH3_64bits(b->data, b->len));
}

/* False where there is none, or none that is whole: then it is written anew. */
static bool read_identity(int state_fd, struct hs_arena *a, struct identity *out)
{
    struct hs_buf b = {0};
    bool good = hs_fs_read_at(state_fd, file_name, MOST_BYTES, &b, NULL) == HS_OK &&
                b.len > sizeof(uint64_t);
    if (good) {
        size_t n = b.len - sizeof(uint64_t);
        struct hs_cursor c = hs_cursor(b.data, n), end = hs_cursor(b.data + n, sizeof(uint64_t));
        hs_wire_take_text(&c, a);
        for (int i = 0; i < 2; i++)
            out->id[i] = hs_wire_take_u64(&c);
        out->path = hs_wire_take_text(&c, a);
        out->seen = hs_wire_take_text(&c, a);
        out->artist = hs_wire_take_text(&c, a);
        good = hs_wire_take_u64(&end) == XXH3_64bits(b.data, n) && !c.bad && out->path &&
               out->seen && out->artist;
    }
    hs_buf_free(&b);
    return good;
}

static enum hs_status write_identity(const char *state, const struct identity *i,
                                     struct hs_arena *a, struct hs_error *err)
{
    struct hs_buf b = {0};
    pack(i, &b);
    enum hs_status status = hs_fs_write(hs_path_join(a, state, file_name), b.data, b.len, err);
    hs_buf_free(&b);
    return status;
}

/* The job file was found where it was, or moved together with its report, or it was renamed
 * or moved alone and the old one is gone. */
static bool is_same_job(const struct identity *was, const struct identity *now)
{
    return !strcmp(was->path, now->path) || !strcmp(was->seen, now->seen) ||
           (!hs_fs_exists(was->path) && !strcmp(was->artist, now->artist));
}

/* Makes the folder this job's, or refuses it. The id of a report that moved is kept. */
enum hs_status hs_identity_claim(int out_fd, int state_fd, const char *out,
                                 const struct hs_job *job, uint64_t id[2], struct hs_error *err)
{
    struct hs_arena a = {0};
    struct identity was = {0}, now = identity_of(job, hs_dir_real(out_fd, out, &a), &a);
    enum hs_status status = HS_OK;
    bool known = read_identity(state_fd, &a, &was);
    if (known && !is_same_job(&was, &now)) {
        status = hs_fail(err, HS_E_USAGE,
                         "%s: holds the report of another job (%s, %s); name another folder "
                         "with -o",
                         out, was.path, was.artist);
    } else {
        if (known)
            memcpy(now.id, was.id, sizeof now.id);
        if (!known || strcmp(was.path, now.path) || strcmp(was.seen, now.seen) ||
            strcmp(was.artist, now.artist))
            status = write_identity(hs_dir_real(state_fd, out, &a), &now, &a, err);
        memcpy(id, now.id, sizeof now.id);
    }
    hs_arena_free(&a);
    return status;
}
