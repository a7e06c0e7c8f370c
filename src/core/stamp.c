/* SPDX-License-Identifier: Apache-2.0 */
/* What the disk says of a file. A stamp that is younger than two ticks of the clock is not
 * remembered: another change could leave the same times. */
#include "core/stamp.h"

#include <errno.h>
#include <sys/stat.h>
#include <time.h>

/* Two ticks of the coarsest clock that Linux is built with (100 Hz). */
enum { FRESH_NS = 20 * 1000 * 1000 };

static int64_t ns(struct timespec t)
{
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Anything but a regular file is HS_E_FORMAT. */
static enum hs_status take(const struct stat *st, struct hs_stamp *out, struct hs_error *err)
{
    *out = (struct hs_stamp){.device = (int64_t)st->st_dev,
                             .inode = (int64_t)st->st_ino,
                             .size = st->st_size,
                             .mtime_ns = ns(st->st_mtim),
                             .ctime_ns = ns(st->st_ctim)};
    return S_ISREG(st->st_mode) ? HS_OK : hs_fail(err, HS_E_FORMAT, "not a regular file");
}

enum hs_status hs_stamp_read(const char *path, struct hs_stamp *out, struct hs_error *err)
{
    struct stat st;
    *out = (struct hs_stamp){0};
    if (!stat(path, &st))
        return take(&st, out, err);
    if (errno == ENOENT || errno == ENOTDIR)
        return hs_fail(err, HS_E_MISSING, "no such file");
    return hs_fail_errno(err, HS_E_IO, "cannot be looked at");
}

enum hs_status hs_stamp_of(int fd, struct hs_stamp *out, struct hs_error *err)
{
    struct stat st;
    *out = (struct hs_stamp){0};
    if (fstat(fd, &st))
        return hs_fail_errno(err, HS_E_IO, "cannot be looked at");
    return take(&st, out, err);
}

bool hs_stamp_equal(const struct hs_stamp *a, const struct hs_stamp *b)
{
    return a->device == b->device && a->inode == b->inode && a->size == b->size &&
           a->mtime_ns == b->mtime_ns && a->ctime_ns == b->ctime_ns;
}

bool hs_stamp_is_fresh(const struct hs_stamp *s)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t age_ns = ns(now) - s->ctime_ns;
    return age_ns < FRESH_NS && age_ns > -FRESH_NS; /* clocks of file servers differ */
}
