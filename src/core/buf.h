/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A growing byte string; `data` is always followed by a NUL once something was put. A zeroed
 * buffer is ready, and hs_buf_free leaves one. No function fails: memory that is not there ends
 * the program (core/alloc.h). One thread at a time.
 */
#ifndef HS_CORE_BUF_H
#define HS_CORE_BUF_H

#include <stddef.h>

struct hs_buf {
    char *data; /* NULL until something was put */
    size_t len, cap;
};

void hs_buf_put(struct hs_buf *b, const void *p, size_t n);
void hs_buf_puts(struct hs_buf *b, const char *s);
void hs_buf_putc(struct hs_buf *b, char c);
void hs_buf_printf(struct hs_buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void hs_buf_consume(struct hs_buf *b, size_t n); /* drops the first n bytes */
void hs_buf_clear(struct hs_buf *b);             /* len 0, memory kept */
void hs_buf_free(struct hs_buf *b);

#endif
