/* SPDX-License-Identifier: Apache-2.0 */
#include "run/collect.h"

#include "core/alloc.h"
#include "core/wire.h"
#include "measure/measure.h"
#include "pool/pool.h"
#include "pool/progress.h"
#include "pool/tasks.h"

#include <stdlib.h>
#include <string.h>

void hs_collect_look(struct hs_collect *c)
{
    for (size_t i = 0; i < c->entries.n; i++) {
        struct hs_entry *e = &c->entries.items[i];
        const struct hs_source *s = e->file.source;
        hs_values_init(&e->file.values, c->arena);
        e->file.state = HS_FILE_OK;
        if (!hs_stamp_read(s, &e->stamp)) {
            e->file.state = HS_FILE_MISSING;
            e->file.error = "no such file";
        } else if (c->store) {
            e->hashed =
                hs_store_file_find(c->store, s->path, s->right_path, &e->stamp, e->file.hash);
        }
    }
}

double hs_collect_missing(const struct hs_collect *c)
{
    size_t missing = 0;
    for (size_t i = 0; i < c->entries.n; i++)
        missing += c->entries.items[i].file.state == HS_FILE_MISSING;
    return c->entries.n ? (double)missing / (double)c->entries.n : 0;
}

/* A round of the pool over some entries; what comes back is dealt with by `take`. */
struct round {
    struct hs_collect *c;
    size_t *entry; /* of each task */
    struct hs_task *tasks;
    size_t n;
    void (*take)(struct round *r, struct hs_entry *e, struct hs_task *t);
    struct hs_error *err;
    enum hs_status status;
};

static void on_done(void *ctx, struct hs_task *task)
{
    struct round *r = ctx;
    size_t i = (size_t)(task - r->tasks);
    if (r->status == HS_OK)
        r->take(r, &r->c->entries.items[r->entry[i]], task);
    hs_buf_free(&task->reply);
}

static enum hs_status run_round(struct round *r, const char *what)
{
    struct hs_pool pool;
    struct hs_progress progress;
    if (!r->n)
        return HS_OK;
    hs_progress_start(&progress, r->c->log, what);
    hs_pool_init(&pool, r->c->jobs, r->c->log);
    pool.child = &r->c->worker;
    pool.progress = &progress;
    pool.stop = r->c->stop;
    pool.done = on_done;
    pool.ctx = r;
    enum hs_status status = hs_pool_run(&pool, r->tasks, r->n, r->err);
    hs_progress_end(&progress);
    r->c->audio_s += progress.audio_s;
    return r->status != HS_OK ? r->status : status;
}

static struct hs_task *add_task(struct round *r, size_t entry, enum hs_frame_kind kind)
{
    const struct hs_entry *e = &r->c->entries.items[entry];
    struct hs_task *t = &r->tasks[r->n];
    r->entry[r->n++] = entry;
    *t = (struct hs_task){
        .kind = kind,
        .name = e->file.source->path,
        .weight = (double)e->stamp.file.size + (double)e->stamp.right.size,
    };
    return t;
}

static struct round new_round(struct hs_collect *c, struct hs_error *err)
{
    return (struct round){
        .c = c,
        .err = err,
        .entry = HS_NEW_ARRAY(size_t, c->entries.n + 1),
        .tasks = HS_NEW_ARRAY(struct hs_task, c->entries.n + 1),
    };
}

static void free_round(struct round *r)
{
    hs_tasks_free(r->tasks, r->n);
    hs_free(r->entry);
}

static void unreadable(struct hs_collect *c, struct hs_entry *e, enum hs_file_state state,
                       const char *why)
{
    e->file.state = state;
    e->file.error = hs_arena_strdup(c->arena, why);
}

