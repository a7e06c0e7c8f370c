/* SPDX-License-Identifier: Apache-2.0 */
#include "run/entries.h"

#include "core/alloc.h"

#include <string.h>
#include <sys/stat.h>
#include <xxhash.h>

static bool same_source(const struct hs_source *a, const struct hs_source *b)
{
    const char *x = a->right_path ? a->right_path : "", *y = b->right_path ? b->right_path : "";
    return !strcmp(a->path, b->path) && !strcmp(x, y);
}

/* The table's place of a source: where it is, or the free one where it belongs. */
static size_t place(const struct hs_entries *e, const struct hs_source *source)
{
    size_t i = XXH3_64bits(source->path, strlen(source->path)) & (e->table_n - 1);
    while (e->table[i] && !same_source(e->items[e->table[i] - 1].file.source, source))
        i = (i + 1) & (e->table_n - 1);
    return i;
}

static void grow_table(struct hs_entries *e)
{
    hs_free(e->table);
    e->table_n = e->table_n ? e->table_n * 2 : 256;
    e->table = HS_NEW_ARRAY(size_t, e->table_n);
    for (size_t i = 0; i < e->n; i++)
        e->table[place(e, e->items[i].file.source)] = i + 1;
}

size_t hs_entries_add(struct hs_entries *e, const struct hs_source *source)
{
    if (e->n * 2 >= e->table_n)
        grow_table(e);
    size_t at = place(e, source);
    if (e->table[at])
        return e->table[at] - 1;
    e->items = hs_grow(e->items, e->n, &e->cap, sizeof *e->items);
    e->items[e->n] = (struct hs_entry){.same_as = e->n, .file.source = source};
    e->table[at] = ++e->n;
    return e->n - 1;
}

size_t hs_entries_find(const struct hs_entries *e, const struct hs_source *source)
{
    return e->table[place(e, source)] - 1;
}

static void add_all(struct hs_entries *e, const struct hs_source *sources, size_t n)
{
    for (size_t i = 0; i < n; i++)
        hs_entries_add(e, &sources[i]);
}

void hs_entries_of_job(struct hs_entries *e, const struct hs_job *job)
{
    for (size_t i = 0; i < job->n_tracks; i++) {
        const struct hs_track *t = &job->tracks[i];
        hs_entries_add(e, &t->master);
        add_all(e, t->mixes, t->n_mixes);
        for (size_t k = 0; k < t->n_stems; k++)
            hs_entries_add(e, &t->stems[k].source);
        if (t->update.path)
            hs_entries_add(e, &t->update);
    }
    add_all(e, job->references, job->n_references);
    add_all(e, job->mix_references, job->n_mix_references);
}

void hs_entries_free(struct hs_entries *e)
{
    hs_free(e->items);
    hs_free(e->table);
    *e = (struct hs_entries){0};
}

static int64_t nanoseconds(struct timespec t)
{
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static bool read_mark(const char *path, struct hs_mark *out)
{
    struct stat st;
    if (stat(path, &st))
        return false;
    *out = (struct hs_mark){.device = st.st_dev,
                            .inode = st.st_ino,
                            .size = st.st_size,
                            .mtime_ns = nanoseconds(st.st_mtim),
                            .ctime_ns = nanoseconds(st.st_ctim)};
    return true;
}

bool hs_stamp_read(const struct hs_source *source, struct hs_stamp *out)
{
    *out = (struct hs_stamp){0};
    return read_mark(source->path, &out->file) &&
           (!source->right_path || read_mark(source->right_path, &out->right));
}

static bool same_mark(const struct hs_mark *a, const struct hs_mark *b)
{
    return a->device == b->device && a->inode == b->inode && a->size == b->size &&
           a->mtime_ns == b->mtime_ns && a->ctime_ns == b->ctime_ns;
}

bool hs_stamp_equal(const struct hs_stamp *a, const struct hs_stamp *b)
{
    return same_mark(&a->file, &b->file) && same_mark(&a->right, &b->right);
}
