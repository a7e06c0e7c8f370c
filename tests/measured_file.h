/* SPDX-License-Identifier: Apache-2.0 */
/* All measures of a file, as the worker takes them. */
#ifndef MEASURED_FILE_H
#define MEASURED_FILE_H

#include "check.h"
#include "run/measure_file.h"

static inline struct hs_values measured_file(struct hs_arena *arena, const char *path)
{
    struct hs_source source = {.path = path};
    struct hs_values v;
    struct hs_error err = {0};
    hs_values_init(&v, arena);
    if (!CHECK(hs_run_measure_file(&source, HS_ALL_ANALYSERS, NULL, NULL, NULL, &v, &err) == HS_OK))
        fprintf(stderr, "%s: %s\n", path, err.msg);
    return v;
}

#endif
