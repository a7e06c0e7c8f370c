/* SPDX-License-Identifier: Apache-2.0 */
/* Frames between supervisor and worker: length, kind and task as 32 bits each, then the payload. */
#include "pool/frame.h"

#include "core/wire.h"
#include "pool/task_kind.h"

void hs_frame_put_head(struct hs_buf *out, uint32_t kind, uint32_t task, size_t n)
{
    hs_wire_put_u32(out, (uint32_t)n);
    hs_wire_put_u32(out, kind);
    hs_wire_put_u32(out, task);
}

void hs_frame_put(struct hs_buf *out, uint32_t kind, uint32_t task, const void *payload, size_t n)
{
    hs_frame_put_head(out, kind, task, n);
    hs_buf_put(out, payload, n);
}

/* True where a whole frame is there; `bad` where what is there can be none. */
bool hs_frame_peek(const struct hs_buf *in, struct hs_frame *out, bool *bad)
{
    struct hs_cursor c = hs_cursor(in->data, in->len);
    if (in->len < HS_FRAME_HEADER)
        return false;
    out->n = hs_wire_take_u32(&c);
    out->kind = hs_wire_take_u32(&c);
    out->task = hs_wire_take_u32(&c);
    if (out->n > HS_FRAME_MOST || out->kind >= HS_FRAME_TASK + hs_n_task_kinds) {
        *bad = true;
        return false;
    }
    if (c.left < out->n)
        return false;
    out->payload = hs_wire_take(&c, out->n);
    out->bytes = HS_FRAME_HEADER + out->n;
    return true;
}
