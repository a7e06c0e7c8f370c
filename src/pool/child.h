/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The worker as seen from the supervisor: a child process with two pipes. For the supervisor's
 * one thread.
 */
#ifndef HS_POOL_CHILD_H
#define HS_POOL_CHILD_H

#include "core/buf.h"
#include "core/error.h"

#include <stdbool.h>
#include <sys/types.h>

struct hs_child {
    pid_t pid;   /* 0: there is none */
    int in, out; /* to its standard input, from its standard output */
    struct hs_buf to, from;
};

/* Starts the worker: a fork of this process, which must have one thread only, or, where it
 * has grown large, this program again (by /proc/self/exe) as "worker JOBS". */
enum hs_status hs_child_start(struct hs_child *c, int jobs, struct hs_error *err);
/* Waits at most `timeout_ms` for the pipes; writes what is due, reads what is there.
 * False when the child has closed its output (it is dying or dead). */
bool hs_child_exchange(struct hs_child *c, int timeout_ms);
size_t hs_child_resident_bytes(const struct hs_child *c); /* 0 where unknown */
/* Ends it (SIGKILL where `kill_it`, else by closing its input), waits, writes how it
 * ended into `how`, e.g. "signal 11 (Segmentation fault)". Safe on a stopped child. */
void hs_child_end(struct hs_child *c, bool kill_it, char *how, size_t size);

#endif
