/* SPDX-License-Identifier: Apache-2.0 */
/*
 * --help, made from the table of commands and options. Never fails.
 */
#ifndef HS_CLI_HELP_H
#define HS_CLI_HELP_H

#include "cli/table.h"
#include "core/buf.h"

/* Help of the program (command NULL) or of one command, appended to `out`. */
void hs_help_put(const struct hs_command_row *command, struct hs_buf *out);

#endif
