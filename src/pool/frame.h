/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What goes through the pipes between supervisor and worker: frames of a kind, the index
 * of a task, and a payload. The worker is this same program; it never touches the store
 * or the report.
 */
#ifndef HS_POOL_FRAME_H
#define HS_POOL_FRAME_H

#include "core/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum hs_frame_kind {
    HS_FRAME_DONE,  /* from the worker: the answer to a task */
    HS_FRAME_ALIVE, /* from the worker: how far a task has come, and seconds of audio */
    HS_FRAME_TASK,  /* to the worker; this and the next ones are the rows of hs_task_kinds */
};

enum { HS_FRAME_HEADER = 12, HS_FRAME_MOST = 1 << 30 };

struct hs_frame {
    uint32_t kind, task;
    const void *payload; /* in the buffer that it was found in */
    size_t n;
    size_t bytes; /* what to drop from the buffer afterwards */
};

void hs_frame_put(struct hs_buf *out, uint32_t kind, uint32_t task, const void *payload, size_t n);
/* Only what stands before the payload. */
void hs_frame_put_head(struct hs_buf *out, uint32_t kind, uint32_t task, size_t n);
/* Finds the frame at the head of `in` without taking it: false while it is not complete.
 * A length beyond HS_FRAME_MOST or an unknown kind sets *bad. */
bool hs_frame_peek(const struct hs_buf *in, struct hs_frame *out, bool *bad);

#endif
