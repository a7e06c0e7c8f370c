/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A round is all tasks of one kind in one stage: measuring all files that are not known,
 * comparing all pairs.
 *
 * 1. The stage adds a task for each subject. Payloads are made when the worker asks for work, so
 *    that memory does not grow with the number of tasks.
 * 2. Each answer is checked (layout, checksum) before the stage takes it; one that is garbled is
 *    unfinished work like one that ended the worker.
 * 3. What lasts is put into the store as the bytes that came. What is looked for is looked for in
 *    this store, then in the one before, from which it is copied.
 * 4. A task that ended the worker is written down as blame, under the same key: from HS_TRIES
 *    runs on it is in quarantine.
 */
#include "run/gather_round.h"

#include "core/alloc.h"
#include "core/wire.h"
#include "pool/progress.h"

/* A round for at most `most` tasks; the stage sets fill, take and ctx. */
struct hs_round hs_round_new(struct hs_gather *g, const char *what, const struct hs_task_kind *kind,
                             size_t most, struct hs_error *err)
{
    return (struct hs_round){.gather = g,
                             .what = what,
                             .kind = kind,
                             .err = err,
                             .subject = HS_NEW_ARRAY(size_t, most + 1),
                             .tasks = HS_NEW_ARRAY(struct hs_task, most + 1)};
}

void hs_round_free(struct hs_round *r)
{
    hs_tasks_free(r->tasks, r->n);
    hs_free(r->subject);
}

struct hs_entry *hs_round_entry(struct hs_round *r, size_t task)
{
    return &r->gather->entries.items[r->subject[task]];
}

/* `weight` decides the order (largest first), `audio_s` what the progress shows. */
void hs_round_add(struct hs_round *r, size_t subject, const char *name, double weight,
                  double audio_s)
{
    r->tasks[r->n] =
        (struct hs_task){.kind = r->kind, .name = name, .weight = weight, .audio_s = audio_s};
    r->subject[r->n++] = subject;
}

/* The task ended the worker, and the retry with it. */
bool hs_round_failed(const struct hs_round *r, size_t task)
{
    return r->tasks[task].state == HS_TASK_POISON;
}

/* The worker asks for the next task: its payload is made now. */
static void on_fill(void *ctx, struct hs_task *task)
{
    struct hs_round *r = ctx;
    r->fill(r, (size_t)(task - r->tasks), &task->payload);
}

/* Checks what the worker sent before anybody looks at it, and hands it to the round. */
static void on_done(void *ctx, struct hs_task *task)
{
    struct hs_round *r = ctx;
    size_t i = (size_t)(task - r->tasks);
    struct hs_result result = {.outcome = HS_OUTCOME_UNFINISHED};
    if (task->state == HS_TASK_POISON)
        result.why = task->why;
    else if (!hs_result_take(task->reply.data, task->reply.len, &result))
        result = (struct hs_result){.outcome = HS_OUTCOME_UNFINISHED,
                                    .why = "the worker's answer was garbled"};
    if (r->status == HS_OK)
        r->take(r, i, &result);
    hs_buf_free(&task->reply);
}

enum hs_status hs_round_run(struct hs_round *r)
{
    struct hs_pool pool;
    struct hs_progress progress;
    struct hs_gather *g = r->gather;
    /* no worker is started for nothing */
    if (!r->n)
        return HS_OK;
    hs_progress_start(&progress, g->log, r->what);
    hs_pool_init(&pool, g->jobs, g->log);
    progress.later = r->later;
    pool.child = &g->worker;
    pool.progress = &progress;
    pool.stop = g->stop;
    pool.fill = on_fill;
    pool.done = on_done;
    pool.ctx = r;
    enum hs_status status = hs_pool_run(&pool, r->tasks, r->n, r->err);
    hs_progress_end(&progress);
    g->audio_s += progress.audio_s;
    return r->status != HS_OK ? r->status : status;
}

/* Stores the bytes of the answer as they came. `kept` is called, where a shard publishes as it
 * goes. */
enum hs_status hs_round_keep(struct hs_round *r, size_t task, enum hs_result_kind kind,
                             const void *key, size_t key_n, uint64_t version)
{
    const struct hs_buf *row = &r->tasks[task].reply;
    return hs_round_keep_row(r, kind, key, key_n, version, row->data, row->len);
}

enum hs_status hs_round_keep_row(struct hs_round *r, enum hs_result_kind kind, const void *key,
                                 size_t key_n, uint64_t version, const void *row, size_t row_n)
{
    const struct hs_gather *g = r->gather;
    enum hs_status status = hs_store_put(g->store, kind, key, key_n, version, row, row_n, r->err);
    return status == HS_OK && g->kept ? g->kept(g->ctx, r->err) : status;
}

/* A row of this store, else of the one before, from which it is copied. */
bool hs_gather_find(struct hs_gather *g, enum hs_result_kind kind, const void *key, size_t key_n,
                    uint64_t version, struct hs_buf *row)
{
    if (hs_store_find(g->store, kind, key, key_n, version, row))
        return true;
    return g->before && hs_store_find(g->before, kind, key, key_n, version, row) &&
           hs_store_put(g->store, kind, key, key_n, version, row->data, row->len, NULL) == HS_OK;
}

bool hs_gather_has(const struct hs_gather *g, enum hs_result_kind kind, const void *key,
                   size_t key_n, uint64_t version)
{
    return hs_store_has(g->store, kind, key, key_n, version) ||
           (g->before && hs_store_has(g->before, kind, key, key_n, version));
}

/* A row of blame: how many runs it ended the worker in, and how, the last time. */
static uint32_t read_blame(struct hs_gather *g, const void *key, size_t key_n, uint64_t version,
                           const char **why)
{
    struct hs_buf row = {0};
    uint32_t tries = 0;
    if (hs_gather_find(g, HS_RESULT_BLAME, key, key_n, version, &row)) {
        struct hs_cursor c = hs_cursor(row.data, row.len);
        tries = hs_wire_take_u32(&c);
        *why = hs_wire_take_text(&c, &g->arena);
        tries = c.bad || !*why ? 0 : tries;
    }
    hs_buf_free(&row);
    return tries;
}

bool hs_round_blamed(struct hs_gather *g, const void *key, size_t key_n, uint64_t version)
{
    const char *why;
    return read_blame(g, key, key_n, version, &why) > 0;
}

/* The task ended the worker in HS_TRIES runs or more. */
bool hs_round_quarantined(struct hs_gather *g, const void *key, size_t key_n, uint64_t version,
                          const char **why)
{
    return read_blame(g, key, key_n, version, why) >= HS_TRIES;
}

/* Counts one more run that this task ended the worker in; true: from now on it is in quarantine. */
bool hs_round_blame(struct hs_round *r, size_t task, const void *key, size_t key_n,
                    uint64_t version, const char **why)
{
    struct hs_gather *g = r->gather;
    struct hs_buf row = {0};
    uint32_t tries = read_blame(g, key, key_n, version, why) + 1;
    *why = hs_arena_intern(&g->arena, r->tasks[task].why);
    hs_wire_put_u32(&row, tries);
    hs_wire_put_text(&row, *why);
    r->status =
        hs_store_put(g->store, HS_RESULT_BLAME, key, key_n, version, row.data, row.len, r->err);
    hs_buf_free(&row);
    return tries >= HS_TRIES;
}
