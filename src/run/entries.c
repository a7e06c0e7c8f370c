/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entries stand in the order in which they were added. A hash table over their paths (open
 * addressing, index + 1, at most half full) finds the entry of a source; two sources are one entry
 * where all that decides what is read is equal (hs_source_order). A part of a file has the hash of
 * its bytes together with the part, so that measures of parts are kept apart.
 */
#include "run/entries.h"

#include "core/alloc.h"
#include "core/fs.h"

#include <string.h>
#include <xxhash.h>

/* The table's place of a source: where it is, or the free one where it belongs. */
static size_t place(const struct hs_entries *e, const struct hs_source *source)
{
    size_t i = XXH3_64bits(source->path, strlen(source->path)) & (e->table_n - 1);
    while (e->table[i] && hs_source_order(e->items[e->table[i] - 1].file.source, source))
        i = (i + 1) & (e->table_n - 1);
    return i;
}

/* Twice the size; every entry is put into it anew. */
static void grow_table(struct hs_entries *e)
{
    hs_free(e->table);
    e->table_n = e->table_n ? e->table_n * 2 : 256;
    e->table = HS_NEW_ARRAY(size_t, e->table_n);
    for (size_t i = 0; i < e->n; i++)
        e->table[place(e, e->items[i].file.source)] = i + 1;
}

/* The entry of this source, which is added where it is new. The source must live as long as the
 * entries. */
size_t hs_entries_add(struct hs_entries *e, const struct hs_source *source)
{
    if (e->n * 2 >= e->table_n)
        grow_table(e);
    size_t at = place(e, source);
    if (e->table[at])
        return e->table[at] - 1;
    e->items = hs_grow(e->items, e->n, &e->cap, sizeof *e->items);
    e->items[e->n] = (struct hs_entry){.same_as = e->n, .file.source = source};
    if (source->right_path)
        e->items[e->n].right = HS_ARENA_NEW(&e->arena, struct hs_stamp);
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

/* Every file that the job names, each once, in the order of the job. */
void hs_entries_of_job(struct hs_entries *e, const struct hs_job *job)
{
    for (size_t i = 0; i < job->n_tracks; i++) {
        const struct hs_track *t = &job->tracks[i];
        if (t->master.path)
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

/* The share of files that are not there, 0 to 1. */
double hs_entries_missing(const struct hs_entries *e)
{
    size_t missing = 0;
    for (size_t i = 0; i < e->n; i++)
        missing += e->items[i].file.state == HS_FILE_MISSING;
    return e->n ? (double)missing / (double)e->n : 0;
}

void hs_entries_free(struct hs_entries *e)
{
    hs_free(e->items);
    hs_free(e->table);
    hs_arena_free(&e->arena);
    *e = (struct hs_entries){0};
}

/* Takes the stamp of the file, or of both files of a discrete pair. */
enum hs_status hs_entry_look(struct hs_entry *e, struct hs_error *err)
{
    const struct hs_source *s = e->file.source;
    struct hs_error why = {0};
    enum hs_status status = hs_stamp_read(s->path, &e->stamp, err);
    if (status == HS_OK && s->right_path) {
        status = hs_stamp_read(s->right_path, e->right, &why);
        if (status != HS_OK) /* rows have the name of the left one */
            hs_fail(err, status, "%s: %s", hs_path_base(s->right_path), why.msg);
    }
    return status;
}

/* Size and time of change only: inodes differ between nodes of a cluster. */
static uint64_t add_stamp(const struct hs_stamp *stamp, uint64_t sum)
{
    const int64_t seen[] = {stamp->size, stamp->mtime_ns};
    return XXH3_64bits_withSeed(seen, sizeof seen, sum);
}

/* What the file looks like, as one sum that may be chained. */
uint64_t hs_entry_seen(const struct hs_entry *e, uint64_t sum)
{
    sum = add_stamp(&e->stamp, sum);
    return e->right ? add_stamp(e->right, sum) : sum;
}

double hs_entry_bytes(const struct hs_entry *e)
{
    return (double)e->stamp.size + (e->right ? (double)e->right->size : 0);
}

/* Gives the entry its hash. A part of a file gets one made of the bytes and the part. */
void hs_entry_identify(struct hs_entry *e, const uint64_t bytes[2])
{
    const struct hs_source *s = e->file.source;
    const uint64_t part[] = {
        bytes[0],           bytes[1],     (uint64_t)s->stream, (uint64_t)s->from_75,
        (uint64_t)s->to_75, s->emphasised};
    e->hashed = true;
    memcpy(e->bytes, bytes, sizeof e->bytes);
    memcpy(e->file.hash, bytes, sizeof e->file.hash);
    if (!s->stream && !s->from_75 && !s->to_75 && !s->emphasised)
        return;
    XXH128_hash_t h = XXH3_128bits(part, sizeof part);
    e->file.hash[0] = h.low64;
    e->file.hash[1] = h.high64;
}

struct hs_file hs_entries_file(const struct hs_entries *e, const struct hs_source *source)
{
    struct hs_file f = {0};
    if (source && source->path) {
        f = e->items[hs_entries_find(e, source)].file;
        f.source = source;
    }
    return f;
}
