/* SPDX-License-Identifier: Apache-2.0 */
/* The pairs of a map or the items of a list while a document is being read. */
#ifndef HS_JOB_TREE_MAP_H
#define HS_JOB_TREE_MAP_H

#include "job/problem.h"
#include "job/tree.h"

/* Freed by hs_free of both arrays. */
struct hs_tree_pairs {
    struct hs_node **keys, **items; /* n; a list has NULL for keys */
    size_t n, cap_keys, cap_items;
};

/* One more pair, or one more item where the key is NULL. */
void hs_tree_pairs_add(struct hs_tree_pairs *g, struct hs_node *key, struct hs_node *item);
/* A key that stands twice is a problem; the first one stands. */
void hs_tree_find_duplicates(const struct hs_tree_pairs *g, struct hs_problems *problems);
/* Takes `<<` out of the pairs and adds those of what it names (one map or a list of them) whose
 * keys are not there. */
void hs_tree_merge(struct hs_tree_pairs *g, struct hs_problems *problems);

#endif
