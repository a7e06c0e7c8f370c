/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of a run into its one store, by one writer under its lock: each part is checked
 * whole, then taken over in one transaction, in the order of the shards. May be repeated, and be
 * killed: parts that were taken over stay so.
 */
#ifndef HS_SHARDS_MERGE_H
#define HS_SHARDS_MERGE_H

#include "core/buf.h"
#include "core/error.h"
#include "core/log.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

struct hs_merge_request {
    const char *run;
    bool shared;
    double wait_lock_s;
    const struct hs_log *log;
    const volatile sig_atomic_t *stop;
};

struct hs_merge_report {
    size_t n_shards, n_missing, n_unfinished, n_results, n_new, n_conflicts;
    struct hs_buf missing; /* shards to be run again, as sbatch takes them; the caller's */
};

/* HS_E_USAGE: there is no plan; HS_E_LOCKED: another process writes the store. Parts that
 * cannot be used are told and listed, which is no failure. */
enum hs_status hs_merge(const struct hs_merge_request *q, struct hs_merge_report *out,
                        struct hs_error *err);

#endif
