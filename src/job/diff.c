/* SPDX-License-Identifier: Apache-2.0 */
/* Lines are only inserted or replaced, so a look ahead is enough. */
#include "job/diff.h"

#include <stdbool.h>
#include <string.h>

struct text_line {
    const char *p;
    size_t n;
};

/* The text as lines with their ends. */
static size_t split(const char *p, size_t n, struct hs_arena *a, struct text_line **out)
{
    size_t count = 0, cap = 0;
    *out = NULL;
    while (n) {
        const char *end = memchr(p, '\n', n);
        size_t len = end ? (size_t)(end - p) + 1 : n;
        *out = hs_arena_grow(a, *out, count, &cap, sizeof **out);
        (*out)[count++] = (struct text_line){p, len};
        p += len;
        n -= len;
    }
    return count;
}

static bool equal(const struct text_line *a, const struct text_line *b)
{
    return a->n == b->n && !memcmp(a->p, b->p, a->n);
}

/* A line of the difference, without its line end. */
static void put_line(struct hs_buf *out, char sign, const struct text_line *l)
{
    size_t n = l->n;
    while (n && (l->p[n - 1] == '\n' || l->p[n - 1] == '\r'))
        n--;
    hs_buf_putc(out, sign);
    hs_buf_put(out, l->p, n);
    hs_buf_putc(out, '\n');
}

/* A line that differs is an insertion where the old one comes again within 64 lines. */
void hs_diff_put(const struct hs_buf *old, const struct hs_buf *new, struct hs_arena *a,
                 struct hs_buf *out)
{
    struct text_line *x, *y;
    size_t nx = split(old->data, old->len, a, &x), ny = split(new->data, new->len, a, &y), i = 0;
    for (size_t k = 0; k < ny; k++) {
        if (i < nx && equal(&x[i], &y[k])) {
            i++;
            continue;
        }
        size_t ahead = k + 1;
        while (ahead < ny && ahead < k + 64 && i < nx && !equal(&x[i], &y[ahead]))
            ahead++;
        bool inserted = i >= nx || (ahead < ny && ahead < k + 64);
        hs_buf_printf(out, "@@ line %zu @@\n", i + 1);
        if (!inserted)
            put_line(out, '-', &x[i++]);
        put_line(out, '+', &y[k]);
    }
}
