/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A shard is written as bytes: a magic number, a checksum over sizes and times of its files, what
 * the job asks of every track, the tracks with their files, references, and a checksum. Reading
 * takes foreign bytes: each count is compared with what is left of the file before memory is
 * asked for, and all must be used up at the end.
 */
#include "shards/shard_file.h"

#include "core/fs.h"
#include "core/wire.h"
#include "model/survival.h"

#include <xxhash.h>

enum { MAGIC = 0x33685348 /* "HSh3" */, MOST_BYTES = 1 << 30 };

static void put_source(struct hs_buf *out, const struct hs_source *f)
{
    hs_wire_put_text(out, f->path);
    hs_wire_put_text(out, f->right_path);
    hs_wire_put_text(out, f->shown);
    hs_wire_put_u32(out, (uint32_t)f->stream);
    hs_wire_put_u64(out, (uint64_t)f->from_75);
    hs_wire_put_u64(out, (uint64_t)f->to_75);
    hs_wire_put_u32(out, f->emphasised);
}

/* A count and the files. */
static void put_sources(struct hs_buf *out, const struct hs_source *items, size_t n)
{
    hs_wire_put_u64(out, n);
    for (size_t i = 0; i < n; i++)
        put_source(out, &items[i]);
}

/* The files of a track; nothing else of it is needed to gather. */
static void put_track(struct hs_buf *out, const struct hs_track *t)
{
    put_source(out, &t->master);
    put_sources(out, t->mixes, t->n_mixes);
    hs_wire_put_u64(out, t->n_stems);
    for (size_t i = 0; i < t->n_stems; i++) {
        hs_wire_put_u32(out, (uint32_t)t->stems[i].key);
        hs_wire_put_u32(out, t->stems[i].kind);
        put_source(out, &t->stems[i].source);
    }
    hs_wire_put_u32(out, t->update_kind);
    put_source(out, &t->update);
}

/* A list that ends in NULL; none is a count of 0. */
static void put_words(struct hs_buf *out, const char *const *words)
{
    size_t n = 0;
    while (words && words[n])
        n++;
    hs_wire_put_u64(out, n);
    for (size_t i = 0; i < n; i++)
        hs_wire_put_text(out, words[i]);
}

/* The separator that the job names, or that there is none. */
static void put_separate(struct hs_buf *out, const struct hs_separate *s)
{
    hs_wire_put_u32(out, s != NULL);
    if (!s)
        return;
    put_words(out, s->command);
    put_words(out, s->version);
    hs_wire_put_u64(out, s->n_outputs);
    for (size_t i = 0; i < s->n_outputs; i++) {
        hs_wire_put_text(out, s->outputs[i].name);
        hs_wire_put_u32(out, s->outputs[i].role);
        hs_wire_put_text(out, s->outputs[i].pattern);
    }
    hs_wire_put_double(out, s->limit_s);
    hs_wire_put_double(out, s->memory_bytes);
    hs_wire_put_text(out, s->keep);
}

/* What is asked of every track. */
static void put_wishes(struct hs_buf *out, const struct hs_shard *s)
{
    hs_wire_put_u32(out, s->job->survival);
    hs_wire_put_u32(out, s->preview);
    put_separate(out, s->job->separate);
}

/* The same from a list of pointers. */
static void put_chosen(struct hs_buf *out, const struct hs_source **items, size_t n)
{
    hs_wire_put_u64(out, n);
    for (size_t i = 0; i < n; i++)
        put_source(out, items[i]);
}

/* The checksum goes over all that this call has put. */
void hs_shard_put(struct hs_buf *out, const struct hs_shard *s)
{
    size_t from = out->len;
    hs_wire_put_u32(out, MAGIC);
    hs_wire_put_u64(out, s->files);
    put_wishes(out, s);
    hs_wire_put_u64(out, s->n_tracks);
    for (size_t i = 0; i < s->n_tracks; i++)
        put_track(out, s->tracks[i]);
    put_sources(out, s->job->references, s->preview ? s->job->n_references : 0);
    put_chosen(out, s->others, s->n_others);
    put_chosen(out, s->apart, s->n_apart);
    hs_wire_put_u64(out, XXH3_64bits(out->data + from, out->len - from));
}

static struct hs_source take_source(struct hs_cursor *c, struct hs_arena *a)
{
    struct hs_source f = {.exists = true};
    f.path = hs_wire_take_text(c, a);
    f.right_path = hs_wire_take_text(c, a);
    f.shown = hs_wire_take_text(c, a);
    f.stream = (int)hs_wire_take_u32(c);
    f.from_75 = (int64_t)hs_wire_take_u64(c);
    f.to_75 = (int64_t)hs_wire_take_u64(c);
    f.emphasised = hs_wire_take_u32(c) != 0;
    return f;
}

/* Whatever is counted takes more than eight bytes, so that no count can ask for much more
 * memory than was read. */
static size_t take_count(struct hs_cursor *c)
{
    uint64_t n = hs_wire_take_u64(c);
    c->bad = c->bad || n > c->left / 8;
    return c->bad ? 0 : (size_t)n;
}

static const struct hs_source *take_sources(struct hs_cursor *c, struct hs_arena *a, size_t *n)
{
    *n = take_count(c);
    struct hs_source *items = HS_ARENA_ARRAY(a, struct hs_source, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        items[i] = take_source(c, a);
        c->bad = c->bad || !items[i].path;
    }
    return items;
}

