/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Processes that a command has left outside of its process group (setsid, a daemon). They are known
 * by a variable that the command was given in its environment and that its children inherit. One
 * that has cleared its environment, or runs as another user, is not found; nor is any where there
 * is no /proc. For the supervisor's one thread.
 */
#ifndef HS_RUN_STRAYS_H
#define HS_RUN_STRAYS_H

enum { HS_STRAYS_MARK = 64 };

#define HS_STRAYS_VARIABLE "HINDSIGHT_COMMAND"

/* A value that no other command of this machine has: pid and time. */
void hs_strays_mark(char mark[HS_STRAYS_MARK]);
/* Kills (SIGKILL) all that have it, also what they start meanwhile; those that cannot be killed
 * are left after a few rounds. */
void hs_strays_end(const char *mark);

#endif
