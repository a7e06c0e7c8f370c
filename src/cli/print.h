/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a command prints: all of it on standard output, or an error message in the log.
 */
#ifndef HS_CLI_PRINT_H
#define HS_CLI_PRINT_H

#include "core/buf.h"
#include "core/log.h"

#include <stdbool.h>

/* Prints and frees `out`. False, and said, where standard output is closed or full. */
bool hs_cli_print(struct hs_buf *out, const struct hs_log *log);

#endif