static void take_hash(struct round *r, struct hs_entry *e, struct hs_task *t)
{
    struct hs_error err = {0};
    const struct hs_source *s = e->file.source;
    struct hs_stamp now;
    if (t->state == HS_TASK_POISON) {
        unreadable(r->c, e, HS_FILE_UNREADABLE, t->why);
    } else if (hs_reply_hash(&t->reply, e->file.hash, &err) != HS_OK) {
        unreadable(r->c, e, HS_FILE_UNREADABLE, err.msg);
    } else if (!hs_stamp_read(s, &now) || !hs_stamp_equal(&now, &e->stamp)) {
        unreadable(r->c, e, HS_FILE_UNREADABLE,
                   "changed while it was being read; it will be measured in the next run");
    } else {
        e->hashed = true;
        if (r->c->store)
            r->status = hs_store_file_put(r->c->store, s->path, s->right_path, &e->stamp,
                                          e->file.hash, r->err);
    }
}

enum hs_status hs_collect_hash(struct hs_collect *c, struct hs_error *err)
{
    struct round r = new_round(c, err);
    r.take = take_hash;
    for (size_t i = 0; i < c->entries.n; i++) {
        const struct hs_entry *e = &c->entries.items[i];
        if (e->file.state == HS_FILE_OK && !e->hashed)
            hs_ask_hash(&add_task(&r, i, HS_FRAME_HASH)->payload, e->file.source);
    }
    enum hs_status status = run_round(&r, "hashing");
    free_round(&r);
    return status;
}

/* Layout of what is kept of a file: the versions of the analysers, then the result. */
enum { FILE_LAYOUT = 2 };

/* Takes over a result in the memory it takes; `stored`: its bulk can be had again. */
static enum hs_status take_result(struct hs_collect *c, struct hs_entry *e, const void *data,
                                  size_t n, bool stored, struct hs_error *err)
{
    struct hs_arena scratch = {0};
    enum hs_status status = hs_wire_take_file_result(data, n, &scratch, &e->file, err);
    if (status == HS_OK) {
        struct hs_bulk *bulk = stored ? hs_collect_bulk(c) : NULL;
        const void *id = bulk ? hs_collect_bulk_id(c, HS_RESULT_FILE, e->file.hash,
                                                   sizeof e->file.hash, FILE_LAYOUT)
                              : NULL;
        hs_values_keep(&e->file.values, c->arena, bulk, id);
        e->file.error = hs_arena_strdup(c->arena, e->file.error);
    } else {
        hs_values_init(&e->file.values, c->arena);
        e->file.error = NULL;
    }
    hs_arena_free(&scratch);
    return status;
}

/* What was measured of these bytes. Returns the analysers that have changed since, 0 for
 * none; all of them where nothing (or nothing whole) is there. */
static hs_analyser_set take_stored(struct hs_collect *c, struct hs_entry *e,
                                   const struct hs_buf *data)
{
    size_t n;
    struct hs_cursor cur = hs_cursor(data->data, data->len);
    const void *versions = hs_wire_take_blob(&cur, &n);
    hs_analyser_set stale = hs_measure_stale(versions, cur.bad ? 0 : n);
    if (cur.bad || take_result(c, e, cur.p, cur.left, true, NULL) != HS_OK ||
        (stale && e->file.state != HS_FILE_OK)) {
        e->file.state = HS_FILE_OK;
        e->file.error = NULL;
        hs_values_init(&e->file.values, c->arena);
        return HS_ALL_ANALYSERS;
    }
    return stale;
}

static enum hs_status keep(struct round *r, const struct hs_entry *e,
                           const struct hs_cursor *result)
{
    struct hs_buf versions = {0}, data = {0};
    hs_measure_put_versions(&versions);
    hs_wire_put_blob(&data, versions.data, versions.len);
    hs_buf_put(&data, result->p, result->left);
    enum hs_status status =
        hs_store_put(r->c->store, HS_RESULT_FILE, e->file.hash, sizeof e->file.hash, FILE_LAYOUT,
                     data.data, data.len, r->err);
    hs_buf_free(&versions);
    hs_buf_free(&data);
    return status;
}

/* Which analysers must run for this entry; 0: it is known, or in quarantine. */
static hs_analyser_set wanted(struct hs_collect *c, struct hs_entry *e)
{
    struct hs_buf data = {0};
    hs_analyser_set set = HS_ALL_ANALYSERS;
    if (!c->store)
        return set;
    if (hs_store_find(c->store, HS_RESULT_POISON, e->file.hash, sizeof e->file.hash, 0, &data)) {
        unreadable(c, e, HS_FILE_QUARANTINED, data.data);
        set = 0;
    } else if (hs_store_find(c->store, HS_RESULT_FILE, e->file.hash, sizeof e->file.hash,
                             FILE_LAYOUT, &data)) {
        set = take_stored(c, e, &data);
    }
    hs_buf_free(&data);
    c->n_known += !set;
    return set;
}

