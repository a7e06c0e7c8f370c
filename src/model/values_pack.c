/* SPDX-License-Identifier: Apache-2.0 */
/* The binary form of hs_values: magic, count, then for each value its key, kind and
 * payload. */
#include "model/values_pack.h"
#include "core/wire.h"
#include "model/values.h"

#include <math.h>

enum { MAGIC = 0x31765348 };                  /* "HSv1" */
enum { KIND_BITS = 0xff, ABSENCE_SHIFT = 8 }; /* both in one word */

/* Key, kind and content of one value. */
static void put_value(struct hs_buf *out, const struct hs_value *item)
{
    hs_wire_put_text(out, item->key);
    hs_wire_put_u32(out, item->kind | (uint32_t)item->absence << ABSENCE_SHIFT);
    /* take_value reads the same */
    switch (item->kind) {
    case HS_ABSENT:
        hs_wire_put_text(out, item->why);
        break;
    case HS_TEXT:
        hs_wire_put_text(out, item->text);
        break;
    case HS_NUMBER:
    case HS_FLAG:
        hs_wire_put_double(out, item->number);
        hs_wire_put_double(out, item->bound);
        break;
    case HS_ARRAY:
        hs_wire_put_blob(out, item->array, item->n * sizeof *item->array);
        break;
    case HS_SERIES:
        hs_wire_put_double(out, item->start_s);
        hs_wire_put_double(out, item->step_s);
        hs_wire_put_blob(out, item->series, item->n * sizeof *item->series);
        break;
    }
}

void hs_values_pack(const struct hs_values *v, struct hs_buf *out)
{
    const struct hs_value *items = hs_values_items(v);
    hs_wire_put_u32(out, MAGIC);
    hs_wire_put_u32(out, (uint32_t)v->n);
    for (size_t i = 0; i < v->n; i++)
        put_value(out, &items[i]);
}

/* The same back; an unknown kind marks the cursor as bad. */
static void take_value(struct hs_cursor *c, struct hs_values *v)
{
    struct hs_value item = {.key = hs_wire_take_text(c, v->arena), .bound = NAN};
    uint32_t head = hs_wire_take_u32(c), kind = head & KIND_BITS;
    const void *p;
    size_t bytes;
    item.kind = (enum hs_kind)kind;
    item.absence = (enum hs_absence)(head >> ABSENCE_SHIFT & KIND_BITS);
    switch (kind) {
    case HS_ABSENT:
        item.why = hs_wire_take_text(c, v->arena);
        break;
    case HS_TEXT:
        item.text = hs_wire_take_text(c, v->arena);
        break;
    case HS_NUMBER:
    case HS_FLAG:
        item.number = hs_wire_take_double(c);
        item.bound = hs_wire_take_double(c);
        break;
    case HS_ARRAY:
        p = hs_wire_take_blob(c, &bytes);
        item.n = (uint32_t)(bytes / sizeof(double));
        item.array = hs_arena_copy(v->arena, p, item.n * sizeof(double));
        break;
    case HS_SERIES:
        item.start_s = hs_wire_take_double(c);
        item.step_s = hs_wire_take_double(c);
        p = hs_wire_take_blob(c, &bytes);
        item.n = (uint32_t)(bytes / sizeof(float));
        item.series = hs_arena_copy(v->arena, p, item.n * sizeof(float));
        break;
    default:
        c->bad = true;
    }
    /* only whole ones are kept */
    if (c->bad || !item.key)
        return;
    size_t cap = v->cap;
    v->items = hs_arena_grow(v->arena, v->items, v->n, &cap, sizeof *v->items);
    v->cap = (unsigned)cap;
    v->items[v->n++] = item;
}

enum hs_status hs_values_unpack(struct hs_values *v, const void *data, size_t n,
                                struct hs_error *err)
{
    struct hs_cursor c = hs_cursor(data, n);
    if (hs_wire_take_u32(&c) != MAGIC)
        return hs_fail(err, HS_E_FORMAT, "stored measures: wrong magic number");
    uint32_t count = hs_wire_take_u32(&c);
    for (uint32_t i = 0; i < count && !c.bad; i++)
        take_value(&c, v);
    if (c.bad || c.left)
        return hs_fail(err, HS_E_FORMAT, "stored measures: damaged");
    return HS_OK;
}
