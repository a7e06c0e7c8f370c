/* SPDX-License-Identifier: Apache-2.0 */
/* Look-ups in a tree, and its nodes in the words of messages. */
#include "job/tree.h"

#include <string.h>

/* NULL also for what is no map, so that look-ups can be chained. */
const struct hs_node *hs_tree_get(const struct hs_node *map, const char *key)
{
    for (size_t i = 0; map->kind == HS_NODE_MAP && i < map->n; i++)
        if (!strcmp(map->keys[i]->text, key))
            return map->items[i];
    return NULL;
}

/* Nothing, "~" or null, without quotes. */
bool hs_tree_empty(const struct hs_node *node)
{
    return node->kind == HS_NODE_TEXT && node->plain &&
           (!*node->text || !strcmp(node->text, "~") || !strcmp(node->text, "null"));
}

/* The node in words for messages, at most 60 characters of a text. */
const char *hs_tree_describe(struct hs_arena *a, const struct hs_node *node)
{
    enum { SHOWN = 60 };
    if (node->kind != HS_NODE_TEXT)
        return node->kind != HS_NODE_LIST ? "a map" : node->n ? "a list" : "an empty list";
    if (!*node->text && node->plain)
        return "nothing";
    return hs_arena_printf(a, "\"%.*s%s\"", SHOWN, node->text,
                           strlen(node->text) > SHOWN ? "..." : "");
}
