/* SPDX-License-Identifier: Apache-2.0 */
#include "shards/plan.h"

#include "core/fs.h"
#include "core/num.h"
#include "core/wire.h"
#include "job/tree.h"
#include "measure/measure.h"
#include "report/json.h"
#include "run/previews.h"
#include "run/result.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

static const char format[] = "hindsight-plan/1";
enum { MAGIC = 0x31685348 /* "HSh1" */, MOST_BYTES = 1 << 30 };

uint64_t hs_shard_plan_program(void)
{
    const uint64_t versions[] = {hs_measure_version(), hs_result_file_version(),
                                 hs_result_pair_version(), hs_result_stems_version(),
                                 hs_previews_version()};
    return XXH3_64bits(versions, sizeof versions);
}

uint64_t hs_shard_plan_hash(const struct hs_shard_plan *p)
{
    uint64_t h = XXH3_64bits(p->job_path, strlen(p->job_path));
    h = XXH3_64bits_withSeed(&p->job_hash, sizeof p->job_hash, h);
    h = XXH3_64bits_withSeed(&p->program, sizeof p->program, h);
    for (size_t i = 0; i < p->n; i++)
        h = XXH3_64bits_withSeed(&p->shards[i].hash, sizeof p->shards[i].hash, h);
    return h;
}

static void put_hash(struct hs_json *j, const char *key, uint64_t hash)
{
    char text[32];
    snprintf(text, sizeof text, "%016llx", (unsigned long long)hash);
    hs_json_text(j, key, text);
}

enum hs_status hs_shard_plan_write(const char *run, const struct hs_shard_plan *p,
                                   struct hs_error *err)
{
    struct hs_arena a = {0};
    struct hs_buf out = {0};
    struct hs_json j = {.out = &out, .top = true};
    hs_json_object(&j, NULL);
    hs_json_text(&j, "format", format);
    put_hash(&j, "hash", p->hash);
    hs_json_text(&j, "job", p->job_path);
    put_hash(&j, "job_hash", p->job_hash);
    put_hash(&j, "program", p->program);
    hs_json_number(&j, "max_missing", p->max_missing);
    hs_json_array(&j, "shards");
    for (size_t i = 0; i < p->n; i++) {
        hs_json_object(&j, NULL);
        hs_json_number(&j, "shard", (double)i);
        hs_json_number(&j, "files", (double)p->shards[i].n_files);
        hs_json_number(&j, "pairs", (double)p->shards[i].n_couples);
        hs_json_number(&j, "weight_s", p->shards[i].weight_s);
        put_hash(&j, "hash", p->shards[i].hash);
        hs_json_object_end(&j);
    }
    hs_json_array_end(&j);
    hs_json_object_end(&j);
    hs_buf_putc(&out, '\n');
    enum hs_status status = hs_fs_write(hs_path_join(&a, run, "plan.json"), out.data, out.len, err);
    hs_buf_free(&out);
    hs_arena_free(&a);
    return status;
}

static const char *text_of(const struct hs_node *map, const char *key)
{
    const struct hs_node *x = hs_tree_get(map, key);
    return x && x->kind == HS_NODE_TEXT ? x->text : "";
}

static uint64_t hash_of(const struct hs_node *map, const char *key)
{
    return strtoull(text_of(map, key), NULL, 16);
}

static double number_of(const struct hs_node *map, const char *key)
{
    double x;
    return hs_num_parse(text_of(map, key), &x) && x >= 0 && x < 1e15 ? x : 0;
}

static bool take_plan(const struct hs_node *root, struct hs_arena *a, struct hs_shard_plan *out)
{
    const struct hs_node *list = root ? hs_tree_get(root, "shards") : NULL;
    if (!list || list->kind != HS_NODE_LIST || !list->n || strcmp(text_of(root, "format"), format))
        return false;
    *out = (struct hs_shard_plan){.job_path = text_of(root, "job"),
                                  .job_hash = hash_of(root, "job_hash"),
                                  .program = hash_of(root, "program"),
                                  .hash = hash_of(root, "hash"),
                                  .max_missing = number_of(root, "max_missing"),
                                  .shards = HS_ARENA_ARRAY(a, struct hs_shard_head, list->n),
                                  .n = list->n};
    for (size_t i = 0; i < list->n; i++)
        out->shards[i] =
            (struct hs_shard_head){.weight_s = number_of(list->items[i], "weight_s"),
                                   .n_files = (size_t)number_of(list->items[i], "files"),
                                   .n_couples = (size_t)number_of(list->items[i], "pairs"),
                                   .hash = hash_of(list->items[i], "hash")};
    return hs_shard_plan_hash(out) == out->hash;
}

