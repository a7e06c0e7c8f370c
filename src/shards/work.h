/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One shard of a run: measured into a store of its own on local disk, published as a part when it
 * is done, every few minutes, and when it is stopped. What the store of the run or an earlier
 * part of this shard knows is not measured again. May be killed, and run twice at once.
 */
#ifndef HS_SHARDS_WORK_H
#define HS_SHARDS_WORK_H

#include "core/error.h"
#include "core/log.h"

#include <signal.h>
#include <stdbool.h>

struct hs_work_request {
    const char *run;
    const char *shard; /* as given; NULL: what the engine of a job array says */
    bool shared;       /* the group may write the run, too */
    int jobs;
    const struct hs_log *log;
    const volatile sig_atomic_t *stop;
};

/* *n_unfinished: what is left, and files that could not be read. HS_E_USAGE: no such shard, or the
 * plan, the job or the program has changed; HS_E_MISSING: too many files are not there;
 * HS_E_INTERRUPTED: what was done is kept. */
enum hs_status hs_work(const struct hs_work_request *q, size_t *n_unfinished, struct hs_error *err);

#endif
