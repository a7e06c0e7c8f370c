/* SPDX-License-Identifier: Apache-2.0 */
#include "run/publish.h"

#include "core/fs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char state_name[] = ".hindsight";

static bool skipped(const char *name)
{
    return !strcmp(name, ".") || !strcmp(name, "..");
}

/* An empty folder, or one with our state folder in it (a mount's lost+found is fine). */
static enum hs_status refuse_foreign(const char *out, struct hs_error *err)
{
    enum hs_status status = HS_OK;
    bool ours = false, foreign = false;
    DIR *dir = opendir(out);
    if (!dir)
        return hs_fail_errno(err, HS_E_IO, "%s: cannot list", out);
    for (struct dirent *e; (e = readdir(dir));) {
        if (!strcmp(e->d_name, state_name))
            ours = true;
        else if (!skipped(e->d_name) && strcmp(e->d_name, "lost+found"))
            foreign = true;
    }
    closedir(dir);
    if (foreign && !ours)
        status = hs_fail(err, HS_E_USAGE,
                         "%s: not empty and not a hindsight report; name another folder "
                         "with -o, or empty it",
                         out);
    return status;
}

enum hs_status hs_publish_prepare(struct hs_publish *p, const char *out, struct hs_error *err)
{
    *p = (struct hs_publish){0};
    p->out = hs_arena_strdup(&p->arena, out);
    p->state = hs_path_join(&p->arena, out, state_name);
    enum hs_status status = hs_fs_mkdirs(out, err);
    if (status == HS_OK)
        status = refuse_foreign(out, err);
    if (status == HS_OK)
        status = hs_fs_mkdirs(hs_path_join(&p->arena, p->state, "reports"), err);
    return status;
}

static const char *current_link(struct hs_publish *p)
{
    return hs_path_join(&p->arena, p->state, "current");
}

/* The number of the report that stands, 0 without one. */
static long current_number(struct hs_publish *p)
{
    char target[64];
    ssize_t n = readlink(current_link(p), target, sizeof target - 1);
    if (n <= 0)
        return 0;
    target[n] = '\0';
    return atol(hs_path_base(target));
}

bool hs_publish_exists(const struct hs_publish *p)
{
    struct hs_arena a = {0};
    bool exists = hs_fs_exists(hs_path_join(&a, p->out, "index.html"));
    hs_arena_free(&a);
    return exists;
}

/* Removes all reports but the one that stands and (on commit) the one before. */
static enum hs_status sweep(struct hs_publish *p, long keep_a, long keep_b, struct hs_error *err)
{
    const char *reports = hs_path_join(&p->arena, p->state, "reports");
    enum hs_status status = HS_OK;
    DIR *dir = opendir(reports);
    if (!dir)
        return hs_fail_errno(err, HS_E_IO, "%s: cannot list", reports);
    for (struct dirent *e; status == HS_OK && (e = readdir(dir));) {
        long number = atol(e->d_name);
        if (!skipped(e->d_name) && number != keep_a && number != keep_b)
            status = hs_fs_remove_tree(hs_path_join(&p->arena, reports, e->d_name), err);
    }
    closedir(dir);
    return status;
}

enum hs_status hs_publish_begin(struct hs_publish *p, struct hs_error *err)
{
    long now = current_number(p);
    enum hs_status status = sweep(p, now, now, err);
    p->build = hs_arena_printf(&p->arena, "%s/reports/%ld", p->state, now + 1);
    if (status == HS_OK)
        status = hs_fs_mkdirs(p->build, err);
    return status;
}

/* A link `name` in `dir` that reads `target`, replacing what was there. */
static enum hs_status put_link(struct hs_publish *p, const char *target, const char *path,
                               struct hs_error *err)
{
    const char *beside = hs_arena_printf(&p->arena, "%s.part.%ld", path, (long)getpid());
    unlink(beside);
    if (symlink(target, beside) || rename(beside, path)) {
        enum hs_status status = hs_fail_errno(err, HS_E_IO, "%s: cannot link", path);
        unlink(beside);
        return status;
    }
    return HS_OK;
}

/* Gives every name of the new report its link in OUT. A name that points right already
 * is left alone; a file that a person's program put in its place is taken over. */
static enum hs_status link_names(struct hs_publish *p, struct hs_error *err)
{
    enum hs_status status = HS_OK;
    char now[300];
    DIR *dir = opendir(p->build);
    if (!dir)
        return hs_fail_errno(err, HS_E_IO, "%s: cannot list", p->build);
    for (struct dirent *e; status == HS_OK && (e = readdir(dir));) {
        if (skipped(e->d_name))
            continue;
        const char *path = hs_path_join(&p->arena, p->out, e->d_name);
        const char *target = hs_arena_printf(&p->arena, "%s/current/%s", state_name, e->d_name);
        ssize_t n = readlink(path, now, sizeof now - 1);
        if (n < 0 || (size_t)n != strlen(target) || memcmp(now, target, (size_t)n))
            status = put_link(p, target, path, err);
    }
    closedir(dir);
    return status;
}

/* Links of an older report that lead nowhere now. */
static void drop_dangling(struct hs_publish *p)
{
    struct stat st;
    char target[300];
    DIR *dir = opendir(p->out);
    if (!dir)
        return;
    for (struct dirent *e; (e = readdir(dir));) {
        const char *path = hs_path_join(&p->arena, p->out, e->d_name);
        ssize_t n = readlink(path, target, sizeof target - 1);
        if (n > 0 && (target[n] = '\0', !strncmp(target, ".hindsight/current/", 19)) &&
            stat(path, &st))
            unlink(path);
    }
    closedir(dir);
}

static enum hs_status sync_folder(const char *path, struct hs_error *err)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || syncfs(fd)) {
        enum hs_status status = hs_fail_errno(err, HS_E_IO, "%s: cannot sync", path);
        if (fd >= 0)
            close(fd);
        return status;
    }
    close(fd);
    return HS_OK;
}

enum hs_status hs_publish_commit(struct hs_publish *p, struct hs_error *err)
{
    long before = current_number(p);
    const char *target = hs_arena_printf(&p->arena, "reports/%ld", before + 1);
    enum hs_status status = sync_folder(p->build, err);
    if (status == HS_OK && !before) /* first report: the names may wait for it */
        status = link_names(p, err);
    if (status == HS_OK)
        status = put_link(p, target, current_link(p), err);
    if (status == HS_OK && before)
        status = link_names(p, err);
    if (status != HS_OK)
        return status;
    drop_dangling(p);
    return sweep(p, before, before + 1, err);
}

void hs_publish_free(struct hs_publish *p)
{
    if (p)
        hs_arena_free(&p->arena);
}