enum hs_status hs_shard_plan_read(const char *run, struct hs_arena *a, struct hs_shard_plan *out,
                                  struct hs_error *err)
{
    struct hs_buf text = {0};
    const char *path = hs_path_join(a, run, "plan.json");
    struct hs_problems problems = {.arena = a, .file = path};
    const struct hs_node *root = NULL;
    enum hs_status status = hs_fs_read(path, MOST_BYTES, &text, err);
    if (status == HS_OK) /* JSON is YAML */
        root = hs_tree_parse(a, text.data ? text.data : "", text.len, &problems);
    if (status == HS_E_MISSING)
        status = HS_E_USAGE;
    if (status == HS_OK && (problems.n || !take_plan(root, a, out)))
        status = hs_fail(err, HS_E_USAGE, "%s: this is no plan of `hindsight split`, or no longer",
                         path);
    if (status == HS_OK && out->program != hs_shard_plan_program())
        status = hs_fail(err, HS_E_USAGE,
                         "%s: made by another version of hindsight, which measures otherwise; "
                         "use that one, or split again",
                         path);
    hs_buf_free(&text);
    return status;
}

enum hs_status hs_shard_plan_check_job(const struct hs_shard_plan *p, struct hs_error *err)
{
    struct hs_buf text = {0};
    enum hs_status status = hs_fs_read(p->job_path, MOST_BYTES, &text, err);
    if (status == HS_OK && XXH3_128bits(text.data ? text.data : "", text.len).low64 != p->job_hash)
        status = hs_fail(err, HS_E_USAGE,
                         "%s: the job file has changed since it was split; split again (what is "
                         "measured already is taken over)",
                         p->job_path);
    hs_buf_free(&text);
    return status;
}

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

static void put_sources(struct hs_buf *out, const struct hs_source *items, size_t n)
{
    hs_wire_put_u64(out, n);
    for (size_t i = 0; i < n; i++)
        put_source(out, &items[i]);
}

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

void hs_shard_put(struct hs_buf *out, const struct hs_shard *s)
{
    size_t from = out->len;
    hs_wire_put_u32(out, MAGIC);
    hs_wire_put_u32(out, s->survival);
    hs_wire_put_u64(out, s->n_tracks);
    for (size_t i = 0; i < s->n_tracks; i++)
        put_track(out, s->tracks[i]);
    hs_wire_put_u64(out, s->n_references);
    for (size_t i = 0; i < s->n_references; i++)
        put_source(out, s->references[i]);
    hs_wire_put_u32(out, s->preview);
    put_sources(out, s->tone, s->n_tone);
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

static bool take_shard(const struct hs_buf *data, struct hs_arena *a, struct hs_job *out)
{
    struct hs_cursor c = hs_cursor(data->data, data->len - sizeof(uint64_t));
    *out = (struct hs_job){0};
    c.bad = hs_wire_take_u32(&c) != MAGIC;
    out->survival = hs_wire_take_u32(&c);
    out->n_tracks = take_count(&c);
    struct hs_track *tracks = HS_ARENA_ARRAY(a, struct hs_track, out->n_tracks + 1);
    for (size_t i = 0; i < out->n_tracks && !c.bad; i++)
        tracks[i] = take_track(&c, a);
    out->tracks = tracks;
    out->mix_references = take_sources(&c, a, &out->n_mix_references);
    out->preview = hs_wire_take_u32(&c) != 0;
    out->references = take_sources(&c, a, &out->n_references);
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

enum hs_status hs_shard_read(const char *run, const struct hs_shard_plan *p, size_t number,
                             struct hs_arena *a, struct hs_job *out, struct hs_error *err)
{
    struct hs_buf data = {0};
    const char *path = shard_path(run, number, a);
    enum hs_status status = hs_fs_read(path, MOST_BYTES, &data, err);
    bool whole = status == HS_OK && data.len > 2 * sizeof(uint64_t);
    uint64_t hash = whole ? XXH3_64bits(data.data, data.len) : 0;
    if (status == HS_OK && (!whole || hash != p->shards[number].hash || !take_shard(&data, a, out)))
        status = hs_fail(err, HS_E_USAGE, "%s: it is not what the plan says; split again", path);
    hs_buf_free(&data);
    return status;
}