/* The same back; what makes no sense marks the cursor as bad. */
static struct hs_track take_track(struct hs_cursor *c, struct hs_arena *a)
{
    struct hs_track t = {.id = "", .title = ""};
    t.master = take_source(c, a);
    t.mixes = take_sources(c, a, &t.n_mixes);
    t.n_stems = take_count(c);
    struct hs_stem *stems = HS_ARENA_ARRAY(a, struct hs_stem, t.n_stems + 1);
    for (size_t i = 0; i < t.n_stems; i++) {
        stems[i].key = (int)hs_wire_take_u32(c);
        uint32_t kind = hs_wire_take_u32(c);
        stems[i].kind = (enum hs_stem_role)kind;
        stems[i].source = take_source(c, a);
        c->bad = c->bad || kind >= HS_N_STEM_ROLES || !stems[i].source.path;
    }
    t.stems = stems;
    uint32_t update = hs_wire_take_u32(c);
    t.update_kind = (enum hs_update_kind)update;
    t.update = take_source(c, a);
    c->bad = c->bad || update > HS_UPDATE_MASTER;
    return t;
}

static const char *const *take_words(struct hs_cursor *c, struct hs_arena *a)
{
    size_t n = take_count(c);
    const char **words = HS_ARENA_ARRAY(a, const char *, n + 1);
    for (size_t i = 0; i < n; i++) {
        words[i] = hs_wire_take_text(c, a);
        c->bad = c->bad || !words[i];
    }
    return n ? words : NULL;
}

/* The same back; NULL where there is none. */
static const struct hs_separate *take_separate(struct hs_cursor *c, struct hs_arena *a)
{
    if (!hs_wire_take_u32(c))
        return NULL;
    struct hs_separate *s = HS_ARENA_NEW(a, struct hs_separate);
    s->command = take_words(c, a);
    s->version = take_words(c, a);
    s->n_outputs = take_count(c);
    struct hs_separated_output *outputs =
        HS_ARENA_ARRAY(a, struct hs_separated_output, s->n_outputs + 1);
    for (size_t i = 0; i < s->n_outputs; i++) {
        outputs[i].name = hs_wire_take_text(c, a);
        uint32_t role = hs_wire_take_u32(c);
        outputs[i].role = (enum hs_stem_role)role;
        outputs[i].pattern = hs_wire_take_text(c, a);
        c->bad = c->bad || role >= HS_N_STEM_ROLES || !outputs[i].name || !outputs[i].pattern;
    }
    s->outputs = outputs;
    s->limit_s = hs_wire_take_double(c);
    s->memory_bytes = hs_wire_take_double(c);
    s->keep = hs_wire_take_text(c, a);
    c->bad = c->bad || !s->command || !(s->limit_s >= 0) || !(s->memory_bytes >= 0);
    return s;
}

static void take_wishes(struct hs_cursor *c, struct hs_arena *a, struct hs_job *out)
{
    out->survival = hs_wire_take_u32(c) & HS_TO_KNOWN;
    out->preview = hs_wire_take_u32(c) != 0;
    out->separate = take_separate(c, a);
}

/* False where anything is left over or missing. The shard is a job without titles and texts. */
bool hs_shard_take(const void *data, size_t n, struct hs_arena *a, struct hs_job *out)
{
    *out = (struct hs_job){0};
    if (n < 2 * sizeof(uint64_t))
        return false;
    struct hs_cursor c = hs_cursor(data, n - sizeof(uint64_t));
    c.bad = hs_wire_take_u32(&c) != MAGIC;
    hs_wire_take_u64(&c); /* bears on the hash of the file alone */
    take_wishes(&c, a, out);
    out->n_tracks = take_count(&c);
    struct hs_track *tracks = HS_ARENA_ARRAY(a, struct hs_track, out->n_tracks + 1);
    for (size_t i = 0; i < out->n_tracks && !c.bad; i++)
        tracks[i] = take_track(&c, a);
    out->tracks = tracks;
    out->references = take_sources(&c, a, &out->n_references);
    out->mix_references = take_sources(&c, a, &out->n_mix_references);
    out->apart = take_sources(&c, a, &out->n_apart);
    out->is_shard = true;
    return !c.bad && !c.left;
}

static const char *shard_path(const char *run, size_t number, struct hs_arena *a)
{
    return hs_arena_printf(a, "%s/shards/%zu", run, number);
}

enum hs_status hs_shard_write(const char *run, size_t number, const struct hs_buf *data,
                              struct hs_error *err)
{
    struct hs_arena a = {0};
    enum hs_status status = hs_fs_write(shard_path(run, number, &a), data->data, data->len, err);
    hs_arena_free(&a);
    return status;
}

/* The hash of the plan is compared before anything is read. */
enum hs_status hs_shard_read(const char *run, const struct hs_shard_plan *p, size_t number,
                             struct hs_arena *a, struct hs_job *out, struct hs_error *err)
{
    struct hs_buf data = {0};
    const char *path = shard_path(run, number, a);
    bool own = false;
    enum hs_status status = hs_fs_read_owned(path, MOST_BYTES, &data, &own, err);
    if (status == HS_OK &&
        (!data.len || XXH3_64bits(data.data, data.len) != p->shards[number].hash ||
         !hs_shard_take(data.data, data.len, a, out)))
        status = hs_fail(err, HS_E_USAGE, "%s: it is not what the plan says; split again", path);
    out->trusted = p->trusted && own;
    out->path = p->job_path;
    hs_buf_free(&data);
    return status;
}
