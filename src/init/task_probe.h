/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Headers and tags of a file, read in the worker, because a foreign file may end it. The payload
 * is a path, the answer the facts and tags as bytes.
 */
#ifndef HS_INIT_TASK_PROBE_H
#define HS_INIT_TASK_PROBE_H

#include "core/buf.h"
#include "core/error.h"
#include "media/tags.h"
#include "pool/task_kind.h"

extern const struct hs_task_kind hs_task_kind_probe;

/* The payload. */
void hs_probe_ask(struct hs_buf *payload, const char *path);
/* Its reply; texts live in the arena. */
enum hs_status hs_probe_take(const void *data, size_t n, struct hs_arena *a,
                             struct hs_stream *stream, struct hs_tags *tags, struct hs_error *err);

#endif
