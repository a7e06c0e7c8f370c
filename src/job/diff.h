/* SPDX-License-Identifier: Apache-2.0 */
/* The difference between two texts, line by line, where lines were inserted or replaced. */
#ifndef HS_JOB_DIFF_H
#define HS_JOB_DIFF_H

#include "core/arena.h"
#include "core/buf.h"

/* Appends "@@ line N @@" and the lines with - and + to `out`; `a` is for scratch. */
void hs_diff_put(const struct hs_buf *old, const struct hs_buf *new, struct hs_arena *a,
                 struct hs_buf *out);

#endif
