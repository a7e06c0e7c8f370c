/* SPDX-License-Identifier: Apache-2.0 */
/* The binary form of hs_values: magic, count, then for each value its key, kind and
 * payload. Doubles and floats go as their bits; strings are length-prefixed. */
#include "model/values.h"

#include <math.h>
#include <string.h>

enum { MAGIC = 0x31765348 }; /* "HSv1" */

static void put_u32(struct hs_buf *b, uint32_t x)
{
    unsigned char p[4] = {(unsigned char)x, (unsigned char)(x >> 8),
                          (unsigned char)(x >> 16), (unsigned char)(x >> 24)};
    hs_buf_put(b, p, 4);
}

static void put_text(struct hs_buf *b, const char *s)
{
    size_t n = s ? strlen(s) : 0;
    put_u32(b, (uint32_t)n);
    hs_buf_put(b, s ? s : "", n);
}

/* The machines hindsight runs on are little-endian; a big-endian one would need swaps
 * here and below. */
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "little-endian host");

static void put_double(struct hs_buf *b, double x)
{
    hs_buf_put(b, &x, sizeof x);
}

void hs_values_pack(const struct hs_values *v, struct hs_buf *out)
{
    put_u32(out, MAGIC);
    put_u32(out, (uint32_t)v->n);
    for (size_t i = 0; i < v->n; i++) {
        const struct hs_value *item = &v->items[i];
        put_text(out, item->key);
        put_u32(out, item->kind);
        switch (item->kind) {
        case HS_ABSENT:
            put_text(out, item->why);
            break;
        case HS_TEXT:
            put_text(out, item->text);
            break;
        case HS_NUMBER:
        case HS_FLAG:
            put_double(out, item->number);
            put_double(out, item->bound);
            break;
        case HS_ARRAY:
            put_u32(out, (uint32_t)item->n);
            hs_buf_put(out, item->array, item->n * sizeof *item->array);
            break;
        case HS_SERIES:
            put_u32(out, (uint32_t)item->n);
            put_double(out, item->start_s);
            put_double(out, item->step_s);
            hs_buf_put(out, item->series, item->n * sizeof *item->series);
            break;
        }
    }
}

struct cursor {
    const unsigned char *p;
    size_t left;
    bool bad;
};

static const void *take(struct cursor *c, size_t n)
{
    if (c->bad || c->left < n) {
        c->bad = true;
        return NULL;
    }
    const void *p = c->p;
    c->p += n;
    c->left -= n;
    return p;
}

static uint32_t take_u32(struct cursor *c)
{
    const unsigned char *p = take(c, 4);
    return p ? p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24 : 0;
}

static double take_double(struct cursor *c)
{
    double x = NAN;
    const void *p = take(c, sizeof x);
    if (p)
        memcpy(&x, p, sizeof x);
    return x;
}

static char *take_text(struct cursor *c, struct hs_arena *a)
{
    uint32_t n = take_u32(c);
    const void *p = take(c, n);
    return hs_arena_strndup(a, p ? p : "", p ? n : 0);
}

static void take_value(struct cursor *c, struct hs_values *v)
{
    struct hs_value item = {.key = take_text(c, v->arena), .bound = NAN};
    uint32_t kind = take_u32(c), n;
    const void *p;
    item.kind = (enum hs_kind)kind;
    switch (kind) {
    case HS_ABSENT:
        item.why = take_text(c, v->arena);
        break;
    case HS_TEXT:
        item.text = take_text(c, v->arena);
        break;
    case HS_NUMBER:
    case HS_FLAG:
        item.number = take_double(c);
        item.bound = take_double(c);
        break;
    case HS_ARRAY:
        n = take_u32(c);
        p = take(c, n * sizeof(double));
        item.n = p ? n : 0;
        item.array = hs_arena_copy(v->arena, p, item.n * sizeof(double));
        break;
    case HS_SERIES:
        n = take_u32(c);
        item.start_s = take_double(c);
        item.step_s = take_double(c);
        p = take(c, n * sizeof(float));
        item.n = p ? n : 0;
        item.series = hs_arena_copy(v->arena, p, item.n * sizeof(float));
        break;
    default:
        c->bad = true;
    }
    if (c->bad)
        return;
    v->items = hs_arena_grow(v->arena, v->items, v->n, &v->cap, sizeof *v->items);
    v->items[v->n++] = item;
}

enum hs_status hs_values_unpack(struct hs_values *v, const void *data, size_t n,
                                struct hs_error *err)
{
    struct cursor c = {.p = data, .left = n};
    if (take_u32(&c) != MAGIC)
        return hs_fail(err, HS_E_FORMAT, "stored measures: wrong magic number");
    uint32_t count = take_u32(&c);
    for (uint32_t i = 0; i < count && !c.bad; i++)
        take_value(&c, v);
    if (c.bad || c.left)
        return hs_fail(err, HS_E_FORMAT, "stored measures: damaged");
    return HS_OK;
}
