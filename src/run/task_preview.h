/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The task that masters a mix in house. The answer is a result (run/result.h) whose body is a
 * preview with the values that rules read.
 */
#ifndef HS_RUN_TASK_PREVIEW_H
#define HS_RUN_TASK_PREVIEW_H

#include "core/stamp.h"
#include "model/job.h"
#include "pool/task_kind.h"
#include "preview/preview.h"

extern const struct hs_task_kind hs_task_kind_preview;

/* The answer is a result whose body is a preview with the values that rules read. */
void hs_ask_preview(struct hs_buf *payload, const struct hs_source *source,
                    const struct hs_stamp *stamp, const struct hs_stamp *right,
                    const struct hs_preview_order *order);

#endif
