/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Folders and files that the program chose are opened with O_NOFOLLOW, relative to an open
 *    folder.
 * 2. What was opened is looked at by fstat, never by name: it must be of the right kind, and
 *    belong to this user, to root, or to the owner of the mount (a share that is mounted for one
 *    user shows all files as theirs).
 * 3. It must not be writable by others; with `shared` the group may write, and members of the
 *    group may own it.
 * 4. A file must have one name only, so that nothing else is written through it.
 */
#include "core/dir.h"

#include "core/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    FOLDER = O_RDONLY | O_DIRECTORY | O_CLOEXEC,
    MODE_OWN = 0755,
    MODE_SHARED = 02775,
    FILE_OWN = 0644,
    FILE_SHARED = 0664,
};

/* Who owns the top folder of the mount that `fd` is on: a share that is mounted for one user
 * shows all as theirs. */
static uid_t mount_owner(int fd, uid_t otherwise)
{
    struct stat here, above;
    uid_t owner = otherwise;
    int at = openat(fd, ".", FOLDER);
    while (at >= 0 && !fstat(at, &here)) {
        int up = openat(at, "..", FOLDER);
        bool top = up < 0 || fstat(up, &above) || above.st_dev != here.st_dev ||
                   above.st_ino == here.st_ino;
        owner = here.st_uid;
        close(at);
        at = top ? -1 : up;
        if (top && up >= 0)
            close(up);
    }
    if (at >= 0)
        close(at);
    return owner;
}

/* Is this user a member of the group? */
static bool in_group(gid_t group)
{
    if (group == getegid())
        return true;
    gid_t groups[256];
    int n = getgroups(sizeof groups / sizeof *groups, groups);
    for (int i = 0; i < n; i++)
        if (groups[i] == group)
            return true;
    return false;
}

/* This user, root, with `shared` the group, or the owner of the mount. */
static bool is_trusted_owner(const struct stat *st, int dir, bool shared)
{
    return st->st_uid == geteuid() || !st->st_uid ||
           (shared && st->st_mode & S_IWGRP && in_group(st->st_gid)) ||
           st->st_uid == mount_owner(dir, geteuid());
}

/* `group_may`: a folder that a person named may be written by its group. */
static enum hs_status check_trust(const struct stat *st, int dir, const char *shown, bool shared,
                                  bool group_may, struct hs_error *err)
{
    if (!is_trusted_owner(st, dir, shared))
        return hs_fail(err, HS_E_FOREIGN,
                       "%s: belongs to another user (number %ld), and what is kept there must "
                       "be this user's own",
                       shown, (long)st->st_uid);
    if (st->st_mode & S_IWOTH)
        return hs_fail(err, HS_E_FOREIGN,
                       "%s: everybody may write it, so what is kept there cannot be trusted; "
                       "take that right away (chmod o-w)",
                       shown);
    if (st->st_mode & S_IWGRP && !shared && !group_may)
        return hs_fail(err, HS_E_FOREIGN,
                       "%s: its group may write it; take that right away (chmod g-w), or say "
                       "--shared-state where a group is meant to share it",
                       shown);
    return HS_OK;
}

/* The folder that a person named: made where it is not there; links are followed. */
enum hs_status hs_dir_open(const char *path, bool shared, int *fd, struct hs_error *err)
{
    struct stat st;
    enum hs_status status = hs_fs_mkdirs(path, err);
    *fd = -1;
    if (status != HS_OK)
        return status;
    *fd = open(path, FOLDER);
    if (*fd < 0 || fstat(*fd, &st))
        status = hs_fail_errno(err, HS_E_IO, "%s: cannot open the folder", path);
    else
        status = check_trust(&st, *fd, path, shared, true, err);
    if (status != HS_OK && *fd >= 0) {
        close(*fd);
        *fd = -1;
    }
    return status;
}

/* What stands in the way, in words that say what to do. */
static enum hs_status fail_to_open(const char *shown, struct hs_error *err)
{
    if (errno == ELOOP)
        return hs_fail(err, HS_E_FOREIGN,
                       "%s: a symbolic link, which is not followed here; move it away", shown);
    if (errno == ENOTDIR)
        return hs_fail(err, HS_E_FOREIGN, "%s: not a folder; move it away", shown);
    if (errno == EISDIR)
        return hs_fail(err, HS_E_FOREIGN, "%s: a folder, not a file; move it away", shown);
    return hs_fail_errno(err, HS_E_IO, "%s: cannot open", shown);
}

static bool is_link(int dir, const char *name)
{
    struct stat st;
    return !fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) && S_ISLNK(st.st_mode);
}