static void take_poison(struct round *r, struct hs_entry *e, const char *why)
{
    unreadable(r->c, e, HS_FILE_QUARANTINED, why);
    if (r->c->store)
        r->status = hs_store_put(r->c->store, HS_RESULT_POISON, e->file.hash, sizeof e->file.hash,
                                 0, why, strlen(why) + 1, r->err);
}

static void take_measures(struct round *r, struct hs_entry *e, struct hs_task *t)
{
    struct hs_stamp now;
    struct hs_cursor cur = hs_cursor(t->reply.data, t->reply.len);
    if (t->state == HS_TASK_POISON) {
        take_poison(r, e, t->why);
        return;
    }
    enum hs_status status = (enum hs_status)hs_wire_take_u32(&cur);
    struct hs_error err = {0};
    bool lasting = status == HS_OK || status == HS_E_FORMAT || status == HS_E_LIMIT;
    if (take_result(r->c, e, cur.p, cur.left, lasting, &err) != HS_OK) {
        unreadable(r->c, e, HS_FILE_UNREADABLE, err.msg);
        return;
    }
    r->c->n_measured++;
    if (!hs_stamp_read(e->file.source, &now) || !hs_stamp_equal(&now, &e->stamp)) {
        hs_values_init(&e->file.values, r->c->arena);
        unreadable(r->c, e, HS_FILE_UNREADABLE,
                   "changed while it was being read; it will be measured in the next run");
        return;
    }
    if (r->c->store && lasting)
        r->status = keep(r, e, &cur);
}

static int by_hash(const void *a, const void *b, void *items)
{
    const struct hs_entry *x = (struct hs_entry *)items + *(const size_t *)a;
    const struct hs_entry *y = (struct hs_entry *)items + *(const size_t *)b;
    for (int i = 0; i < 2; i++)
        if (x->file.hash[i] != y->file.hash[i])
            return x->file.hash[i] < y->file.hash[i] ? -1 : 1;
    return (x > y) - (x < y);
}

/* Files of the same bytes are measured once: same_as points to the first of them. */
static void find_copies(struct hs_entries *e)
{
    size_t *order = HS_NEW_ARRAY(size_t, e->n + 1), n = 0;
    for (size_t i = 0; i < e->n; i++)
        if (e->items[i].hashed)
            order[n++] = i;
    qsort_r(order, n, sizeof *order, by_hash, e->items);
    for (size_t i = 1; i < n; i++) {
        struct hs_entry *last = &e->items[order[i - 1]], *this = &e->items[order[i]];
        if (!memcmp(last->file.hash, this->file.hash, sizeof this->file.hash))
            this->same_as = last->same_as;
    }
    hs_free(order);
}

static void share_copies(struct hs_entries *e)
{
    for (size_t i = 0; i < e->n; i++) {
        const struct hs_file *first = &e->items[e->items[i].same_as].file;
        struct hs_file *file = &e->items[i].file;
        if (first == file)
            continue;
        file->state = first->state;
        file->error = first->error;
        file->values = first->values;
    }
}

enum hs_status hs_collect_measure(struct hs_collect *c, struct hs_error *err)
{
    struct round r = new_round(c, err);
    r.take = take_measures;
    find_copies(&c->entries);
    for (size_t i = 0; i < c->entries.n; i++) {
        struct hs_entry *e = &c->entries.items[i];
        hs_analyser_set set = e->hashed && e->same_as == i ? wanted(c, e) : 0;
        if (set)
            hs_ask_measure(&add_task(&r, i, HS_FRAME_MEASURE)->payload, e->file.source, set,
                           set == HS_ALL_ANALYSERS ? NULL : &e->file);
    }
    enum hs_status status = run_round(&r, "measuring");
    free_round(&r);
    share_copies(&c->entries);
    return status;
}
