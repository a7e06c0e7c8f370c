/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The manifest is a text: a head line, one line a file (hash, size, time, path), sorted by path,
 * and a last line with the checksum of all before it. A report holds where every file is a
 * regular file of this size; one whose time differs is read and its hash compared, so a report
 * that was copied back still holds. Digest and plans only have to be there, because they may
 * change after publishing.
 */
#include "run/manifest.h"

#include "core/alloc.h"
#include "core/buf.h"
#include "core/fs.h"
#include "core/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

const char hs_manifest_name[] = ".manifest";

enum { CHUNK = 1 << 18, FOLDER = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };

/* Files that only have to be there: the digest may be added to after the report was
 * published, and a plan is a person's to change until it is verified. */
static const struct {
    const char *starts, *ends;
} loose[] = {{"digest.", ""}, {"plans/", ".yaml"}};

static const char head[] = "hindsight-manifest/1\n";

/* Does the file only have to be there? */
static bool is_loose(const char *path)
{
    for (size_t i = 0; i < sizeof loose / sizeof *loose; i++)
        if (hs_text_starts(path, loose[i].starts) && hs_text_ends(path, loose[i].ends))
            return true;
    return false;
}

/* XXH3-128 of a regular file, which must not be a link. False where it cannot be read. */
static bool hash_file(int dir, const char *path, uint64_t hash[2], struct stat *st)
{
    XXH3_state_t *h = XXH3_createState();
    char *chunk = hs_malloc(CHUNK);
    int fd = openat(dir, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    bool good = h && fd >= 0 && !fstat(fd, st) && S_ISREG(st->st_mode);
    if (h)
        XXH3_128bits_reset(h);
    for (ssize_t n = 1; good && n;) {
        n = read(fd, chunk, CHUNK);
        if (n < 0 && errno == EINTR)
            continue;
        good = n >= 0;
        if (good)
            XXH3_128bits_update(h, chunk, (size_t)n);
    }
    if (good) {
        XXH128_hash_t x = XXH3_128bits_digest(h);
        hash[0] = x.low64;
        hash[1] = x.high64;
    }
    if (fd >= 0)
        close(fd);
    hs_free(chunk);
    XXH3_freeState(h);
    return good;
}

/* Times as one number, which a text holds without loss. */
static int64_t nanoseconds(struct timespec t)
{
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

struct listing {
    struct hs_manifest *out;
    struct hs_arena *a;
    size_t cap;
    int dir;
    const char *shown;
    struct hs_error *err;
};

/* Adds a row for a file, whose bytes are read back from the disk for their hash. */
static enum hs_status add_file(struct listing *l, const char *path)
{
    struct stat st;
    struct hs_manifest_row row = {.path = path, .loose = is_loose(path)};
    if (!hash_file(l->dir, path, row.hash, &st))
        return hs_fail_errno(l->err, HS_E_IO, "%s/%s: cannot be read back", l->shown, path);
    row.size = st.st_size;
    row.mtime_ns = nanoseconds(st.st_mtim);
    l->out->rows = hs_arena_grow(l->a, l->out->rows, l->out->n, &l->cap, sizeof row);
    l->out->rows[l->out->n++] = row;
    return HS_OK;
}

/* All files of one folder, `inside` the report ("" for the report itself). */
static enum hs_status list(struct listing *l, const char *inside)
{
    enum hs_status status = HS_OK;
    int fd = openat(l->dir, *inside ? inside : ".", FOLDER);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (!dir)
        return hs_fail_errno(l->err, HS_E_IO, "%s/%s: cannot list", l->shown, inside);
    for (struct dirent *e; status == HS_OK && (e = readdir(dir));) {
        struct stat st;
        if (e->d_name[0] == '.')
            continue;
        const char *path = hs_path_join(l->a, inside, e->d_name);
        if (fstatat(l->dir, path, &st, AT_SYMLINK_NOFOLLOW))
            status = hs_fail_errno(l->err, HS_E_IO, "%s/%s", l->shown, path);
        else if (S_ISDIR(st.st_mode) && !*inside)
            status = list(l, path);
        else
            status = add_file(l, path);
    }
    closedir(dir);
    return status;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct hs_manifest_row *)a)->path,
                  ((const struct hs_manifest_row *)b)->path);
}

/* The hash of the manifest's text is the name by which the store knows this report. */
static void number(struct hs_manifest *m, const struct hs_buf *text)
{
    XXH128_hash_t x = XXH3_128bits(text->data, text->len);
    m->hash[0] = x.low64;
    m->hash[1] = x.high64;
}

/* Lists, reads back and hashes every file of the new report. `dir` and `shown` are the same folder.
 */
