/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The errors of one job file: collected while reading, printed in the order of the file. A zeroed
 * struct with `arena` and `file` set is ready; texts live in the arena. No function fails.
 */
#ifndef HS_JOB_PROBLEM_H
#define HS_JOB_PROBLEM_H

#include "core/arena.h"
#include "core/buf.h"

#include <stdbool.h>

struct hs_problem {
    int line, column; /* from 1; 0: the file as a whole */
    const char *text; /* "found X, expected Y" */
};

struct hs_problems {
    struct hs_arena *arena;
    const char *file; /* as given, for the messages */
    struct hs_problem *items;
    size_t n, cap;
};

/* Past this many a file is not a job file with slips but something else. */
enum { HS_MOST_PROBLEMS = 200 };

void hs_problem_add(struct hs_problems *p, int line, int column, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
bool hs_problems_full(const struct hs_problems *p);
/* One line each, `file:line:column: text`, control characters made visible, each once
 * (a merged or aliased part is read more than once). Returns how many were printed. */
size_t hs_problems_print(struct hs_problems *p, struct hs_buf *out);

#endif
