/* SPDX-License-Identifier: Apache-2.0 */
/* The recursion itself is a kernel; the lapped transforms and the hybrid filter bank fill in turns
 * and entries. */
#include "dsp/slide.h"

#include "core/alloc.h"

enum { VECTOR = 8 };

void hs_slide_init(struct hs_slide *s, size_t n, size_t n_lanes)
{
    *s = (struct hs_slide){.n = n, .n_lanes = n_lanes};
    for (int i = 0; i < 2; i++) {
        s->turn[i] = hs_aligned(n, sizeof(float));
        s->in[i] = hs_aligned(n, sizeof(float));
        s->x[i] = hs_aligned(n + VECTOR, sizeof(float));
    }
}

void hs_slide_free(struct hs_slide *s)
{
    for (int i = 0; i < 2; i++) {
        hs_free(s->turn[i]);
        hs_free(s->in[i]);
        hs_free(s->x[i]);
    }
    *s = (struct hs_slide){0};
}
