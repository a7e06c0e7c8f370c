/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Folders are walked in the order of the bytes of their names, at most 32 deep. Links to
 *    folders are not followed, hidden files are only counted, and reports of hindsight are left
 *    out. What is no audio is kept by name, because it may be a cue sheet.
 * 2. Files that were found twice, through two of the folders, are dropped.
 * 3. Headers and tags are read.
 * 4. Two mono files whose names differ in the word for the channel become one take.
 * 5. Cue sheets are followed.
 */
#include "init/scan.h"

#include "core/alloc.h"
#include "core/fs.h"
#include "init/sheets.h"
#include "init/tags.h"
#include "job/find.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_DEPTH = 32, MOST_TAKES = 500000 };

struct walk {
    struct hs_archive *in;
    const char *root, *root_name;
    struct hs_error *err;
};

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Names in a folder but hidden ones (they are counted), sorted by bytes; NULL where it
 * cannot be listed. */
static char **list(const char *path, struct hs_arena *a, size_t *n, size_t *n_hidden)
{
    size_t cap = 0;
    char **names = hs_arena_grow(a, NULL, 0, &cap, sizeof *names);
    DIR *d = opendir(path);
    *n = 0;
    if (!d)
        return NULL;
    for (struct dirent *e; (e = readdir(d));) {
        bool self = !strcmp(e->d_name, ".") || !strcmp(e->d_name, "..");
        if (e->d_name[0] == '.') {
            *n_hidden += !self;
            continue;
        }
        names = hs_arena_grow(a, names, *n, &cap, sizeof *names);
        names[(*n)++] = hs_arena_strdup(a, e->d_name);
    }
    closedir(d);
    if (*n)
        qsort(names, *n, sizeof *names, by_name);
    return names;
}

/* A take with what its path says. */
static void add_take(struct walk *w, const char *path)
{
    struct hs_archive *in = w->in;
    in->takes = hs_grow(in->takes, in->n_takes, &in->cap_takes, sizeof *in->takes);
    struct hs_take *t = &in->takes[in->n_takes++];
    *t = (struct hs_take){.path = hs_arena_strdup(in->arena, path)};
    const char *inside = path + strlen(w->root);
    hs_name_read(in->arena, w->root_name, inside + (*inside == '/'), &t->name);
}

/* A file that is no audio: a cue sheet, or something to be listed. */
static void add_stranger(struct hs_archive *in, const char *path)
{
    in->strangers = hs_arena_grow(in->arena, in->strangers, in->n_strangers, &in->cap_strangers,
                                  sizeof *in->strangers);
    in->strangers[in->n_strangers++] = hs_arena_strdup(in->arena, path);
}

/* Everything in a folder and below it, in the order of the names. */
static enum hs_status walk(struct walk *w, const char *dir, int depth)
{
    struct hs_arena a = {0};
    struct stat st;
    size_t n;
    enum hs_status status = HS_OK;
    char **names = list(dir, &a, &n, &w->in->n_hidden);
    if (!names)
        hs_log_warn(w->in->log, "%s: cannot be listed", dir);
    if (hs_fs_exists(hs_path_join(&a, dir, ".hindsight")))
        n = 0; /* a report: its clips are no catalogue */
    for (size_t i = 0; names && i < n && status == HS_OK; i++) {
        const char *path = hs_path_join(&a, dir, names[i]);
        bool audio = hs_name_is_audio(names[i]);
        if (lstat(path, &st) || (!S_ISDIR(st.st_mode) && audio && stat(path, &st))) {
            /* too long a name, of a file or a folder: reading says so, and it is listed */
            if (errno == ENAMETOOLONG || (audio && errno != ENOENT))
                add_take(w, path);
            else if (errno != ENOENT)
                hs_log_warn(w->in->log, "%s: cannot be looked at: %s", path, strerror(errno));
            continue;
        }
        if (S_ISDIR(st.st_mode) && depth < MOST_DEPTH)
            status = walk(w, path, depth + 1);
        else if (audio && S_ISREG(st.st_mode))
            add_take(w, path);
        else
            add_stranger(w->in, path);
        if (w->in->n_takes > MOST_TAKES)
            status =
                hs_fail(w->err, HS_E_LIMIT, "%s: more than %d audio files", w->root, MOST_TAKES);
    }
    hs_arena_free(&a);
    return status;
}

