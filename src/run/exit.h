/* SPDX-License-Identifier: Apache-2.0 */
/* The exit codes that commands share; README.md lists what they mean. */
#ifndef HS_RUN_EXIT_H
#define HS_RUN_EXIT_H

#include "core/error.h"

#include <signal.h>

enum hs_exit {
    HS_EXIT_OK = 0,
    HS_EXIT_FAILED = 1,
    HS_EXIT_USAGE = 2,
    HS_EXIT_PARTIAL = 3,
    HS_EXIT_GATE = 4,
    HS_EXIT_LOCKED = 11,
    HS_EXIT_MISSING = 12,
    HS_EXIT_INTERRUPTED = 130, /* by SIGINT; 143 by SIGTERM */
    HS_EXIT_TERMINATED = 143,
};

/* The exit code that belongs to a failure. */
int hs_exit_of(enum hs_status status);
/* The same code, or 143 where the interruption was SIGTERM (pool/signals.h). */
int hs_exit_interrupted(int code, const volatile sig_atomic_t *stop);

#endif
