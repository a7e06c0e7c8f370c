/* SPDX-License-Identifier: Apache-2.0 */
/* Payloads and replies of the worker's tasks: the two ends of the pipe side by side. */
#ifndef HS_POOL_TASKS_H
#define HS_POOL_TASKS_H

#include "core/arena.h"
#include "core/error.h"
#include "measure/measure.h"
#include "model/audit.h"
#include "pool/frame.h"

void hs_wire_put_source(struct hs_buf *b, const struct hs_source *source);
/* State, error and values (not the source, not the hash). */
void hs_wire_put_file_result(struct hs_buf *b, const struct hs_file *file);
enum hs_status hs_wire_take_file_result(const void *data, size_t n, struct hs_arena *arena,
                                        struct hs_file *file, struct hs_error *err);

void hs_ask_hash(struct hs_buf *payload, const struct hs_source *source);
/* `known`: what was measured before by all but the analysers of `set`; NULL: nothing. */
void hs_ask_measure(struct hs_buf *payload, const struct hs_source *source, hs_analyser_set set,
                    const struct hs_file *known);
void hs_ask_pair(struct hs_buf *payload, const struct hs_file *mix, const struct hs_file *master);

/* HS_OK and the hash, or the reason. */
enum hs_status hs_reply_hash(const struct hs_buf *reply, uint64_t hash[2], struct hs_error *err);
/* The reply of a MEASURE task is the status of reading (four bytes) and then what
 * hs_wire_take_file_result reads; that of a PAIR task is a status, its message and then what
 * hs_pair_unpack reads. */
enum hs_status hs_reply_pair(const void *reply, size_t n, struct hs_arena *arena,
                             struct hs_pair *pair, struct hs_error *err);

#endif
