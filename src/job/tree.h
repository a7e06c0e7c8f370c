/* SPDX-License-Identifier: Apache-2.0 */
/* A YAML document as a tree of text, lists and maps. Every scalar is text: nothing is guessed from
 * its look, so an artist called NO and a title 1999 stay what they are. */
#ifndef HS_JOB_TREE_H
#define HS_JOB_TREE_H

#include "core/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum hs_node_kind { HS_NODE_TEXT, HS_NODE_LIST, HS_NODE_MAP };

struct hs_node {
    enum hs_node_kind kind;
    bool plain; /* text written without quotes */
    bool flow;  /* a list or map in [] or {} */
    int line, column;
    int end_line, end_column;     /* the place behind its last character */
    const char *text;             /* of HS_NODE_TEXT, never NULL there */
    struct hs_node *const *keys;  /* n texts, of HS_NODE_MAP */
    struct hs_node *const *items; /* n, of lists and maps */
    size_t n;
    size_t weight; /* nodes when all aliases are written out */
};

/* The value of a key of a map, or NULL. */
const struct hs_node *hs_tree_get(const struct hs_node *map, const char *key);
/* True where nothing was written: an empty plain scalar, `~` or `null`. */
bool hs_tree_empty(const struct hs_node *node);
/* For messages: `"text"`, "a list", "a map", "nothing". */
const char *hs_tree_describe(struct hs_arena *a, const struct hs_node *node);

#endif
