/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A report with a manifest loses exactly the files that it names, then folders that are empty,
 * and at last the manifest. A report without one was not finished: there, files go whose names
 * end like those of a report, whole or while being written. A folder in which anything else is
 * left stays, with its manifest, so that it can still be seen what was ours. All is done by
 * descriptors and without following links.
 */
#include "run/sweep.h"

#include "core/text.h"
#include "run/manifest.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDER = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, MOST_DIGITS = 9 };

/* What the names of a report's files end with, whole or being written. */
static const char *const endings[] = {".html", ".css",  ".js",  ".json", ".csv", ".txt", ".md",
                                      ".yaml", ".webm", ".m4a", ".key",  ".zip", ".svg"};

/* The number of a report's folder; 0 where the name is none. */
long hs_report_number(const char *name)
{
    size_t n = strspn(name, "0123456789");
    return n && n <= MOST_DIGITS && !name[n] && *name != '0' ? atol(name) : 0;
}

/* The name that a file has while it is being written (core/fs.h). */
static bool is_part_name(const char *name)
{
    const char *part = strstr(name, ".part.");
    return part && part[6] && !part[6 + strspn(part + 6, "0123456789")];
}

/* Does the name end like one that a report has? */
static bool is_made_name(const char *name)
{
    if (is_part_name(name))
        return true;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (hs_text_ends(name, endings[i]))
            return true;
    return false;
}

/* Is it of this kind, and no link to one? */
static bool is_kind(int dir, const char *name, mode_t kind)
{
    struct stat st;
    return !fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) && (st.st_mode & S_IFMT) == kind;
}

/* Calls `each` with every name in the folder; what it removes may be what is listed. */
static void for_names(int dir, void (*each)(int dir, const char *name, void *ctx), void *ctx)
{
    int fd = openat(dir, ".", FOLDER);
    DIR *d = fd < 0 ? NULL : fdopendir(fd);
    if (!d) {
        if (fd >= 0)
            close(fd);
        return;
    }
    for (struct dirent *e; (e = readdir(d));)
        if (strcmp(e->d_name, ".") && strcmp(e->d_name, ".."))
            each(dir, e->d_name, ctx);
    closedir(d);
}

/* A file of a report without a manifest. */
static void drop_made_file(int dir, const char *name, void *ctx)
{
    (void)ctx;
    if (is_made_name(name) && is_kind(dir, name, S_IFREG))
        unlinkat(dir, name, 0);
}

/* A folder of an unfinished report, one level deep, or a file of it. */
static void drop_made(int dir, const char *name, void *ctx)
{
    int inside = is_kind(dir, name, S_IFDIR) ? openat(dir, name, FOLDER) : -1;
    if (inside < 0) {
        drop_made_file(dir, name, ctx);
        return;
    }
    for_names(inside, drop_made_file, ctx);
    close(inside);
    unlinkat(dir, name, AT_REMOVEDIR);
}

/* A file that was being written when the run was killed. */
static void drop_part(int dir, const char *name, void *ctx)
{
    (void)ctx;
    if (is_part_name(name) && is_kind(dir, name, S_IFREG))
        unlinkat(dir, name, 0);
}

void hs_sweep_unfinished(int report, const char *folder)
{
    int dir = openat(report, folder, FOLDER);
    if (dir < 0)
        return;
    for_names(dir, drop_part, NULL);
    close(dir);
}

/* What the manifest names, folder by folder: its rows are sorted. */
static void drop_listed(int dir, const struct hs_manifest *m, struct hs_arena *a)
{
    for (size_t i = 0, end; i < m->n; i = end) {
        bool in_folder;
        const char *top = hs_manifest_top(&m->rows[i], a, &in_folder);
        int inside = in_folder ? openat(dir, top, FOLDER) : -1;
        end = hs_manifest_next(m, i);
        if (!in_folder)
            unlinkat(dir, top, 0);
        for (size_t k = i; inside >= 0 && k < end; k++)
            unlinkat(inside, m->rows[k].path + strlen(top) + 1, 0);
        if (inside >= 0) {
            close(inside);
            unlinkat(dir, top, AT_REMOVEDIR);
        }
    }
}

static void drop_if_empty(int dir, const char *name, void *ctx)
{
    (void)ctx;
    unlinkat(dir, name, AT_REMOVEDIR);
}

/* Counts what is not the manifest. */
static void count_other(int dir, const char *name, void *ctx)
{
    (void)dir;
    *(int *)ctx += strcmp(name, hs_manifest_name) != 0;
}

/* The manifest goes last: while something else is there it says what was not ours. */
static void drop_report(int reports, const char *name)
{
    struct hs_arena a = {0};
    struct hs_manifest m;
    int dir = openat(reports, name, FOLDER);
    if (dir < 0)
        return;
    if (hs_manifest_read(dir, &a, &m))
        drop_listed(dir, &m, &a);
    else
        for_names(dir, drop_made, NULL);
    for_names(dir, drop_if_empty, NULL);
    int n_other = 0;
    for_names(dir, count_other, &n_other);
    if (!n_other)
        unlinkat(dir, hs_manifest_name, 0);
    close(dir);
    unlinkat(reports, name, AT_REMOVEDIR);
    hs_arena_free(&a);
}

/* A report that is not to be kept. */
static void sweep_one(int dir, const char *name, void *ctx)
{
    const long *keep = ctx, number = hs_report_number(name);
    if (number && number != keep[0] && number != keep[1] && is_kind(dir, name, S_IFDIR))
        drop_report(dir, name);
}

void hs_sweep_reports(int reports, long keep_a, long keep_b)
{
    long keep[] = {keep_a, keep_b};
    for_names(reports, sweep_one, keep);
}

static void take_larger(int dir, const char *name, void *ctx)
{
    long *largest = ctx, number = hs_report_number(name);
    (void)dir;
    if (number > *largest)
        *largest = number;
}

long hs_sweep_largest(int reports)
{
    long largest = 0;
    for_names(reports, take_larger, &largest);
    return largest;
}

static void drop_link(int dir, const char *name, void *ctx)
{
    (void)ctx;
    if (is_kind(dir, name, S_IFLNK))
        unlinkat(dir, name, 0);
}

void hs_sweep_links(int dir)
{
    for_names(dir, drop_link, NULL);
}
