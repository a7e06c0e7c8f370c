/* SPDX-License-Identifier: Apache-2.0 */
/* The third round of collecting: each candidate mix against its master. */
#include "core/alloc.h"
#include "core/wire.h"
#include "measure/measure.h"
#include "pair/choose.h"
#include "pair/pack.h"
#include "pool/pool.h"
#include "pool/progress.h"
#include "pool/tasks.h"
#include "run/collect.h"

#include <string.h>

struct couple {
    const struct hs_file *mix, *master;
    struct hs_pair *out;
    uint64_t key[4];
};

struct pairing {
    struct hs_collect *c;
    struct couple *couples; /* of the tasks, in their order */
    struct hs_task *tasks;
    size_t n, cap;
    struct hs_error *err;
    enum hs_status status;
};

/* Behind a pair stand its own analysis and the measures that it reads of both files. */
static uint64_t version(void)
{
    return hs_pair_version() * 0x9e3779b97f4a7c15u ^ hs_measure_version_of(hs_pair_reads);
}

static void no_pair(struct hs_pair *pair, struct hs_arena *a, enum hs_pair_state state,
                    const char *why)
{
    *pair = (struct hs_pair){.state = state, .why = hs_arena_intern(a, why)};
    hs_values_init(&pair->values, a);
}

/* Takes over a comparison in the memory it takes. */
static enum hs_status take_pair(struct pairing *p, const struct couple *k, const void *data,
                                size_t n, struct hs_error *err)
{
    struct hs_arena scratch = {0}, *arena = p->c->arena;
    struct hs_pair *pair = k->out;
    enum hs_status status = hs_reply_pair(data, n, &scratch, pair, err);
    if (status == HS_OK) {
        struct hs_bulk *bulk = hs_collect_bulk(p->c);
        const void *id =
            bulk ? hs_collect_bulk_id(p->c, HS_RESULT_PAIR, k->key, sizeof k->key, version())
                 : NULL;
        hs_values_keep(&pair->values, arena, bulk, id);
        pair->why = hs_arena_intern(arena, pair->why);
        pair->segments =
            hs_arena_copy(arena, pair->segments, pair->n_segments * sizeof *pair->segments);
    } else {
        no_pair(pair, arena, HS_PAIR_NONE, "the mix or the master could not be read");
    }
    hs_arena_free(&scratch);
    return status;
}

static bool known(struct pairing *p, const struct couple *k)
{
    struct hs_buf data = {0};
    bool found =
        p->c->store &&
        hs_store_find(p->c->store, HS_RESULT_PAIR, k->key, sizeof k->key, version(), &data) &&
        take_pair(p, k, data.data, data.len, NULL) == HS_OK;
    hs_buf_free(&data);
    return found;
}

static void add_couple(struct pairing *p, const struct hs_file *mix, const struct hs_file *master,
                       struct hs_pair *out)
{
    struct couple k = {.mix = mix, .master = master, .out = out};
    memcpy(k.key, mix->hash, sizeof mix->hash);
    memcpy(k.key + 2, master->hash, sizeof master->hash);
    no_pair(out, p->c->arena, HS_PAIR_NONE, "the mix or the master could not be read");
    if (mix->state != HS_FILE_OK || master->state != HS_FILE_OK || known(p, &k))
        return;
    p->couples = hs_grow(p->couples, p->n, &p->cap, sizeof *p->couples);
    p->couples[p->n++] = k;
}

static void fill(void *ctx, struct hs_task *task)
{
    struct pairing *p = ctx;
    const struct couple *k = &p->couples[task - p->tasks];
    hs_ask_pair(&task->payload, k->mix, k->master);
}

static void take(void *ctx, struct hs_task *task)
{
    struct pairing *p = ctx;
    const struct couple *k = &p->couples[task - p->tasks];
    struct hs_error err = {0};
    if (task->state == HS_TASK_POISON)
        no_pair(k->out, p->c->arena, HS_PAIR_CANNOT_SAY, task->why);
    else if (take_pair(p, k, task->reply.data, task->reply.len, &err) != HS_OK)
        no_pair(k->out, p->c->arena, HS_PAIR_CANNOT_SAY, err.msg);
    else if (p->c->store && p->status == HS_OK)
        p->status = hs_store_put(p->c->store, HS_RESULT_PAIR, k->key, sizeof k->key, version(),
                                 task->reply.data, task->reply.len, p->err);
    p->c->n_paired++;
    hs_buf_free(&task->reply);
}

