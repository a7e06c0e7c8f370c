/* SPDX-License-Identifier: Apache-2.0 */
/* The program: what main() calls. */
#ifndef HS_CLI_COMMAND_H
#define HS_CLI_COMMAND_H

/* Parses, dispatches, returns the exit code. */
int hs_run_main(int argc, char **argv);

#endif
