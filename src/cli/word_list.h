/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words that `heard:`, `intended:` and `explain` understand, as two tables in Markdown, from
 * the tables that they are read by (judge/words.h). docs/heard.md ends in them.
 */
#ifndef HS_CLI_WORD_LIST_H
#define HS_CLI_WORD_LIST_H

#include "core/buf.h"

void hs_word_list_put(struct hs_buf *out);

#endif
