/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The task that measures a file. The answer is a result (run/result.h) whose body is its values.
 */
#ifndef HS_RUN_TASK_MEASURE_H
#define HS_RUN_TASK_MEASURE_H

#include "core/stamp.h"
#include "measure/measure.h"
#include "model/job.h"
#include "pool/task_kind.h"

extern const struct hs_task_kind hs_task_kind_measure;

/* Only the analysers of `set` run where `known` has the stored result of all the others. The
 * answer is a result. */
void hs_ask_measure(struct hs_buf *payload, const struct hs_source *source,
                    const struct hs_stamp *stamp, const struct hs_stamp *right, hs_analyser_set set,
                    const struct hs_buf *known);

#endif
