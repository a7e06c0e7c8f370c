/* SPDX-License-Identifier: Apache-2.0 */
/* Problems of a job file are collected and printed in the order of their places, so that one run
 * shows all of them. Reading stops at HS_MOST_PROBLEMS. */
#include "job/problem.h"

#include "core/text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

bool hs_problems_full(const struct hs_problems *p)
{
    return p->n >= HS_MOST_PROBLEMS;
}

void hs_problem_add(struct hs_problems *p, int line, int column, const char *fmt, ...)
{
    va_list ap;
    if (hs_problems_full(p))
        return;
    p->items = hs_arena_grow(p->arena, p->items, p->n, &p->cap, sizeof *p->items);
    va_start(ap, fmt);
    p->items[p->n++] = (struct hs_problem){line, column, hs_arena_vprintf(p->arena, fmt, ap)};
    va_end(ap);
}

static int by_place(const void *a, const void *b)
{
    const struct hs_problem *x = a, *y = b;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return strcmp(x->text, y->text);
}

/* In the form of compilers (file:line:column: text), which editors can follow. Equal ones are
 * printed once. */
size_t hs_problems_print(struct hs_problems *p, struct hs_buf *out)
{
    size_t printed = 0;
    if (p->n)
        qsort(p->items, p->n, sizeof *p->items, by_place);
    for (size_t i = 0; i < p->n; i++) {
        const struct hs_problem *q = &p->items[i];
        if (i && !by_place(q - 1, q))
            continue;
        hs_text_put_plain(out, p->file);
        if (q->line)
            hs_buf_printf(out, ":%d:%d", q->line, q->column);
        hs_buf_puts(out, ": ");
        hs_text_put_plain(out, q->text);
        hs_buf_putc(out, '\n');
        printed++;
    }
    if (hs_problems_full(p)) {
        hs_text_put_plain(out, p->file);
        hs_buf_puts(out, ": too many errors, reading stopped here\n");
    }
    return printed;
}
