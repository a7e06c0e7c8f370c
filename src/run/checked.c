/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A task travels with the stamps of its files (size, times, inode) as they were when they were
 * looked at.
 *
 * 1. Before it is read each file is looked at by path, since opening a FIFO that took its place
 *    would block; then it is opened and looked at once more behind the descriptor.
 * 2. Behind the work it is looked at by path again. Whatever differs makes the result
 *    HS_E_CHANGED, which is unfinished work and not a property of the file.
 */
#include "run/checked.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const char changed[] = "changed while it was being read; it is tried again in the next run";

static void put_stamp(struct hs_buf *b, const struct hs_stamp *s)
{
    hs_wire_put_blob(b, s, s ? sizeof *s : 0);
}

static void take_stamp(struct hs_cursor *c, struct hs_stamp *out)
{
    size_t n;
    const void *p = hs_wire_take_blob(c, &n);
    *out = (struct hs_stamp){0};
    if (n == sizeof *out)
        memcpy(out, p, n);
}

/* The source and the stamps of its one or two files, as the worker will take them. */
void hs_checked_put(struct hs_buf *payload, const struct hs_source *source,
                    const struct hs_stamp *stamp, const struct hs_stamp *right)
{
    hs_wire_put_text(payload, source->path);
    hs_wire_put_text(payload, source->right_path);
    hs_wire_put_text(payload, source->shown);
    hs_wire_put_u32(payload, (uint32_t)source->stream);
    hs_wire_put_u64(payload, (uint64_t)source->from_75);
    hs_wire_put_u64(payload, (uint64_t)source->to_75);
    hs_wire_put_u32(payload, source->emphasised);
    put_stamp(payload, stamp);
    put_stamp(payload, right);
}

/* The other half of hs_checked_put. What is missing or too long leaves the cursor bad. */
struct hs_checked hs_checked_take(struct hs_cursor *c, struct hs_arena *a)
{
    struct hs_checked in = {.fd = {-1, -1}, .source.exists = true};
    in.source.path = hs_wire_take_text(c, a);
    in.source.right_path = hs_wire_take_text(c, a);
    in.source.shown = hs_wire_take_text(c, a);
    in.source.stream = (int)hs_wire_take_u32(c);
    in.source.from_75 = (int64_t)hs_wire_take_u64(c);
    in.source.to_75 = (int64_t)hs_wire_take_u64(c);
    in.source.emphasised = hs_wire_take_u32(c) != 0;
    take_stamp(c, &in.stamp[0]);
    take_stamp(c, &in.stamp[1]);
    return in;
}

/* Opens a file that must still be the one that was looked at: before it is opened (a FIFO would
 * block) and behind the descriptor. */
static enum hs_status open_one(const char *path, struct hs_stamp *stamp, int *fd,
                               struct hs_error *err)
{
    struct hs_stamp now;
    enum hs_status status = hs_stamp_read(path, &now, err);
    if (status == HS_E_FORMAT) /* it was a regular file when it was looked at */
        hs_error_clear(err);
    if (status != HS_OK)
        return hs_fail(err, status == HS_E_FORMAT ? HS_E_CHANGED : status, "%s", changed);
    *fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (*fd < 0)
        return hs_fail_errno(err, errno == ENOENT || errno == ENOTDIR ? HS_E_MISSING : HS_E_IO,
                             "cannot be opened");
    status = hs_stamp_of(*fd, &now, err);
    if (status == HS_OK && !hs_stamp_equal(&now, stamp))
        status = hs_fail(err, HS_E_CHANGED, "%s", changed);
    return status;
}

enum hs_status hs_checked_open(struct hs_checked *in, struct hs_error *err)
{
    const char *path[] = {in->source.path, in->source.right_path};
    enum hs_status status = HS_OK;
    for (int i = 0; i < 2 && path[i] && status == HS_OK; i++)
        status = open_one(path[i], &in->stamp[i], &in->fd[i], err);
    return status;
}

/* Looks at the files again and closes them. A difference replaces any other error, because the work
 * was done on something that no longer is. */
void hs_checked_close(struct hs_checked *in, struct hs_error *err)
{
    const char *path[] = {in->source.path, in->source.right_path};
    bool same = true;
    for (int i = 0; i < 2; i++) {
        struct hs_stamp now;
        if (in->fd[i] < 0)
            continue;
        same = same && hs_stamp_read(path[i], &now, NULL) == HS_OK &&
               hs_stamp_equal(&now, &in->stamp[i]);
        close(in->fd[i]);
        in->fd[i] = -1;
    }
    if (!same) {
        hs_error_clear(err);
        hs_fail(err, HS_E_CHANGED, "%s", changed);
    }
}

/* Takes the path off the front of a message: rows of the store hold for the bytes, wherever they
 * lie. */
static void strip(struct hs_error *err, const char *path)
{
    size_t n = path ? strlen(path) : 0;
    if (n && !strncmp(err->msg, path, n) && !strncmp(err->msg + n, ": ", 2))
        memmove(err->msg, err->msg + n + 2, strlen(err->msg + n + 2) + 1);
}

void hs_checked_strip(const struct hs_checked *in, struct hs_error *err)
{
    strip(err, in->source.path);
    strip(err, in->source.right_path);
}

void hs_checked_confirm(struct hs_error *err, const struct hs_error *again)
{
    bool alike = err->status == again->status;
    if (alike && !strcmp(err->msg, again->msg))
        return;
    *err = *again;
    if (alike)
        err->status = HS_E_IO;
}
