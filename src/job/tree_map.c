/* SPDX-License-Identifier: Apache-2.0 */
/* Duplicate keys are found by sorting: equal keys are neighbours then. */
#include "job/tree_map.h"

#include "core/alloc.h"

#include <stdlib.h>
#include <string.h>

void hs_tree_pairs_add(struct hs_tree_pairs *g, struct hs_node *key, struct hs_node *item)
{
    g->keys = hs_grow(g->keys, g->n, &g->cap_keys, sizeof(struct hs_node *));
    g->items = hs_grow(g->items, g->n, &g->cap_items, sizeof(struct hs_node *));
    g->keys[g->n] = key;
    g->items[g->n++] = item;
}

/* A quoted "<<" is a key like any other. */
static bool is_merge(const struct hs_node *key)
{
    return key->plain && !strcmp(key->text, "<<");
}

/* Equal keys stand beside each other, the first in the file in front. */
static int by_text(const void *a, const void *b)
{
    const struct hs_node *x = *(struct hs_node *const *)a, *y = *(struct hs_node *const *)b;
    int order = strcmp(x->text, y->text);
    if (order)
        return order;
    return x->line != y->line ? x->line - y->line : x->column - y->column;
}

void hs_tree_find_duplicates(const struct hs_tree_pairs *g, struct hs_problems *problems)
{
    if (g->n < 2)
        return;
    size_t bytes = g->n * sizeof *g->keys;
    struct hs_node **sorted = hs_malloc(bytes);
    memcpy(sorted, g->keys, bytes);
    qsort(sorted, g->n, sizeof *sorted, by_text);
    for (size_t i = 1; i < g->n; i++)
        if (!strcmp(sorted[i - 1]->text, sorted[i]->text))
            hs_problem_add(problems, sorted[i]->line, sorted[i]->column,
                           "found the key %s again (first in line %d), expected it once",
                           hs_tree_describe(problems->arena, sorted[i]), sorted[i - 1]->line);
    hs_free(sorted);
}

/* The pairs of a merged map that the map itself does not have. */
static void merge_map(struct hs_tree_pairs *g, const struct hs_node *from,
                      struct hs_problems *problems)
{
    enum { MOST_MERGED = 1000 }; /* keys; the look-up below is linear */
    if (from->kind != HS_NODE_MAP || from->n + g->n > MOST_MERGED) {
        hs_problem_add(problems, from->line, from->column,
                       "found %s behind <<, expected a map or a list of maps",
                       from->kind == HS_NODE_MAP ? "a huge map" : "something else");
        return;
    }
    for (size_t i = 0; i < from->n; i++) {
        bool known = false;
        for (size_t j = 0; j < g->n && !known; j++)
            known = !strcmp(g->keys[j]->text, from->keys[i]->text);
        if (!known)
            hs_tree_pairs_add(g, from->keys[i], from->items[i]);
    }
}

void hs_tree_merge(struct hs_tree_pairs *g, struct hs_problems *problems)
{
    const struct hs_node *from = NULL;
    for (size_t i = 0; i < g->n && !from; i++) {
        if (!is_merge(g->keys[i]))
            continue;
        from = g->items[i];
        memmove(g->keys + i, g->keys + i + 1, (g->n - i - 1) * sizeof *g->keys);
        memmove(g->items + i, g->items + i + 1, (g->n - i - 1) * sizeof *g->items);
        g->n--;
    }
    if (from && from->kind == HS_NODE_LIST)
        for (size_t i = 0; i < from->n; i++)
            merge_map(g, from->items[i], problems);
    else if (from)
        merge_map(g, from, problems);
}