static enum hs_status run_pairs(struct pairing *p)
{
    struct hs_pool pool;
    struct hs_progress progress;
    if (!p->n)
        return HS_OK;
    p->tasks = HS_NEW_ARRAY(struct hs_task, p->n);
    for (size_t i = 0; i < p->n; i++) {
        double mix_s = 0, master_s = 0;
        hs_values_read(&p->couples[i].mix->values, "duration_s", &mix_s);
        hs_values_read(&p->couples[i].master->values, "duration_s", &master_s);
        p->tasks[i] = (struct hs_task){.kind = HS_FRAME_PAIR,
                                       .name = p->couples[i].master->source->path,
                                       .weight = mix_s + master_s,
                                       .audio_s = mix_s + master_s};
    }
    hs_progress_start(&progress, p->c->log, "comparing");
    hs_pool_init(&pool, p->c->jobs, p->c->log);
    pool.child = &p->c->worker;
    pool.progress = &progress;
    pool.stop = p->c->stop;
    pool.fill = fill;
    pool.done = take;
    pool.ctx = p;
    enum hs_status status = hs_pool_run(&pool, p->tasks, p->n, p->err);
    hs_progress_end(&progress);
    hs_tasks_free(p->tasks, p->n);
    return p->status != HS_OK ? p->status : status;
}

static struct hs_file file_of(const struct hs_collect *c, const struct hs_source *source)
{
    struct hs_file f = {0};
    if (source && source->path) {
        f = c->entries.items[hs_entries_find(&c->entries, source)].file;
        f.source = source;
    } else {
        hs_values_init(&f.values, c->arena);
    }
    return f;
}

static void fill_files(struct hs_collect *c, struct hs_track_result *t)
{
    const struct hs_track *track = t->track;
    t->master = file_of(c, &track->master);
    t->update = file_of(c, &track->update);
    t->mixes = HS_ARENA_ARRAY(c->arena, struct hs_file, track->n_mixes);
    for (size_t i = 0; i < track->n_mixes; i++)
        t->mixes[i] = file_of(c, &track->mixes[i]);
    t->stems = HS_ARENA_ARRAY(c->arena, struct hs_file, track->n_stems);
    for (size_t i = 0; i < track->n_stems; i++)
        t->stems[i] = file_of(c, &track->stems[i].source);
}

static void choose(struct hs_collect *c, struct hs_track_result *t, const struct hs_pair *pairs)
{
    size_t n = t->track->n_mixes;
    if (!n) {
        t->mix = file_of(c, NULL);
        no_pair(&t->pair, c->arena, HS_PAIR_NONE, "no mix in the job file");
        return;
    }
    hs_pair_choose(pairs, t->mixes, n, c->arena, &t->pair);
    t->mix = t->mixes[t->pair.chosen];
}

static void fill_references(struct hs_collect *c, struct hs_audit *audit)
{
    const struct hs_job *job = audit->job;
    audit->references = HS_ARENA_ARRAY(c->arena, struct hs_file, job->n_references);
    for (size_t i = 0; i < job->n_references; i++)
        audit->references[i] = file_of(c, &job->references[i]);
    audit->mix_references = HS_ARENA_ARRAY(c->arena, struct hs_file, job->n_mix_references);
    for (size_t i = 0; i < job->n_mix_references; i++)
        audit->mix_references[i] = file_of(c, &job->mix_references[i]);
}

enum hs_status hs_collect_tracks(struct hs_collect *c, struct hs_audit *audit, struct hs_error *err)
{
    const struct hs_job *job = audit->job;
    struct pairing p = {.c = c, .err = err};
    struct hs_pair **pairs = HS_NEW_ARRAY(struct hs_pair *, job->n_tracks + 1);
    audit->tracks = HS_ARENA_ARRAY(c->arena, struct hs_track_result, job->n_tracks);
    fill_references(c, audit);
    for (size_t i = 0; i < job->n_tracks; i++) {
        struct hs_track_result *t = &audit->tracks[i];
        t->track = &job->tracks[i];
        fill_files(c, t);
        pairs[i] = HS_ARENA_ARRAY(c->arena, struct hs_pair, t->track->n_mixes);
        for (size_t k = 0; k < t->track->n_mixes; k++)
            add_couple(&p, &t->mixes[k], &t->master, &pairs[i][k]);
    }
    enum hs_status status = run_pairs(&p);
    for (size_t i = 0; status == HS_OK && i < job->n_tracks; i++)
        choose(c, &audit->tracks[i], pairs[i]);
    hs_free(pairs);
    hs_free(p.couples);
    return status;
}

enum hs_status hs_collect_couples(struct hs_collect *c, const struct hs_collect_couple *couples,
                                  size_t n, struct hs_error *err)
{
    struct pairing p = {.c = c, .err = err};
    for (size_t i = 0; i < n; i++)
        add_couple(&p, couples[i].from, couples[i].to, couples[i].out);
    enum hs_status status = run_pairs(&p);
    hs_free(p.couples);
    return status;
}
