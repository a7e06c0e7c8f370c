/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Units are a forest (union-find with halving of paths), in which the root is the first thing
 *    of its set: the numbering of units does not depend on the order of joining.
 * 2. Units are sorted by weight, heaviest first, ties by number, and dealt to the shard with the
 *    least load, which a heap keeps on top (longest processing time first, Graham 1969: at most a
 *    third above the best deal).
 */
#include "shards/balance.h"

#include "core/alloc.h"

#include <stdlib.h>

void hs_units_init(struct hs_units *u, size_t n)
{
    *u = (struct hs_units){.parent = HS_NEW_ARRAY(size_t, n + 1), .n = n};
    for (size_t i = 0; i < n; i++)
        u->parent[i] = i;
}

/* The first thing of a set stands for all of it. */
size_t hs_units_of(const struct hs_units *u, size_t i)
{
    while (u->parent[i] != i) {
        u->parent[i] = u->parent[u->parent[i]];
        i = u->parent[i];
    }
    return i;
}

void hs_units_join(struct hs_units *u, size_t a, size_t b)
{
    size_t x = hs_units_of(u, a), y = hs_units_of(u, b);
    u->parent[x > y ? x : y] = x > y ? y : x;
}

void hs_units_free(struct hs_units *u)
{
    hs_free(u->parent);
    *u = (struct hs_units){0};
}

/* Ties by number, so that the same job is always dealt the same way. */
static int heavier_first(const void *a, const void *b, void *weights)
{
    const double *w = weights;
    size_t i = *(const size_t *)a, k = *(const size_t *)b;
    if (w[i] != w[k])
        return w[i] < w[k] ? 1 : -1;
    return (i > k) - (i < k);
}

/* A heap of shards, the least loaded on top. */
struct heap {
    double *load;
    size_t *shard;
    size_t n;
};

/* The lesser load; of equal ones the lower shard. */
static int is_before(const struct heap *h, size_t a, size_t b)
{
    if (h->load[h->shard[a]] != h->load[h->shard[b]])
        return h->load[h->shard[a]] < h->load[h->shard[b]];
    return h->shard[a] < h->shard[b];
}

/* Restores the order of the heap from its top. */
static void sink(struct heap *h)
{
    for (size_t at = 0;;) {
        size_t least = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < h->n; child++)
            if (is_before(h, child, least))
                least = child;
        if (least == at)
            return;
        size_t swapped = h->shard[at];
        h->shard[at] = h->shard[least];
        h->shard[least] = swapped;
        at = least;
    }
}

/* Gives each unit its shard. */
void hs_balance(const double *weight, size_t n, size_t n_shards, size_t *shard)
{
    struct heap h = {HS_NEW_ARRAY(double, n_shards + 1), HS_NEW_ARRAY(size_t, n_shards + 1),
                     n_shards};
    size_t *order = HS_NEW_ARRAY(size_t, n + 1);
    for (size_t i = 0; i < n_shards; i++)
        h.shard[i] = i;
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    qsort_r(order, n, sizeof *order, heavier_first, (void *)weight);
    for (size_t i = 0; i < n; i++) {
        shard[order[i]] = h.shard[0];
        h.load[h.shard[0]] += weight[order[i]];
        sink(&h);
    }
    hs_free(order);
    hs_free(h.load);
    hs_free(h.shard);
}
