/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A growing row of floats; zeroed it is ready. The analyser that owns it frees it. Pushing never
 * fails (core/alloc.h).
 */
#ifndef HS_MEASURE_SERIES_H
#define HS_MEASURE_SERIES_H

#include "core/alloc.h"

struct hs_floats {
    float *x;
    size_t n, cap;
};

static inline void hs_floats_push(struct hs_floats *s, double x)
{
    s->x = hs_grow(s->x, s->n, &s->cap, sizeof *s->x);
    s->x[s->n++] = (float)x;
}

static inline void hs_floats_free(struct hs_floats *s)
{
    hs_free(s->x);
    *s = (struct hs_floats){0};
}

#endif
