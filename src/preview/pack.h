/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Orders and previews as bytes, for the worker's pipe and the store. Taking reads foreign bytes:
 * a cursor that ran short is bad; hs_preview_unpack fails with HS_E_FORMAT. What is taken lives
 * in the arena.
 */
#ifndef HS_PREVIEW_PACK_H
#define HS_PREVIEW_PACK_H

#include "core/wire.h"
#include "preview/excerpt.h"
#include "preview/preview.h"

void hs_preview_order_put(const struct hs_preview_order *order, struct hs_buf *out);
void hs_preview_order_take(struct hs_cursor *c, struct hs_arena *a, struct hs_preview_order *out);
void hs_excerpt_order_put(const struct hs_excerpt_order *order, struct hs_buf *out);
void hs_excerpt_order_take(struct hs_cursor *c, struct hs_excerpt_order *out);
/* Chain and values: what hs_preview_run fills. */
void hs_preview_pack(const struct hs_preview *p, struct hs_buf *out);
enum hs_status hs_preview_unpack(const void *data, size_t n, struct hs_arena *a,
                                 struct hs_preview *out, struct hs_error *err);

#endif
