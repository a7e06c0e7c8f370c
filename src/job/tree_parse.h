/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the bytes of a YAML document to its tree. Aliases share the node they stand for and `<<`
 * merges maps; a document that would unfold to much more than was written is refused, as are deep
 * nesting, duplicate keys, NUL characters and a second document. Bytes that are not UTF-8 are kept
 * in scalars (file names need them).
 */
#ifndef HS_JOB_TREE_PARSE_H
#define HS_JOB_TREE_PARSE_H

#include "core/arena.h"
#include "job/problem.h"
#include "job/tree.h"

/* NULL where the document could not be read; problems tell. A tree may be returned
 * beside problems (duplicate keys), so that more errors can be found in it. Nodes live in `a`. */
const struct hs_node *hs_tree_parse(struct hs_arena *a, const void *data, size_t n,
                                    struct hs_problems *problems);

#endif