/* A folder of the program's own inside of another one. */
enum hs_status hs_dir_enter(int parent, const char *name, const char *shown, bool shared, int *fd,
                            struct hs_error *err)
{
    struct stat st;
    enum hs_status status = HS_OK;
    bool made = !mkdirat(parent, name, MODE_OWN);
    *fd = -1;
    if (!made && errno != EEXIST)
        return hs_fail_errno(err, HS_E_IO, "%s: cannot create the folder", shown);
    *fd = openat(parent, name, FOLDER | O_NOFOLLOW);
    if (*fd < 0) { /* of a link, the system says that it is no folder */
        errno = errno == ENOTDIR && is_link(parent, name) ? ELOOP : errno;
        return fail_to_open(shown, err);
    }
    if ((made && shared && fchmod(*fd, MODE_SHARED)) || fstat(*fd, &st))
        status = hs_fail_errno(err, HS_E_IO, "%s", shown);
    else
        status = check_trust(&st, *fd, shown, shared, false, err);
    if (status != HS_OK) {
        close(*fd);
        *fd = -1;
    }
    return status;
}

/* The last part of the path is the program's own, those above it the person's. */
enum hs_status hs_dir_open_state(const char *path, bool shared, int *fd, struct hs_error *err)
{
    struct hs_arena a = {0};
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    path = hs_arena_strndup(&a, path, n);
    const char *above = hs_path_dir(&a, path), *name = hs_path_base(path);
    enum hs_status status = hs_fs_mkdirs(above, err);
    int parent = status == HS_OK ? open(above, FOLDER) : -1;
    *fd = -1;
    if (status == HS_OK && parent < 0)
        status = hs_fail_errno(err, HS_E_IO, "%s: cannot open the folder", above);
    if (status == HS_OK)
        status = hs_dir_enter(parent, *name ? name : ".", path, shared, fd, err);
    if (parent >= 0)
        close(parent);
    hs_arena_free(&a);
    return status;
}

/* A file of ours: regular, with one name, and trusted. */
static enum hs_status check_file(const struct stat *st, int dir, const char *shown, bool shared,
                                 struct hs_error *err)
{
    if (S_ISLNK(st->st_mode)) {
        errno = ELOOP;
        return fail_to_open(shown, err);
    }
    if (!S_ISREG(st->st_mode))
        return hs_fail(err, HS_E_FOREIGN, "%s: not a regular file; move it away", shown);
    if (st->st_nlink > 1)
        return hs_fail(err, HS_E_FOREIGN,
                       "%s: has a second name elsewhere (a hard link), which would be written "
                       "with it; put a copy in its place",
                       shown);
    return check_trust(st, dir, shown, shared, false, err);
}

/* A file that is not there is fine. */
enum hs_status hs_dir_check_file(int dir, const char *name, const char *shown, bool shared,
                                 struct hs_error *err)
{
    struct stat st;
    if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW))
        return errno == ENOENT ? HS_OK : hs_fail_errno(err, HS_E_IO, "%s", shown);
    return check_file(&st, dir, shown, shared, err);
}

/* Made where it is not there; never through a link. */
enum hs_status hs_dir_open_file(int dir, const char *name, const char *shown, bool shared, int *fd,
                                struct hs_error *err)
{
    struct stat st;
    enum { HOW = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK };
    enum hs_status status;
    *fd = openat(dir, name, HOW);
    bool made = *fd < 0 && errno == ENOENT;
    if (made)
        *fd = openat(dir, name, HOW | O_CREAT, FILE_OWN);
    if (*fd < 0)
        return fail_to_open(shown, err);
    if ((made && shared && fchmod(*fd, FILE_SHARED)) || fstat(*fd, &st))
        status = hs_fail_errno(err, HS_E_IO, "%s", shown);
    else
        status = check_file(&st, dir, shown, shared, err);
    if (status != HS_OK) {
        close(*fd);
        *fd = -1;
    }
    return status;
}

/* The path of an open folder without links; `path` where the system does not say. */
const char *hs_dir_real(int fd, const char *path, struct hs_arena *a)
{
    char name[64], real[PATH_MAX];
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(name, real, sizeof real);
    return n > 0 && (size_t)n < sizeof real ? hs_arena_strndup(a, real, (size_t)n)
                                            : hs_arena_strdup(a, path);
}

const char *hs_dir_read_link(int dir, const char *name, struct hs_arena *a)
{
    char target[PATH_MAX];
    ssize_t n = readlinkat(dir, name, target, sizeof target);
    return n > 0 && (size_t)n < sizeof target ? hs_arena_strndup(a, target, (size_t)n) : NULL;
}