enum hs_status hs_manifest_write(int dir, const char *shown, struct hs_arena *a,
                                 struct hs_manifest *out, struct hs_error *err)
{
    struct listing l = {.out = out, .a = a, .dir = dir, .shown = shown, .err = err};
    struct hs_buf text = {0};
    *out = (struct hs_manifest){0};
    enum hs_status status = list(&l, "");
    if (status != HS_OK)
        return status;
    if (out->n)
        qsort(out->rows, out->n, sizeof *out->rows, by_path);
    hs_buf_puts(&text, head);
    for (size_t i = 0; i < out->n; i++) {
        const struct hs_manifest_row *r = &out->rows[i];
        hs_buf_printf(&text, "%016llx %016llx %lld %lld %s\n", (unsigned long long)r->hash[0],
                      (unsigned long long)r->hash[1], (long long)r->size, (long long)r->mtime_ns,
                      r->path);
    }
    XXH64_hash_t sum = XXH3_64bits(text.data, text.len);
    hs_buf_printf(&text, "sum %016llx\n", (unsigned long long)sum);
    number(out, &text);
    status = hs_fs_write(hs_path_join(a, shown, hs_manifest_name), text.data, text.len, err);
    hs_buf_free(&text);
    return status;
}

/* The text without its last line, which must be its sum. */
static bool check_sum(struct hs_buf *text)
{
    enum { LINE = 4 + 16 + 1 };
    char line[LINE + 1];
    if (text->len < LINE)
        return false;
    size_t n = text->len - LINE;
    snprintf(line, sizeof line, "sum %016llx\n", (unsigned long long)XXH3_64bits(text->data, n));
    bool same = !memcmp(text->data + n, line, LINE);
    text->data[n] = '\0';
    text->len = n;
    return same;
}

/* One row a line: hash, size, time, path. False where a line is none; `line` is changed. */
static bool read_rows(char *line, struct hs_arena *a, struct hs_manifest *out)
{
    size_t cap = 0;
    for (char *end; *line; line = end + 1) {
        unsigned long long low, high;
        long long size, mtime_ns;
        int at = 0;
        end = strchr(line, '\n');
        if (!end)
            return false;
        *end = '\0';
        if (sscanf(line, "%llx %llx %lld %lld %n", &low, &high, &size, &mtime_ns, &at) != 4 || !at)
            return false;
        const char *path = hs_arena_strdup(a, line + at);
        out->rows = hs_arena_grow(a, out->rows, out->n, &cap, sizeof *out->rows);
        out->rows[out->n++] = (struct hs_manifest_row){.path = path,
                                                       .hash = {low, high},
                                                       .size = size,
                                                       .mtime_ns = mtime_ns,
                                                       .loose = is_loose(path)};
    }
    return true;
}

/* False where there is none or it is damaged; `out` is then empty. */
bool hs_manifest_read(int dir, struct hs_arena *a, struct hs_manifest *out)
{
    struct hs_buf text = {0};
    *out = (struct hs_manifest){0};
    bool good = hs_fs_read_at(dir, hs_manifest_name, (size_t)1 << 30, &text, NULL) == HS_OK;
    if (good) {
        number(out, &text);
        good = check_sum(&text) && text.len >= sizeof head - 1 &&
               !memcmp(text.data, head, sizeof head - 1) &&
               read_rows(text.data + sizeof head - 1, a, out);
    }
    hs_buf_free(&text);
    if (!good)
        *out = (struct hs_manifest){0};
    return good;
}

/* Every file is there as it was written. Only files with another time are read. */
bool hs_manifest_holds(int dir, const struct hs_manifest *m)
{
    for (size_t i = 0; i < m->n; i++) {
        const struct hs_manifest_row *r = &m->rows[i];
        struct stat st;
        uint64_t hash[2];
        if (fstatat(dir, r->path, &st, AT_SYMLINK_NOFOLLOW) || !S_ISREG(st.st_mode))
            return false;
        if (r->loose || (st.st_size == r->size && nanoseconds(st.st_mtim) == r->mtime_ns))
            continue;
        if (st.st_size != r->size || !hash_file(dir, r->path, hash, &st) || hash[0] != r->hash[0] ||
            hash[1] != r->hash[1])
            return false;
    }
    return true;
}

/* The first part of a path: a file of the report, or a folder in it. */
const char *hs_manifest_top(const struct hs_manifest_row *row, struct hs_arena *a, bool *folder)
{
    size_t n = strcspn(row->path, "/");
    *folder = row->path[n] == '/';
    return hs_arena_strndup(a, row->path, n);
}

/* The first row that does not lie below the same top. */
size_t hs_manifest_next(const struct hs_manifest *m, size_t i)
{
    const char *path = m->rows[i].path;
    size_t n = strcspn(path, "/") + 1; /* with its slash; a file's own name with its end */
    while (i < m->n && !strncmp(m->rows[i].path, path, n))
        i++;
    return i;
}
