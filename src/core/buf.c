/* SPDX-License-Identifier: Apache-2.0 */
/* A growing string of bytes that always ends in a zero behind its length. */
#include "core/buf.h"

#include "core/alloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Room for `more` bytes and the zero. */
static void reserve(struct hs_buf *b, size_t more)
{
    if (b->cap - b->len > more)
        return;
    size_t cap = b->cap ? b->cap : 256;
    while (cap - b->len <= more)
        cap *= 2;
    b->data = hs_realloc(b->data, cap, 1);
    b->cap = cap;
}

void hs_buf_put(struct hs_buf *b, const void *p, size_t n)
{
    reserve(b, n);
    if (n)
        memcpy(b->data + b->len, p, n);
    b->len += n;
    b->data[b->len] = '\0';
}

void hs_buf_puts(struct hs_buf *b, const char *s)
{
    hs_buf_put(b, s, strlen(s));
}

void hs_buf_putc(struct hs_buf *b, char c)
{
    hs_buf_put(b, &c, 1);
}

/* Formats into the room that is there, and once more where that was too little. */
void hs_buf_printf(struct hs_buf *b, const char *fmt, ...)
{
    va_list ap;
    reserve(b, 128);
    va_start(ap, fmt);
    int n = vsnprintf(b->data + b->len, b->cap - b->len, fmt, ap);
    va_end(ap);
    if (n < 0)
        return;
    if ((size_t)n >= b->cap - b->len) {
        reserve(b, (size_t)n);
        va_start(ap, fmt);
        vsnprintf(b->data + b->len, b->cap - b->len, fmt, ap);
        va_end(ap);
    }
    b->len += (size_t)n;
}

/* Takes bytes off the front. */
void hs_buf_consume(struct hs_buf *b, size_t n)
{
    if (!n)
        return;
    memmove(b->data, b->data + n, b->len - n + 1);
    b->len -= n;
}

void hs_buf_clear(struct hs_buf *b)
{
    b->len = 0;
    if (b->data)
        b->data[0] = '\0';
}

void hs_buf_free(struct hs_buf *b)
{
    if (!b)
        return;
    hs_free(b->data);
    *b = (struct hs_buf){0};
}
