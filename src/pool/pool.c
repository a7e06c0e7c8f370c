/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tasks run in two rounds in one worker process, which is started again when it is lost.
 * 1. First round: the heaviest tasks first, at most `jobs` in flight.
 * 2. Frames of the worker are taken as they come. A sign of life counts only where the task has
 *    come further since the last one.
 * 3. The worker is lost when it ends, sends a frame that makes no sense, has a task without a sign
 *    of life for stall_s, or holds more than memory_bytes (looked at every 0.25 s). All tasks in
 *    flight are then suspect.
 * 4. Second round: each suspect alone. One that loses the worker again is poison.
 * 5. One stop signal: nothing new is sent, what is in flight is finished. Two: it ends at once.
 *    Tasks that are not done are waiting again.
 */
#include "pool/pool.h"

#include "core/alloc.h"
#include "core/num.h"
#include "pool/child.h"
#include "pool/frame.h"
#include "pool/progress.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

struct flight { /* a task that the worker has */
    size_t task;
    struct timespec start;
    struct timespec sign; /* of life: when it last came further */
    double moved, audio_s;
};

struct supervision {
    struct hs_pool *pool;
    struct hs_task *tasks;
    size_t *order; /* heaviest first */
    size_t n, next;
    struct hs_child child;
    struct flight *flights;
    int n_flights, limit; /* in flight at once */
    bool alone;           /* second round: each suspect by itself */
    struct timespec memory_look;
};

/* 1 GiB of memory, and 256 MiB more for each job. */
void hs_pool_init(struct hs_pool *pool, int jobs, const struct hs_log *log)
{
    double stall_s;
    const char *text = getenv("HINDSIGHT_STALL_S");
    if (!text || !hs_num_parse(text, &stall_s) || stall_s <= 0)
        stall_s = 120;
    jobs = jobs > 0 ? jobs : 1;
    *pool = (struct hs_pool){
        .jobs = jobs,
        .stall_s = stall_s,
        .memory_bytes = ((size_t)1 << 30) + (size_t)jobs * ((size_t)256 << 20),
        .log = log,
    };
}

void hs_tasks_free(struct hs_task *tasks, size_t n)
{
    for (size_t i = 0; tasks && i < n; i++) {
        hs_buf_free(&tasks[i].payload);
        hs_buf_free(&tasks[i].reply);
    }
    hs_free(tasks);
}

static double seconds_since(const struct timespec *t)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - t->tv_sec) + 1e-9 * (double)(now.tv_nsec - t->tv_nsec);
}

/* How often; signals.h counts in the low four bits. */
static int stop_asked(const struct supervision *s)
{
    return s->pool->stop ? *s->pool->stop & 15 : 0;
}

/* Takes a task out of flight; one that is done or given up is reported and its payload freed. */
static void finish(struct supervision *s, int flight, enum hs_task_state state)
{
    struct hs_task *task = &s->tasks[s->flights[flight].task];
    struct hs_progress *p = s->pool->progress;
    double took_s = seconds_since(&s->flights[flight].start);
    task->state = state;
    s->flights[flight] = s->flights[--s->n_flights];
    if (state != HS_TASK_DONE && state != HS_TASK_POISON)
        return;
    hs_buf_free(&task->payload);
    if (p)
        hs_progress_done(p, task->weight, took_s);
    if (s->pool->done)
        s->pool->done(s->pool->ctx, task);
}

/* Ends the worker and takes its tasks out of flight: in the first round they become suspect, in the
 * second, where a task runs alone, poison. */
static void lose_worker(struct supervision *s, bool kill_it, const char *reason)
{
    char how[120];
    hs_child_end(&s->child, kill_it, how, sizeof how);
    while (s->n_flights) {
        struct hs_task *task = &s->tasks[s->flights[0].task];
        snprintf(task->why, sizeof task->why, "%s%s",
                 reason ? reason : "ended the worker: ", reason ? "" : how);
        hs_log_detail(s->pool->log, "%s: %s%s", task->name, task->why,
                      s->alone ? "" : "; will be tried alone");
        finish(s, 0, s->alone ? HS_TASK_POISON : HS_TASK_SUSPECT);
    }
}

/* The kind of a task as a number of the table, which both processes share. */
static uint32_t row_of(const struct hs_task_kind *kind)
{
    uint32_t row = 0;
    while (hs_task_kinds[row] != kind)
        row++;
    return row;
}

/* Sends the next tasks in the order of their weights, as many as may be in flight. */
static void feed(struct supervision *s, enum hs_task_state from)
{
    while (s->n_flights < s->limit && !stop_asked(s)) {
        while (s->next < s->n && s->tasks[s->order[s->next]].state != from)
            s->next++;
        if (s->next == s->n)
            return;
        struct flight *f = &s->flights[s->n_flights++];
        struct hs_task *task = &s->tasks[s->order[s->next++]];
        *f = (struct flight){.task = (size_t)(task - s->tasks)};
        clock_gettime(CLOCK_MONOTONIC, &f->start);
        f->sign = f->start;
        task->state = HS_TASK_IN_FLIGHT;
        if (s->pool->fill && !task->payload.len)
            s->pool->fill(s->pool->ctx, task);
        hs_frame_put(&s->child.to, HS_FRAME_TASK + row_of(task->kind), (uint32_t)f->task,
                     task->payload.data, task->payload.len);
    }
}

/* A sign of life counts only where the task has come further since the last one. */
static void take_alive(struct supervision *s, struct flight *f, const struct hs_frame *frame)
{
    double now[2];
    if (frame->n != sizeof now)
        return;
    memcpy(now, frame->payload, sizeof now);
    if (now[0] > f->moved)
        clock_gettime(CLOCK_MONOTONIC, &f->sign);
    f->moved = now[0];
    if (s->pool->progress && now[1] > f->audio_s)
        s->pool->progress->audio_s += now[1] - f->audio_s;
    f->audio_s = now[1];
}

