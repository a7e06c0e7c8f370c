/* SPDX-License-Identifier: Apache-2.0 */
/* A binary heap: no child is less than its parent. */
#include "dsp/largest.h"

#include "core/alloc.h"

void hs_largest_init(struct hs_largest *l, size_t room)
{
    *l = (struct hs_largest){.heap = HS_NEW_ARRAY(float, room + 1)};
}

void hs_largest_free(struct hs_largest *l)
{
    hs_free(l->heap);
    *l = (struct hs_largest){0};
}

void hs_largest_begin(struct hs_largest *l, size_t most)
{
    l->n = 0;
    l->most = most;
}

/* Puts x in the place of the least and lets it down to where it belongs. */
static void sink(struct hs_largest *l, float x)
{
    size_t at = 0;
    for (size_t child; (child = 2 * at + 1) < l->n; at = child) {
        child += child + 1 < l->n && l->heap[child + 1] < l->heap[child];
        if (l->heap[child] >= x)
            break;
        l->heap[at] = l->heap[child];
    }
    l->heap[at] = x;
}

void hs_largest_add(struct hs_largest *l, float x)
{
    if (l->n == l->most) {
        if (x > l->heap[0])
            sink(l, x);
        return;
    }
    size_t at = l->n++;
    for (; at && l->heap[(at - 1) / 2] > x; at = (at - 1) / 2)
        l->heap[at] = l->heap[(at - 1) / 2];
    l->heap[at] = x;
}

float hs_largest_least(const struct hs_largest *l)
{
    return l->n ? l->heap[0] : 0;
}
