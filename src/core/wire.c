/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers as they lie in memory of a little-endian host, blobs and texts behind their length;
 * NULL is a length of its own. Taking never reads beyond the end: the first take that would marks
 * the cursor as bad, and all that follow give nothing, so that callers check once at the end.
 */
#include "core/wire.h"

#include <math.h>
#include <string.h>

/* A big-endian host would need swaps below. */
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "little-endian host");

enum { NO_TEXT = 0xffffffff };

void hs_wire_put_u32(struct hs_buf *b, uint32_t x)
{
    hs_buf_put(b, &x, sizeof x);
}

void hs_wire_put_u64(struct hs_buf *b, uint64_t x)
{
    hs_buf_put(b, &x, sizeof x);
}

void hs_wire_put_double(struct hs_buf *b, double x)
{
    hs_buf_put(b, &x, sizeof x);
}

void hs_wire_put_blob(struct hs_buf *b, const void *p, size_t n)
{
    hs_wire_put_u32(b, (uint32_t)n);
    hs_buf_put(b, p, n);
}

void hs_wire_put_text(struct hs_buf *b, const char *s)
{
    if (s)
        hs_wire_put_blob(b, s, strlen(s));
    else
        hs_wire_put_u32(b, NO_TEXT);
}

struct hs_cursor hs_cursor(const void *data, size_t n)
{
    return (struct hs_cursor){.p = data, .left = n};
}

const void *hs_wire_take(struct hs_cursor *c, size_t n)
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

uint32_t hs_wire_take_u32(struct hs_cursor *c)
{
    uint32_t x = 0;
    const void *p = hs_wire_take(c, sizeof x);
    if (p)
        memcpy(&x, p, sizeof x);
    return x;
}

uint64_t hs_wire_take_u64(struct hs_cursor *c)
{
    uint64_t x = 0;
    const void *p = hs_wire_take(c, sizeof x);
    if (p)
        memcpy(&x, p, sizeof x);
    return x;
}

double hs_wire_take_double(struct hs_cursor *c)
{
    double x = NAN;
    const void *p = hs_wire_take(c, sizeof x);
    if (p)
        memcpy(&x, p, sizeof x);
    return x;
}

const void *hs_wire_take_blob(struct hs_cursor *c, size_t *n)
{
    *n = hs_wire_take_u32(c);
    const void *p = hs_wire_take(c, *n);
    if (!p)
        *n = 0;
    return p;
}

char *hs_wire_take_text(struct hs_cursor *c, struct hs_arena *a)
{
    uint32_t n = hs_wire_take_u32(c);
    if (n == NO_TEXT)
        return NULL;
    const void *p = hs_wire_take(c, n);
    return hs_arena_strndup(a, p ? p : "", p ? n : 0);
}
