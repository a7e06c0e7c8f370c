/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading takes regular files only, checks their size before and while reading, and can tell
 * whether only this user or root could have written them. Writing makes a file beside the target
 * with an exclusive name, syncs it, and renames it, so that the target is either the old or the
 * new file.
 */
#include "core/fs.h"

#include "core/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* An absolute path stands for itself. */
char *hs_path_join(struct hs_arena *a, const char *base, const char *path)
{
    if (path[0] == '/' || !base || !*base)
        return hs_arena_strdup(a, path);
    size_t n = strlen(base);
    return hs_arena_printf(a, "%s%s%s", base, base[n - 1] == '/' ? "" : "/", path);
}

char *hs_path_dir(struct hs_arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return hs_arena_strdup(a, ".");
    return hs_arena_strndup(a, path, slash == path ? 1 : (size_t)(slash - path));
}

const char *hs_path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool hs_path_ends_like(const char *path, const char *const *endings, size_t n)
{
    const char *base = hs_path_base(path), *dot = strrchr(base, '.');
    for (size_t i = 0; dot && dot != base && i < n; i++)
        if (!strcasecmp(dot + 1, endings[i]))
            return true;
    return false;
}

bool hs_fs_exists(const char *path)
{
    struct stat st;
    return !stat(path, &st);
}

bool hs_fs_is_dir(const char *path)
{
    struct stat st;
    return !stat(path, &st) && S_ISDIR(st.st_mode);
}

/* Reads to the end; more than `most` bytes are refused. */
static enum hs_status read_all(int fd, const char *path, size_t most, struct hs_buf *out,
                               struct hs_error *err)
{
    char chunk[65536];
    for (;;) {
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return hs_fail_errno(err, HS_E_IO, "%s: cannot read", path);
        if (!n)
            return HS_OK;
        if (out->len + (size_t)n > most)
            return hs_fail(err, HS_E_LIMIT, "%s: larger than %zu bytes", path, most);
        hs_buf_put(out, chunk, (size_t)n);
    }
}

/* Reads an open regular file and closes it; `own`: nobody else could have written it. */
static enum hs_status read_open(int fd, const char *path, size_t most, struct hs_buf *out,
                                bool *own, struct hs_error *err)
{
    struct stat st;
    enum hs_status status;
    if (fd < 0)
        return hs_fail_errno(err, errno == ENOENT ? HS_E_MISSING : HS_E_IO, "%s: cannot open",
                             path);
    if (fstat(fd, &st) || !S_ISREG(st.st_mode))
        status = hs_fail(err, HS_E_IO, "%s: not a regular file", path);
    else
        status = read_all(fd, path, most, out, err);
    if (own)
        *own = status == HS_OK && (st.st_uid == geteuid() || !st.st_uid) &&
               !(st.st_mode & (S_IWGRP | S_IWOTH));
    close(fd);
    return status;
}

enum hs_status hs_fs_read_owned(const char *path, size_t most, struct hs_buf *out, bool *own,
                                struct hs_error *err)
{
    return read_open(open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), path, most, out, own, err);
}

enum hs_status hs_fs_read(const char *path, size_t most, struct hs_buf *out, struct hs_error *err)
{
    return hs_fs_read_owned(path, most, out, NULL, err);
}

enum hs_status hs_fs_read_at(int dir, const char *name, size_t most, struct hs_buf *out,
                             struct hs_error *err)
{
    return read_open(openat(dir, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW), name, most,
                     out, NULL, err);
}

/* Writes all of it, however often the system takes only a part. */
static bool write_all(int fd, const char *p, size_t n)
{
    while (n) {
        ssize_t w = write(fd, p, n);
        if (w < 0 && errno == EINTR)
            continue;
        if (w < 0)
            return false;
        p += w;
        n -= (size_t)w;
    }
    return true;
}

/* Beside the file, synced and renamed: the old content or the new one, never half. */
enum hs_status hs_fs_write(const char *path, const void *data, size_t n, struct hs_error *err)
{
    struct hs_arena a = {0};
    enum hs_status status = HS_OK;
    char *beside = hs_arena_printf(&a, "%s.part.%ld", path, (long)getpid());
    unlink(beside); /* what a killed run of this number left */
    int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0) {
        status = hs_fail_errno(err, HS_E_IO, "%s: cannot create", path);
        goto out;
    }
    bool written = write_all(fd, data, n) && !fsync(fd);
    int saved = errno;
    if (close(fd) && written) {
        saved = errno;
        written = false;
    }
    if (written && rename(beside, path)) {
        saved = errno;
        written = false;
    }
    /* the reason, before unlink can change errno */
    if (!written) {
        unlink(beside);
        errno = saved;
        status = hs_fail_errno(err, HS_E_IO, "%s: cannot write", path);
    }
out:
    hs_arena_free(&a);
    return status;
}

/* Every folder of the path; those that are there already are no failure. */
enum hs_status hs_fs_mkdirs(const char *path, struct hs_error *err)
{
    char *copy = hs_strdup(path);
    enum hs_status status = HS_OK;
    for (char *p = copy + 1; status == HS_OK; p++) {
        if (*p && *p != '/')
            continue;
        char keep = *p;
        *p = '\0';
        if (mkdir(copy, 0775) && errno != EEXIST)
            status = hs_fail_errno(err, HS_E_IO, "%s: cannot create the folder", copy);
        *p = keep;
        if (!keep)
            break;
    }
    hs_free(copy);
    if (status == HS_OK && !hs_fs_is_dir(path))
        status = hs_fail(err, HS_E_IO, "%s: not a folder", path);
    return status;
}
