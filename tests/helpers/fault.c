/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Preloaded into the program under test: fails, kills or swaps at the n-th call of a kind.
 *   FAULT_AT=N        which call, counted over all processes in FAULT_COUNT; 0: only count
 *   FAULT_OP          open rename sync commit read
 *   FAULT_DO          fail (EIO), kill, stop, swap, swap_back, away, slow (every call takes 50 ms),
 *                     folder (away, and a folder of the name in its place)
 *   FAULT_COUNT       a file that holds the count
 *   FAULT_FILE        of open and read: only of paths that contain this text
 *   FAULT_SWAP        of swap: this file takes the place of the one that is opened or read;
 *                     of away: this folder goes to a place of that name with .away behind it
 *   FAULT_STATFS      all file systems are of this type (0x6969: NFS)
 *   FAULT_NO_LOCKS    locks are always given
 *   FAULT_ROOM_IN     private folders can be made only below paths that contain this text
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static const char *setting(const char *name)
{
    const char *value = getenv(name);
    return value ? value : "";
}

static bool is(const char *name, const char *value)
{
    return !strcmp(setting(name), value);
}

static atomic_long *counter(void)
{
    static _Atomic(atomic_long *) shared;
    atomic_long *p = atomic_load(&shared);
    if (p)
        return p;
    int fd = REAL(open)(setting("FAULT_COUNT"), O_RDWR | O_CLOEXEC);
    p = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof *p, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (fd >= 0)
        close(fd);
    if (p == MAP_FAILED)
        abort(); /* a test without its counter would test nothing */
    atomic_store(&shared, p);
    return p;
}

/* The file and the other one change places; so again, they are back. */
static void swap(const char *path)
{
    const char *other = setting("FAULT_SWAP");
    for (int i = 0; i < (is("FAULT_DO", "swap_back") ? 2 : 1); i++)
        if (renameat2(AT_FDCWD, path, AT_FDCWD, other, RENAME_EXCHANGE))
            abort();
}

static void away(void)
{
    const char *folder = setting("FAULT_SWAP");
    char to[4096];
    snprintf(to, sizeof to, "%s.away", folder);
    if (REAL(rename)(folder, to) || (is("FAULT_DO", "folder") && mkdir(folder, 0777)))
        abort();
}

/* True where this call is to fail. `path` is that of an audio file, else NULL. */
static bool strikes(const char *op, const char *path)
{
    if (is("FAULT_OP", op) && is("FAULT_DO", "slow"))
        usleep(50000);
    if (!is("FAULT_OP", op) || atomic_fetch_add(counter(), 1) + 1 != atol(setting("FAULT_AT")))
        return false;
    if (is("FAULT_DO", "kill"))
        kill(getpid(), SIGKILL);
    if (is("FAULT_DO", "stop"))
        kill(getpid(), SIGSTOP);
    if (is("FAULT_DO", "away") || is("FAULT_DO", "folder"))
        away();
    if (path && !strncmp(setting("FAULT_DO"), "swap", 4))
        swap(path);
    errno = EIO;
    return is("FAULT_DO", "fail");
}

static bool matches(const char *path)
{
    return strstr(path, setting("FAULT_FILE")) != NULL;
}

static int open_it(int dir, const char *path, int flags, mode_t mode)
{
    bool audio = *setting("FAULT_FILE") && matches(path);
    if ((audio || !*setting("FAULT_FILE")) && strikes("open", audio ? path : NULL))
        return -1;
    return REAL(openat)(dir, path, flags, mode);
}

static mode_t mode_of(int flags, va_list ap)
{
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(ap, mode_t) : 0;
}

#define OPEN(name, ...)                                                                            \
    int name(__VA_ARGS__, int flags, ...)                                                          \
    {                                                                                              \
        va_list ap;                                                                                \
        va_start(ap, flags);                                                                       \
        mode_t mode = mode_of(flags, ap);                                                          \
        va_end(ap);                                                                                \
        return open_it(dir_of, path, flags, mode);                                                 \
    }
#define dir_of AT_FDCWD
OPEN(open, const char *path)
OPEN(open64, const char *path)
#undef dir_of
#define dir_of dir
OPEN(openat, int dir, const char *path)
OPEN(openat64, int dir, const char *path)

int rename(const char *from, const char *to)
{
    return strikes("rename", NULL) ? -1 : REAL(rename)(from, to);
}

int renameat(int from_dir, const char *from, int to_dir, const char *to)
{
    return strikes("rename", NULL) ? -1 : REAL(renameat)(from_dir, from, to_dir, to);
}

int fsync(int fd)
{
    return strikes("sync", NULL) ? -1 : REAL(fsync)(fd);
}

int fdatasync(int fd)
{
    return strikes("sync", NULL) ? -1 : REAL(fdatasync)(fd);
}

int syncfs(int fd)
{
    return strikes("sync", NULL) ? -1 : REAL(syncfs)(fd);
}

ssize_t read(int fd, void *p, size_t n)
{
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t len = *setting("FAULT_FILE") ? readlink(link, path, sizeof path - 1) : -1;
    path[len > 0 ? len : 0] = '\0';
    if (len > 0 && matches(path) && strikes("read", path))
        return -1;
    return REAL(read)(fd, p, n);
}

int fstatfs(int fd, struct statfs *out)
{
    int failed = REAL(fstatfs)(fd, out);
    if (!failed && *setting("FAULT_STATFS"))
        out->f_type = strtol(setting("FAULT_STATFS"), NULL, 0);
    return failed;
}

int flock(int fd, int how)
{
    return *setting("FAULT_NO_LOCKS") ? 0 : REAL(flock)(fd, how);
}

char *mkdtemp(char *path)
{
    if (!strstr(path, setting("FAULT_ROOM_IN"))) {
        errno = EROFS;
        return NULL;
    }
    return REAL(mkdtemp)(path);
}

static _Thread_local int in_exec;

/* Several statements in one call fail as a whole: sqlite3_exec asks what a statement says at its
 * end, which a step that was never made cannot spoil. */
int sqlite3_exec(sqlite3 *db, const char *sql, int (*row)(void *, int, char **, char **), void *ctx,
                 char **message)
{
    if (strikes("commit", NULL))
        return SQLITE_IOERR;
    in_exec++;
    int code = REAL(sqlite3_exec)(db, sql, row, ctx, message);
    in_exec--;
    return code;
}

/* What a store does to its file: a row that is written is committed. */
int sqlite3_step(sqlite3_stmt *q)
{
    if (!in_exec && !sqlite3_stmt_readonly(q) && strikes("commit", NULL))
        return SQLITE_IOERR;
    return REAL(sqlite3_step)(q);
}
