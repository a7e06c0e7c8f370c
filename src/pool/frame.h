/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What goes through the pipes between supervisor and worker: frames of a kind, the index
 * of a task, and a payload. The worker is this same program; it never touches the store
 * or the report.
 */
#ifndef HS_POOL_FRAME_H
#define HS_POOL_FRAME_H

#include "core/buf.h"
#include "core/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum hs_frame_kind {
    HS_FRAME_HASH,    /* to the worker: hash the bytes of a file */
    HS_FRAME_MEASURE, /* to the worker: measure a file */
    HS_FRAME_PAIR,    /* to the worker: compare a mix with a master */
    HS_FRAME_CLIP,    /* to the worker: render a clip */
    HS_FRAME_PROBE,   /* to the worker: read the headers and tags of a file */
    HS_FRAME_DONE,    /* from the worker: the result of a task */
    HS_FRAME_ALIVE,   /* from the worker: seconds of audio done so far of a task */
    HS_N_FRAMES,
};

enum { HS_FRAME_HEADER = 12, HS_FRAME_MOST = 1 << 30 };

void hs_frame_put_head(struct hs_buf *out, enum hs_frame_kind kind, uint32_t task, size_t n);
void hs_frame_put(struct hs_buf *out, enum hs_frame_kind kind, uint32_t task, const void *payload,
                  size_t n);
/* Reads the frame at the head of `in` without taking it: false while it is not complete.
 * *bytes is what to drop afterwards. A length beyond HS_FRAME_MOST sets *bad. */
bool hs_frame_peek(const struct hs_buf *in, enum hs_frame_kind *kind, uint32_t *task,
                   const void **payload, size_t *n, size_t *bytes, bool *bad);

/* The task functions, each pure but for the files it reads (and the clip it writes).
 * They append the result to `reply`; `alive` may be called now and then from the same
 * thread with the seconds of audio that have been worked off. */
struct hs_alive {
    void (*tell)(void *ctx, double audio_s);
    void *ctx;
};
void hs_task_hash(const void *payload, size_t n, const struct hs_alive *alive,
                  struct hs_buf *reply);
void hs_task_measure(const void *payload, size_t n, const struct hs_alive *alive,
                     struct hs_buf *reply);
void hs_task_pair(const void *payload, size_t n, const struct hs_alive *alive,
                  struct hs_buf *reply);
void hs_task_clip(const void *payload, size_t n, const struct hs_alive *alive,
                  struct hs_buf *reply);
void hs_task_probe(const void *payload, size_t n, const struct hs_alive *alive,
                   struct hs_buf *reply);

/* The worker process: tasks from standard input, results to standard output, until the
 * end of input. `jobs` OpenMP threads. Returns the exit code. */
int hs_worker_main(int jobs);

#endif
