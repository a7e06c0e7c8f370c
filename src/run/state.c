/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Folders are opened by descriptors that follow no link, and their owners are checked.
 * 2. Two locks are taken, one of the report folder and one of the store, always in the order of
 *    their inodes or as one where they are the same folder, so that two jobs cannot wait for each
 *    other.
 * 3. Every file of the store must belong to us. On a network file system the store is opened
 *    without shared memory.
 * 4. A store with a damaged structure is mended only where its lock file carries our mark;
 *    otherwise the file may be something else, and is left alone.
 * 5. For a command that publishes, the report folder must be of this job.
 */
#include "run/state.h"

#include "core/dir.h"
#include "core/fs.h"
#include "core/lock.h"
#include "core/network.h"
#include "run/identity.h"
#include "store/mend.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char store_name[] = "store.sqlite";

/* The folder of --store, else the state folder of the report. */
static enum hs_status open_store_dir(struct hs_state *s, const struct hs_state_request *q,
                                     struct hs_error *err)
{
    if (q->store)
        return hs_dir_open_state(q->store, q->shared, &s->store_dir, err);
    s->store_dir = dup(s->publish.state_fd);
    return s->store_dir < 0 ? hs_fail_errno(err, HS_E_IO, "%s", s->publish.state) : HS_OK;
}

/* Opens a lock file and locks it; refused where locks of this file system keep nobody out. */
static enum hs_status take_lock(struct hs_state *s, int which, int dir, const char *folder,
                                const struct hs_state_request *q, struct hs_error *err)
{
    const char *shown = hs_path_join(&s->publish.arena, folder, "lock");
    enum hs_status status = hs_dir_open_file(dir, "lock", shown, q->shared, &s->locks[which], err);
    if (status == HS_OK)
        status = hs_lock_take(s->locks[which], shown, q->wait_lock_s, q->stop, err);
    if (status == HS_OK && !hs_network_locks(dir, "lock"))
        status = hs_fail(err, HS_E_IO,
                         "%s: a lock on this file system keeps nobody out, so two could write at "
                         "once; put the store (--store) and the report (-o) on a local disk",
                         shown);
    return status;
}

/* Both locks in one order for all, so that no two wait for each other. */
static enum hs_status take_locks(struct hs_state *s, const struct hs_state_request *q,
                                 struct hs_error *err)
{
    struct stat out, store;
    const char *store_folder = q->store ? q->store : s->publish.state;
    if (fstat(s->publish.state_fd, &out) || fstat(s->store_dir, &store))
        return hs_fail_errno(err, HS_E_IO, "%s", s->publish.state);
    bool same = out.st_dev == store.st_dev && out.st_ino == store.st_ino;
    bool store_first =
        store.st_dev < out.st_dev || (store.st_dev == out.st_dev && store.st_ino < out.st_ino);
    enum hs_status status = HS_OK;
    if (!same && store_first)
        status = take_lock(s, 1, s->store_dir, store_folder, q, err);
    if (status == HS_OK)
        status = take_lock(s, 0, s->publish.state_fd, s->publish.state, q, err);
    if (status == HS_OK && !same && !store_first)
        status = take_lock(s, 1, s->store_dir, store_folder, q, err);
    return status;
}

/* The files of a store: each must be our own, so that nothing else is written. */
static enum hs_status check_store_files(struct hs_state *s, const char *folder, bool shared,
                                        struct hs_error *err)
{
    static const char *const endings[] = {"-wal", "-shm", "-journal"};
    struct hs_arena *a = &s->publish.arena;
    int fd;
    enum hs_status status = hs_dir_open_file(s->store_dir, store_name,
                                             hs_path_join(a, folder, store_name), shared, &fd, err);
    if (status == HS_OK)
        close(fd);
    for (size_t i = 0; status == HS_OK && i < sizeof endings / sizeof *endings; i++) {
        const char *name = hs_arena_printf(a, "%s%s", store_name, endings[i]);
        status = hs_dir_check_file(s->store_dir, name, hs_path_join(a, folder, name), shared, err);
    }
    return status;
}

/* The lock file of a store carries this line once a store of ours was opened beside it. */
static const char marker[] = "hindsight store 1\n";

/* The lock that guards the store: its own, or that of the report where both are one folder. */
static int store_lock(const struct hs_state *s)
{
    return s->locks[s->locks[1] >= 0 ? 1 : 0];
}

/* Does the lock file carry the mark? */
static bool is_ours(const struct hs_state *s)
{
    char line[sizeof marker - 1];
    return pread(store_lock(s), line, sizeof line, 0) == (ssize_t)sizeof line &&
           !memcmp(line, marker, sizeof line);
}

/* Marks the store as ours, so that a later run may mend it. A mark that cannot be written is no
 * failure: a damaged store is then left alone, with a message. */
static void mark_as_ours(const struct hs_state *s)
{
    if (!is_ours(s) && pwrite(store_lock(s), marker, sizeof marker - 1, 0) < 0)
        return;
}

