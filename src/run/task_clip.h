/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The task that renders a clip: its order as a payload, and the size of its files as an answer.
 * Both files are checked against their stamps before and after.
 */
#ifndef HS_RUN_TASK_CLIP_H
#define HS_RUN_TASK_CLIP_H

#include "pool/task_kind.h"
#include "run/checked.h"
#include "run/clip_render.h"
#include "run/entries.h"
#include "run/result.h"

extern const struct hs_task_kind hs_task_kind_clip;

/* `master` and `mix` say what the files looked like; NULL: there is none. */
void hs_ask_clip(struct hs_buf *payload, const struct hs_clip_order *order,
                 const struct hs_entry *master, const struct hs_entry *mix);
/* The order as it was asked for, with what is looked for in both files; c->bad where it is none. */
struct hs_clip_order hs_take_clip(struct hs_cursor *c, struct hs_arena *a, struct hs_checked in[2]);
size_t hs_result_clip_bytes(const struct hs_result *r);

#endif
