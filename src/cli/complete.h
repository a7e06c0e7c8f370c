/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Completions for shells, made from the table of commands and options, appended to `out`.
 */
#ifndef HS_CLI_COMPLETE_H
#define HS_CLI_COMPLETE_H

#include "core/buf.h"

void hs_completion_bash(struct hs_buf *out);
void hs_completion_zsh(struct hs_buf *out);
void hs_completion_fish(struct hs_buf *out);

#endif
