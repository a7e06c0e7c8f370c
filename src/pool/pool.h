/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The supervisor: runs tasks in a worker process and outlives it. Single-threaded. When
 * the worker dies, hangs or takes too much memory, the tasks that were in flight are
 * tried again, each alone; one that fails alone is poison and gets its reason; the rest
 * goes on.
 */
#ifndef HS_POOL_POOL_H
#define HS_POOL_POOL_H

#include "core/buf.h"
#include "core/error.h"
#include "core/log.h"
#include "pool/child.h"
#include "pool/task_kind.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

struct hs_task {
    const struct hs_task_kind *kind;
    const char *name;      /* the file, for messages */
    struct hs_buf payload; /* owned by the task; freed when it is done */
    double weight;         /* larger ones start first */
    double audio_s;        /* expected length, for the progress line; 0 unknown */
    enum hs_task_state {
        HS_TASK_WAITING,
        HS_TASK_IN_FLIGHT,
        HS_TASK_SUSPECT,
        HS_TASK_DONE,
        HS_TASK_POISON
    } state;
    struct hs_buf reply; /* of DONE; owned by the caller of hs_pool_run */
    char why[200];       /* of POISON */
};

struct hs_pool {
    int jobs;               /* threads of the worker, at least 1 */
    double stall_s;         /* a task without a sign of life for so long hangs */
    size_t memory_bytes;    /* resident size at which the worker is ended */
    struct hs_child *child; /* the worker, kept from call to call; NULL: one for each */
    const struct hs_log *log;
    struct hs_progress *progress;      /* NULL: none */
    const volatile sig_atomic_t *stop; /* see pool/signals.h; NULL: never */
    /* Writes a task's payload just before it is sent; NULL where all are there already. */
    void (*fill)(void *ctx, struct hs_task *task);
    /* Called in order of completion, in the supervisor; may be NULL. */
    void (*done)(void *ctx, struct hs_task *task);
    void *ctx;
};

/* Defaults: 120 s stall (HINDSIGHT_STALL_S overrides), memory 1 GiB + 256 MiB a thread. */
void hs_pool_init(struct hs_pool *pool, int jobs, const struct hs_log *log);
/* Runs all; HS_E_INTERRUPTED where `stop` ended it (tasks then stay WAITING). */
enum hs_status hs_pool_run(struct hs_pool *pool, struct hs_task *tasks, size_t n,
                           struct hs_error *err);
void hs_tasks_free(struct hs_task *tasks, size_t n);

#endif