/* Audio that was not yet reported is counted now. */
static void take_done(struct supervision *s, int flight, const struct hs_frame *frame)
{
    struct hs_task *task = &s->tasks[frame->task];
    double told_s = s->flights[flight].audio_s;
    hs_buf_put(&task->reply, frame->payload, frame->n);
    if (s->pool->progress && task->audio_s > told_s)
        s->pool->progress->audio_s += task->audio_s - told_s;
    finish(s, flight, HS_TASK_DONE);
}

/* Takes the frames that have come in whole; false when they make no sense. */
static bool take_frames(struct supervision *s)
{
    struct hs_frame frame;
    bool bad = false;
    while (hs_frame_peek(&s->child.from, &frame, &bad)) {
        int i = 0;
        while (i < s->n_flights && s->flights[i].task != frame.task)
            i++;
        if (i == s->n_flights)
            return false;
        if (frame.kind == HS_FRAME_ALIVE)
            take_alive(s, &s->flights[i], &frame);
        if (frame.kind == HS_FRAME_DONE)
            take_done(s, i, &frame);
        hs_buf_consume(&s->child.from, frame.bytes);
    }
    return !bad;
}

/* Ends a worker that gives no sign of life or takes too much memory. */
static void watch(struct supervision *s)
{
    char reason[120];
    for (int i = 0; i < s->n_flights; i++)
        if (seconds_since(&s->flights[i].sign) > s->pool->stall_s) {
            /* only the silent one is suspect, but the worker has to go: all are tried again */
            snprintf(reason, sizeof reason, "hung: no sign of life for %.0f s", s->pool->stall_s);
            lose_worker(s, true, reason);
            return;
        }
    if (seconds_since(&s->memory_look) < 0.25)
        return;
    clock_gettime(CLOCK_MONOTONIC, &s->memory_look);
    if (hs_child_resident_bytes(&s->child) > s->pool->memory_bytes) {
        snprintf(reason, sizeof reason, "took more than %zu MiB of memory",
                 s->pool->memory_bytes >> 20);
        lose_worker(s, true, reason);
    }
}

static void show_progress(struct supervision *s)
{
    struct hs_progress *p = s->pool->progress;
    if (!p)
        return;
    p->under_way = 0;
    for (int i = 0; i < s->n_flights; i++)
        p->under_way += hs_progress_under_way(p, s->tasks[s->flights[i].task].weight,
                                              seconds_since(&s->flights[i].start));
    hs_progress_draw(p);
}

/* Runs all tasks that are in state `from`, `limit` at a time. */
static enum hs_status round_of(struct supervision *s, enum hs_task_state from, int limit,
                               struct hs_error *err)
{
    enum hs_status status = HS_OK;
    s->limit = limit;
    s->next = 0;
    while (status == HS_OK && stop_asked(s) < 2) {
        if (!s->child.pid)
            status = hs_child_start(&s->child, s->pool->jobs, err);
        if (status != HS_OK)
            break;
        feed(s, from);
        if (!s->n_flights)
            break;
        bool open = hs_child_exchange(&s->child, 100);
        bool sane = take_frames(s);
        if (!open || !sane) {
            lose_worker(s, !sane, sane ? NULL : "garbled the worker's answer");
        } else {
            watch(s);
        }
        show_progress(s);
    }
    return status;
}

/* So that no long task is left for the end. */
static int heavier_first(const void *a, const void *b, void *tasks)
{
    const struct hs_task *t = tasks;
    size_t i = *(const size_t *)a, j = *(const size_t *)b;
    if (t[i].weight != t[j].weight)
        return t[i].weight < t[j].weight ? 1 : -1;
    return (i > j) - (i < j);
}

/* A worker that the caller lends stays alive for the next call, unless this one failed or was
 * stopped. */
enum hs_status hs_pool_run(struct hs_pool *pool, struct hs_task *tasks, size_t n,
                           struct hs_error *err)
{
    struct supervision s = {.pool = pool, .tasks = tasks, .n = n};
    if (!n)
        return HS_OK;
    if (pool->child)
        s.child = *pool->child;
    s.order = HS_NEW_ARRAY(size_t, n);
    s.flights = HS_NEW_ARRAY(struct flight, (size_t)pool->jobs);
    for (size_t i = 0; i < n; i++) {
        s.order[i] = i;
        if (pool->progress) {
            pool->progress->n++;
            pool->progress->total_weight += tasks[i].weight;
        }
    }
    qsort_r(s.order, n, sizeof *s.order, heavier_first, tasks);
    enum hs_status status = round_of(&s, HS_TASK_WAITING, pool->jobs, err);
    s.alone = true;
    if (status == HS_OK)
        status = round_of(&s, HS_TASK_SUSPECT, 1, err);
    char how[64];
    if (!pool->child || status != HS_OK || stop_asked(&s))
        hs_child_end(&s.child, status != HS_OK || stop_asked(&s) > 1, how, sizeof how);
    if (pool->child)
        *pool->child = s.child;
    for (size_t i = 0; i < n; i++) /* interrupted: not done, and not counted against them */
        if (tasks[i].state == HS_TASK_IN_FLIGHT || tasks[i].state == HS_TASK_SUSPECT)
            tasks[i].state = HS_TASK_WAITING;
    if (status == HS_OK && stop_asked(&s))
        status = hs_fail(err, HS_E_INTERRUPTED, "interrupted");
    hs_free(s.order);
    hs_free(s.flights);
    return status;
}
