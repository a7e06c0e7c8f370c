/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The task of fitting stems in the files they belong to. The answer is a result (run/result.h)
 * whose body is the instruments (model/instrument.h).
 */
#ifndef HS_RUN_TASK_STEMS_H
#define HS_RUN_TASK_STEMS_H

#include "core/stamp.h"
#include "model/job.h"
#include "pool/task_kind.h"
#include "stems/analyse.h"

/* A payload is: the origin, then for each side whether there is one and its file, then the number
 * of stems, and of each its role, its key and its file. */
void hs_ask_stems(struct hs_buf *payload, enum hs_stem_origin origin);
void hs_ask_stems_side(struct hs_buf *payload, bool there);
void hs_ask_stems_count(struct hs_buf *payload, size_t n);
void hs_ask_stems_stem(struct hs_buf *payload, enum hs_stem_role role, int key);
/* A file, behind its head; `result` is its row of the store. */
void hs_ask_stems_file(struct hs_buf *payload, const struct hs_source *source,
                       const struct hs_stamp *stamp, const struct hs_stamp *right,
                       const struct hs_buf *result);

extern const struct hs_task_kind hs_task_kind_stems;

#endif