/* May be called for several folders; the takes are added. */
enum hs_status hs_init_scan(struct hs_archive *in, const char *folder, struct hs_error *err)
{
    bool exists;
    char *here = getcwd(NULL, 0), *real;
    const char *path = hs_find_file(in->arena, hs_path_join(in->arena, here, folder), &exists);
    free(here);
    struct walk w = {in, path, hs_path_base(path), err};
    if (!exists || !hs_fs_is_dir(path))
        return hs_fail(err, HS_E_USAGE, "found %s, expected a folder", folder);
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    w.root = hs_arena_strndup(in->arena, path, n);
    w.root_name = hs_path_base(w.root);
    if (!strcmp(w.root_name, "..") && (real = realpath(w.root, NULL))) {
        w.root_name = hs_arena_strdup(in->arena, hs_path_base(real));
        free(real);
    }
    /* The longest folder that holds all that was given. */
    if (!in->base) {
        in->base = w.root;
    } else {
        size_t same = 0, i = 0;
        for (; in->base[i] && in->base[i] == w.root[i]; i++)
            if (in->base[i] == '/')
                same = i;
        if ((!in->base[i] || in->base[i] == '/') && (!w.root[i] || w.root[i] == '/'))
            same = i;
        in->base = hs_arena_strndup(in->arena, in->base, same ? same : 1);
    }
    return walk(&w, w.root, 0);
}

static int by_path(const void *a, const void *b)
{
    const struct hs_take *x = a, *y = b;
    return strcmp(x->path, y->path);
}

/* Paths are sorted, so doubles are neighbours. */
static void drop_doubles(struct hs_archive *in)
{
    size_t n = 0;
    if (in->n_takes)
        qsort(in->takes, in->n_takes, sizeof *in->takes, by_path);
    for (size_t i = 0; i < in->n_takes; i++)
        if (!n || strcmp(in->takes[n - 1].path, in->takes[i].path))
            in->takes[n++] = in->takes[i];
    in->n_takes = n;
}

/* The base name without ending and channel word: the same for both halves of a pair. */
static char *without_channel(struct hs_arena *a, const char *path)
{
    char *s = hs_arena_strdup(a, path), *dot = strrchr(s, '.'), *slash = strrchr(s, '/');
    if (dot && dot > slash)
        *dot = '\0';
    size_t n = strlen(s);
    static const char *const words[] = {"left", "right", "l", "r"};
    for (size_t i = 0; i < 4; i++) {
        size_t len = strlen(words[i]);
        if (n > len && !strcasecmp(s + n - len, words[i]) && strchr("._- ", s[n - len - 1])) {
            s[n - len] = '\0';
            break;
        }
    }
    return s;
}

/* song.L.wav and song.R.wav, both mono, are one source. */
static void join_channels(struct hs_archive *in)
{
    struct hs_arena a = {0};
    size_t n = 0;
    for (size_t i = 0; i < in->n_takes; i++) {
        struct hs_take *left = &in->takes[i];
        if (left->name.channel != 'L' || left->stream.n_channels != 1)
            continue;
        const char *stem = without_channel(&a, left->path);
        for (size_t k = 0; k < in->n_takes; k++) {
            struct hs_take *right = &in->takes[k];
            if (right->name.channel == 'R' && right->stream.n_channels == 1 && right->path &&
                !left->right && !strcmp(stem, without_channel(&a, right->path))) {
                left->right = right->path;
                right->path = NULL;
            }
        }
    }
    for (size_t i = 0; i < in->n_takes; i++)
        if (in->takes[i].path)
            in->takes[n++] = in->takes[i];
    in->n_takes = n;
    hs_arena_free(&a);
}

/* After all folders were scanned. */
enum hs_status hs_init_probe(struct hs_archive *in, struct hs_error *err)
{
    drop_doubles(in);
    enum hs_status status = hs_init_tags(in, err);
    if (status == HS_OK) {
        join_channels(in);
        hs_init_sheets(in);
    }
    return status;
}
