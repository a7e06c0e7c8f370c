/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The task that compares two files that have been measured: a mix with its master, an old file
 * with its update. The answer is a result (run/result.h) whose body is the pair.
 */
#ifndef HS_RUN_TASK_PAIR_H
#define HS_RUN_TASK_PAIR_H

#include "core/stamp.h"
#include "model/job.h"
#include "pool/task_kind.h"

extern const struct hs_task_kind hs_task_kind_pair;

/* One of the two, first the mix: `result` is what was stored of it. The answer is a result. */
void hs_ask_pair(struct hs_buf *payload, const struct hs_source *source,
                 const struct hs_stamp *stamp, const struct hs_stamp *right,
                 const struct hs_buf *result);

#endif
