/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The plan is JSON, which is read with the parser for YAML. Its hash goes over the job's path and
 * bytes, the versions of everything that measures, and the hash of each shard; a plan whose hash
 * is not that of its content is refused. Workers compare the versions with their own, because
 * parts of two programs must not be mixed.
 */
#include "shards/plan.h"

#include "core/fs.h"
#include "core/num.h"
#include "job/tree.h"
#include "job/tree_parse.h"
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
enum { MOST_BYTES = 1 << 30 };

static const char *const stage_keys[HS_N_STAGES] = {
    [HS_MEASURING] = "measuring_s",   [HS_COMPARING] = "comparing_s",
    [HS_FITTING] = "fitting_stems_s", [HS_MASTERING] = "mastering_s",
    [HS_SEPARATING] = "separating_s",
};

/* Over all stages, as seconds of audio to be measured. */
double hs_shard_weight_s(const struct hs_shard_head *h)
{
    double sum = 0;
    for (int i = 0; i < HS_N_STAGES; i++)
        sum += h->stage_s[i];
    return sum;
}

/* Parts that were made with other versions do not fit together. */
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

/* As hexadecimal text, because JSON's numbers hold 53 bits. */
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
        hs_json_number(&j, "weight_s", hs_shard_weight_s(&p->shards[i]));
        for (int k = 0; k < HS_N_STAGES; k++)
            hs_json_number(&j, stage_keys[k], p->shards[i].stage_s[k]);
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

/* An empty text where it is missing. */
static const char *text_of(const struct hs_node *map, const char *key)
{
    const struct hs_node *x = hs_tree_get(map, key);
    return x && x->kind == HS_NODE_TEXT ? x->text : "";
}

static uint64_t hash_of(const struct hs_node *map, const char *key)
{
    return strtoull(text_of(map, key), NULL, 16);
}

/* 0 where it is no number. */
static double number_of(const struct hs_node *map, const char *key)
{
    double x;
    return hs_num_parse(text_of(map, key), &x) && x >= 0 && x < 1e15 ? x : 0;
}

static struct hs_shard_head head_of(const struct hs_node *map)
{
    struct hs_shard_head h = {.n_files = (size_t)number_of(map, "files"),
                              .n_couples = (size_t)number_of(map, "pairs"),
                              .hash = hash_of(map, "hash")};
    for (int i = 0; i < HS_N_STAGES; i++)
        h.stage_s[i] = number_of(map, stage_keys[i]);
    return h;
}

/* The plan out of its tree. False where it is none, or not the one that its hash is of. */
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
        out->shards[i] = head_of(list->items[i]);
    return hs_shard_plan_hash(out) == out->hash;
}

bool hs_shard_plan_parse(const char *path, const char *text, size_t n, struct hs_arena *a,
                         struct hs_shard_plan *out)
{
    struct hs_problems problems = {.arena = a, .file = path};
    const struct hs_node *root = hs_tree_parse(a, text, n, &problems); /* JSON is YAML */
    return !problems.n && take_plan(root, a, out);
}

/* Refuses a plan of another program. `trusted`: nobody else could have written it, so that its
 * command for separating may run. */
enum hs_status hs_shard_plan_read(const char *run, struct hs_arena *a, struct hs_shard_plan *out,
                                  struct hs_error *err)
{
    struct hs_buf text = {0};
    bool own = false;
    const char *path = hs_path_join(a, run, "plan.json");
    enum hs_status status = hs_fs_read_owned(path, MOST_BYTES, &text, &own, err);
    if (status == HS_E_MISSING)
        status = HS_E_USAGE;
    if (status == HS_OK && !hs_shard_plan_parse(path, text.data ? text.data : "", text.len, a, out))
        status = hs_fail(err, HS_E_USAGE, "%s: this is no plan of `hindsight split`, or no longer",
                         path);
    if (status == HS_OK && out->program != hs_shard_plan_program())
        status = hs_fail(err, HS_E_USAGE,
                         "%s: made by another version of hindsight, which measures otherwise; "
                         "use that one, or split again",
                         path);
    out->trusted = own;
    hs_buf_free(&text);
    return status;
}

/* A job file that others could write takes the trust away. */
enum hs_status hs_shard_plan_check_job(struct hs_shard_plan *p, struct hs_error *err)
{
    struct hs_buf text = {0};
    bool own = false;
    enum hs_status status = hs_fs_read_owned(p->job_path, MOST_BYTES, &text, &own, err);
    if (status == HS_OK && XXH3_128bits(text.data ? text.data : "", text.len).low64 != p->job_hash)
        status = hs_fail(err, HS_E_USAGE,
                         "%s: the job file has changed since it was split; split again (what is "
                         "measured already is taken over)",
                         p->job_path);
    p->trusted = p->trusted && own;
    hs_buf_free(&text);
    return status;
}