/* Takes over what can be read into a new store; the old file is kept. */
static enum hs_status mend(struct hs_state *s, const struct hs_state_request *q,
                           struct hs_error *err)
{
    size_t n = 0;
    enum hs_status status = hs_store_mend(s->store_path, &n, err);
    if (status == HS_OK)
        hs_log_warn(q->log,
                    "%s was damaged: %zu rows could be taken over, what is missing is measured "
                    "again; the old file is kept as store.sqlite.damaged",
                    s->store_path, n);
    return status;
}

/* A write-ahead log needs shared memory, which a network file system does not give. */
static enum hs_status open_by_place(struct hs_state *s, const struct hs_state_request *q,
                                    struct hs_error *err)
{
    const char *network = hs_network_name(s->store_dir);
    if (!network)
        return hs_store_open(&s->store, s->store_path, err);
    hs_log_warn(q->log,
                "%s lies on a network file system (%s): it is opened by this process alone, and is "
                "slower; --store on a local disk is the better place",
                s->store_path, network);
    return hs_store_open_alone(&s->store, s->store_path, err);
}

/* Opens the store; one of ours whose structure is damaged is mended and opened again. */
static enum hs_status open_store(struct hs_state *s, const struct hs_state_request *q,
                                 struct hs_error *err)
{
    struct hs_arena *a = &s->publish.arena;
    struct hs_error first = {0};
    const char *folder = q->store ? q->store : s->publish.state;
    enum hs_status status = check_store_files(s, folder, q->shared, err);
    s->store_path = hs_path_join(a, hs_dir_real(s->store_dir, folder, a), store_name);
    if (status == HS_OK && q->mend)
        status = mend(s, q, err);
    if (status != HS_OK)
        return status;
    status = open_by_place(s, q, &first);
    if (status == HS_E_FORMAT && is_ours(s)) {
        status = mend(s, q, err);
        return status == HS_OK ? open_by_place(s, q, err) : status;
    }
    if (status == HS_OK)
        mark_as_ours(s);
    return status == HS_OK ? status : hs_fail(err, status, "%s", first.msg);
}

/* Are both the same folder? */
static bool is_same(const char *x, const char *y)
{
    struct stat a, b;
    return !stat(x, &a) && !stat(y, &b) && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* Beside the job file, so that two jobs of one name do not meet. */
static const char *default_out(const struct hs_state_request *q, struct hs_arena *a)
{
    const char *inside = hs_path_join(a, "reports", q->job->name);
    const char *dir = hs_path_dir(a, q->job->path);
    if (is_same(dir, "."))
        return inside;
    const char *out = hs_path_join(a, dir, inside);
    if (hs_fs_exists(hs_path_join(a, inside, ".hindsight")))
        hs_log_info(q->log, "the report goes to %s; an older one in %s is left as it is", out,
                    inside);
    return out;
}

/* What is made from here on is the group's, too, whatever the umask of this user says. */
static void share_with_group(bool shared)
{
    if (shared)
        umask(umask(S_IRWXO) & ~(mode_t)S_IRWXG);
}

/* Report folder, store and locks for a job; on failure hs_state_close takes what was opened. */
enum hs_status hs_state_open(struct hs_state *s, const struct hs_state_request *q,
                             struct hs_error *err)
{
    struct hs_arena names = {0};
    *s = (struct hs_state){.store_dir = -1, .locks = {-1, -1}};
    share_with_group(q->shared);
    enum hs_status status =
        hs_publish_open(&s->publish, q->out ? q->out : default_out(q, &names), q->shared, err);
    hs_arena_free(&names);
    if (status == HS_OK)
        status = open_store_dir(s, q, err);
    if (status == HS_OK)
        status = take_locks(s, q, err);
    if (status == HS_OK)
        status = hs_publish_look(&s->publish, err);
    if (status == HS_OK && q->publishes)
        status = hs_identity_claim(s->publish.out_fd, s->publish.state_fd, s->publish.out, q->job,
                                   s->key, err);
    return status == HS_OK ? open_store(s, q, err) : status;
}

/* The store alone, for `store`, split and merge. */
enum hs_status hs_state_open_store(struct hs_state *s, const struct hs_state_request *q,
                                   struct hs_error *err)
{
    *s = (struct hs_state){.store_dir = -1, .locks = {-1, -1}};
    share_with_group(q->shared);
    enum hs_status status = open_store_dir(s, q, err);
    if (status == HS_OK)
        status = take_lock(s, 1, s->store_dir, q->store, q, err);
    return status == HS_OK ? open_store(s, q, err) : status;
}

void hs_state_close(struct hs_state *s)
{
    hs_store_close(s->store);
    for (int i = 0; i < 2; i++)
        if (s->locks[i] >= 0)
            close(s->locks[i]);
    if (s->store_dir >= 0)
        close(s->store_dir);
    hs_publish_free(&s->publish);
    *s = (struct hs_state){.store_dir = -1, .locks = {-1, -1}};
}
