/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Open: OUT, its state folder and reports/ are opened without following links. A folder with
 *    other things in it and no report is refused.
 * 2. Begin: what killed runs left is removed, the next free number becomes the build folder, and
 *    the link current.next to it is made.
 * 3. Seal: the manifest is written, the file system synced, and a link for each name of the
 *    report is prepared in a folder of its own.
 * 4. Switch: current.next is renamed to current, which is atomic. Then the prepared links take
 *    their places in OUT; a file that a program of the user saved in such a place is kept as
 *    NAME.orig. Links that lead nowhere and reports older than the last one are removed.
 */
#include "run/publish.h"

#include "core/dir.h"
#include "core/fs.h"
#include "core/text.h"
#include "run/sweep.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char state_name[] = ".hindsight";
static const char current_name[] = "current";
static const char next_name[] = "current.next";
static const char links_prefix[] = ".hindsight/current/";

/* The one file of a report that people write into. */
static const char notes_name[] = "shortlist.csv";

/* A link of OUT that leads into the state folder. */
static bool is_own_link(int out_fd, const char *name, struct hs_arena *a)
{
    const char *target = hs_dir_read_link(out_fd, name, a);
    return target && hs_text_starts(target, links_prefix);
}

/* What is in OUT beside the state folder and the links of a report. */
static enum hs_status look_for_other_things(int out_fd, const char *out, bool *other,
                                            struct hs_error *err)
{
    struct hs_arena a = {0};
    *other = false;
    int fd = openat(out_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    for (struct dirent *e; dir && (e = readdir(dir));)
        if (strcmp(e->d_name, ".") && strcmp(e->d_name, "..") && strcmp(e->d_name, state_name) &&
            strcmp(e->d_name, "lost+found") && !is_own_link(out_fd, e->d_name, &a))
            *other = true;
    enum hs_status status =
        dir ? HS_OK : hs_fail_errno(err, HS_E_IO, "%s: cannot be looked into", out);
    if (dir)
        closedir(dir);
    hs_arena_free(&a);
    return status;
}

/* A state folder in which a report was published; an empty one may have been planted. */
static bool is_report(int out_fd)
{
    struct hs_arena a = {0};
    int state = openat(out_fd, state_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    bool report = state >= 0 && (hs_dir_read_link(state, current_name, &a) ||
                                 !faccessat(state, "job", F_OK, AT_SYMLINK_NOFOLLOW));
    if (state >= 0)
        close(state);
    hs_arena_free(&a);
    return report;
}

/* The number of the report that `current` names; anything else there is not ours. */
static enum hs_status read_current(struct hs_publish *p, struct hs_error *err)
{
    const char *target = hs_dir_read_link(p->state_fd, current_name, &p->arena);
    struct stat st;
    if (!target && fstatat(p->state_fd, current_name, &st, AT_SYMLINK_NOFOLLOW))
        return HS_OK;
    if (target && hs_text_starts(target, "reports/"))
        p->number = hs_report_number(target + strlen("reports/"));
    if (!p->number)
        return hs_fail(err, HS_E_FOREIGN,
                       "%s/%s: does not lead to a report of this folder; take it away", p->state,
                       current_name);
    p->standing = hs_arena_printf(&p->arena, "%s/reports/%ld", p->state, p->number);
    return HS_OK;
}

/* The folder of the report that stands, -1 where there is none. */
static int open_standing(const struct hs_publish *p)
{
    char name[32];
    snprintf(name, sizeof name, "%ld", p->number);
    return p->number ? openat(p->reports_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                     : -1;
}

/* What the standing report consists of; empty where that cannot be read. */
static void read_manifest(struct hs_publish *p)
{
    int fd = open_standing(p);
    if (fd < 0)
        return;
    hs_manifest_read(fd, &p->arena, &p->manifest);
    close(fd);
}

/* Opens the folders and refuses those of others; makes nothing that a later failure would leave
 * behind but empty folders. */
enum hs_status hs_publish_open(struct hs_publish *p, const char *out, bool shared,
                               struct hs_error *err)
{
    bool others = false;
    *p = (struct hs_publish){.out_fd = -1,
                             .state_fd = -1,
                             .reports_fd = -1,
                             .build_fd = -1,
                             .links_fd = -1,
                             .shared = shared};
    p->out = hs_arena_strdup(&p->arena, out);
    p->state = hs_path_join(&p->arena, out, state_name);
    enum hs_status status = hs_dir_open(out, shared, &p->out_fd, err);
    if (status == HS_OK)
        status = look_for_other_things(p->out_fd, out, &others, err);
    if (status == HS_OK && others && !is_report(p->out_fd))
        status = hs_fail(err, HS_E_USAGE,
                         "%s: not empty and not a hindsight report; name another folder "
                         "with -o, or empty it",
                         out);
    if (status == HS_OK)
        status = hs_dir_enter(p->out_fd, state_name, p->state, shared, &p->state_fd, err);
    if (status == HS_OK)
        status = hs_dir_enter(p->state_fd, "reports", hs_path_join(&p->arena, p->state, "reports"),
                              shared, &p->reports_fd, err);
    return status;
}

/* Under the lock: which report stands. */
enum hs_status hs_publish_look(struct hs_publish *p, struct hs_error *err)
{
    enum hs_status status = read_current(p, err);
    if (status == HS_OK)
        read_manifest(p);
    return status;
}

/* Is the name in OUT a link to the same name in the standing report? */
static bool leads_through(const struct hs_publish *p, const char *name, struct hs_arena *a)
{
    const char *target = hs_dir_read_link(p->out_fd, name, a);
    return target && hs_text_starts(target, links_prefix) &&
           !strcmp(target + strlen(links_prefix), name);
}

/* Is the report there, whole, and linked from OUT? */
bool hs_publish_stands(const struct hs_publish *p)
{
    struct hs_arena a = {0};
    int fd = open_standing(p);
    bool stands = fd >= 0 && p->manifest.n && hs_manifest_holds(fd, &p->manifest);
    for (size_t i = 0; stands && i < p->manifest.n; i = hs_manifest_next(&p->manifest, i)) {
        bool folder;
        stands = leads_through(p, hs_manifest_top(&p->manifest.rows[i], &a, &folder), &a);
    }
    if (fd >= 0)
        close(fd);
    hs_arena_free(&a);
    return stands;
}

/* Clears what killed runs left, and opens a new folder to build in. */
enum hs_status hs_publish_begin(struct hs_publish *p, struct hs_error *err)
{
    enum hs_status status =
        hs_dir_enter(p->state_fd, "links", hs_path_join(&p->arena, p->state, "links"), p->shared,
                     &p->links_fd, err);
    if (status != HS_OK)
        return status;
    hs_sweep_reports(p->reports_fd, p->number, p->number);
    hs_sweep_links(p->links_fd);
    unlinkat(p->state_fd, next_name, 0);
    long number = hs_sweep_largest(p->reports_fd);
    number = (number > p->number ? number : p->number) + 1;
    const char *name = hs_arena_printf(&p->arena, "%ld", number);
    p->build = hs_arena_printf(&p->arena, "%s/reports/%s", p->state, name);
    if (symlinkat(hs_arena_printf(&p->arena, "reports/%s", name), p->state_fd, next_name))
        return hs_fail_errno(err, HS_E_IO, "%s/%s: cannot link", p->state, next_name);
    return hs_dir_enter(p->reports_fd, name, p->build, p->shared, &p->build_fd, err);
}

/* Calls `each` with every name that the new report has in OUT. */
static enum hs_status for_names(struct hs_publish *p,
                                enum hs_status (*each)(struct hs_publish *p, const char *name,
                                                       struct hs_error *err),
                                struct hs_error *err)
{
    enum hs_status status = HS_OK;
    for (size_t i = 0; status == HS_OK && i < p->sealed.n; i = hs_manifest_next(&p->sealed, i)) {
        bool folder;
        status = each(p, hs_manifest_top(&p->sealed.rows[i], &p->arena, &folder), err);
    }
    return status;
}

/* A link for `name`, ready to be moved into its place. */
static enum hs_status prepare_link(struct hs_publish *p, const char *name, struct hs_error *err)
{
    struct stat st;
    bool there = !fstatat(p->out_fd, name, &st, AT_SYMLINK_NOFOLLOW);
    if (there && !S_ISLNK(st.st_mode) && !S_ISREG(st.st_mode))
        return hs_fail(err, HS_E_IO,
                       "%s/%s: something of your own stands where a name of the report "
                       "belongs; move it away",
                       p->out, name);
    if (leads_through(p, name, &p->arena))
        return HS_OK;
    const char *target = hs_arena_printf(&p->arena, "%s%s", links_prefix, name);
    if (symlinkat(target, p->links_fd, name))
        return hs_fail_errno(err, HS_E_IO, "%s/links/%s: cannot link", p->state, name);
    /* A new name may wait for its report. */
    if (!there && renameat(p->links_fd, name, p->out_fd, name))
        return hs_fail_errno(err, HS_E_IO, "%s/%s: cannot link", p->out, name);
    return HS_OK;
}

/* After this the report is on disk, whatever happens to the machine. */
enum hs_status hs_publish_seal(struct hs_publish *p, struct hs_error *err)
{
    enum hs_status status = hs_manifest_write(p->build_fd, p->build, &p->arena, &p->sealed, err);
    if (status == HS_OK && syncfs(p->build_fd))
        status = hs_fail_errno(err, HS_E_IO, "%s: cannot sync", p->build);
    if (status == HS_OK && faccessat(p->out_fd, ".", W_OK, AT_EACCESS))
        status = hs_fail_errno(err, HS_E_IO, "%s: cannot be written", p->out);
    return status == HS_OK ? for_names(p, prepare_link, err) : status;
}

/* What a person's program saved there; the links of an older report are no loss. */
static enum hs_status keep_original(struct hs_publish *p, const char *name, struct hs_error *err)
{
    struct stat st, other;
    if (fstatat(p->out_fd, name, &st, AT_SYMLINK_NOFOLLOW) || !S_ISREG(st.st_mode) || !st.st_size ||
        !strcmp(name, notes_name))
        return HS_OK;
    const char *kept = hs_arena_printf(&p->arena, "%s.orig", name);
    for (int i = 2; !fstatat(p->out_fd, kept, &other, AT_SYMLINK_NOFOLLOW); i++)
        kept = hs_arena_printf(&p->arena, "%s.orig.%d", name, i);
    if (renameat(p->out_fd, name, p->out_fd, kept))
        return hs_fail_errno(err, HS_E_IO, "%s/%s: cannot be kept", p->out, name);
    return HS_OK;
}

/* Moves the prepared link to its name in OUT, unless the right link is there already. */
static enum hs_status take_place(struct hs_publish *p, const char *name, struct hs_error *err)
{
    if (leads_through(p, name, &p->arena))
        return HS_OK;
    enum hs_status status = keep_original(p, name, err);
    if (status == HS_OK && renameat(p->links_fd, name, p->out_fd, name))
        status = hs_fail_errno(err, HS_E_IO, "%s/%s: cannot link", p->out, name);
    return status;
}

/* Links of an older report that lead nowhere now. */
static void drop_dangling(struct hs_publish *p)
{
    struct stat st;
    int fd = openat(p->out_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    for (struct dirent *e; dir && (e = readdir(dir));)
        if (leads_through(p, e->d_name, &p->arena) && fstatat(p->build_fd, e->d_name, &st, 0))
            unlinkat(p->out_fd, e->d_name, 0);
    if (dir)
        closedir(dir);
}

enum hs_status hs_publish_switch(struct hs_publish *p, struct hs_error *err)
{
    /* one rename makes the new report the one that stands */
    if (renameat(p->state_fd, next_name, p->state_fd, current_name))
        return hs_fail_errno(err, HS_E_IO, "%s/%s: cannot be switched", p->state, current_name);
    long before = p->number, now = hs_report_number(hs_path_base(p->build));
    /* The names that users open, then what the old report leaves behind. */
    enum hs_status status = for_names(p, take_place, err);
    fsync(p->state_fd);
    drop_dangling(p);
    hs_sweep_reports(p->reports_fd, before, now);
    unlinkat(p->state_fd, "links", AT_REMOVEDIR);
    p->number = now;
    p->standing = p->build;
    p->manifest = p->sealed;
    return status;
}

void hs_publish_free(struct hs_publish *p)
{
    const int fds[] = {p->out_fd, p->state_fd, p->reports_fd, p->build_fd, p->links_fd};
    for (size_t i = 0; i < sizeof fds / sizeof *fds; i++)
        if (fds[i] > 0)
            close(fds[i]);
    hs_arena_free(&p->arena);
    *p = (struct hs_publish){0};
}
