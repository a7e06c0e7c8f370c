/* SPDX-License-Identifier: Apache-2.0 */
#include "pool/frame.h"

#include "core/wire.h"

void hs_frame_put_head(struct hs_buf *out, enum hs_frame_kind kind, uint32_t task, size_t n)
{
    hs_wire_put_u32(out, (uint32_t)n);
    hs_wire_put_u32(out, kind);
    hs_wire_put_u32(out, task);
}

void hs_frame_put(struct hs_buf *out, enum hs_frame_kind kind, uint32_t task, const void *payload,
                  size_t n)
{
    hs_frame_put_head(out, kind, task, n);
    hs_buf_put(out, payload, n);
}

bool hs_frame_peek(const struct hs_buf *in, enum hs_frame_kind *kind, uint32_t *task,
                   const void **payload, size_t *n, size_t *bytes, bool *bad)
{
    struct hs_cursor c = hs_cursor(in->data, in->len);
    if (in->len < HS_FRAME_HEADER)
        return false;
    *n = hs_wire_take_u32(&c);
    uint32_t which = hs_wire_take_u32(&c);
    *task = hs_wire_take_u32(&c);
    *kind = (enum hs_frame_kind)which;
    if (*n > HS_FRAME_MOST || which >= HS_N_FRAMES) {
        *bad = true;
        return false;
    }
    if (c.left < *n)
        return false;
    *payload = hs_wire_take(&c, *n);
    *bytes = HS_FRAME_HEADER + *n;
    return true;
}
