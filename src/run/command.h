/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Commands that a job names, and work that may fail as they do: each in a process group of its
 * own, with nothing of this program open, limits of time (s), memory and size of files (bytes),
 * and its output line by line in the log, never on standard output. All that belongs to the group,
 * or has left it with its environment as it was, has ended afterwards. For the supervisor's one
 * thread.
 */
#ifndef HS_RUN_COMMAND_H
#define HS_RUN_COMMAND_H

#include "core/buf.h"
#include "core/error.h"
#include "core/log.h"

#include <signal.h>

struct hs_command {
    const char *name;             /* the key of the job: "notify" */
    const char *limit_name;       /* the key that holds its time: "notify_limit" */
    const char *const *argv;      /* NULL-terminated; no shell */
    const char *const (*env)[2];  /* names and values added, ends with NULL; NULL: none */
    int (*work)(const void *ctx); /* instead of argv: the exit code */
    const void *ctx;
    double limit_s;
    double memory_bytes, file_bytes; /* 0: no limit */
    const struct hs_log *log;
    const volatile sig_atomic_t *stop;
};

/* HS_OK where it ended with 0. HS_E_LIMIT: it was ended after its time; HS_E_INTERRUPTED: a signal
 * asked this program to end; HS_E_FAILED: it ended otherwise. What it says goes to `said`, where
 * that is not NULL, instead of the log. */
enum hs_status hs_command_run(const struct hs_command *c, struct hs_buf *said,
                              struct hs_error *err);

#endif
