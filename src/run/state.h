/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a job keeps on disk, opened and locked as a whole: the report folder with its state,
 * the store, and a lock for each of them, since jobs may share either. Used by every command
 * that reads or writes what an audit left.
 */
#ifndef HS_RUN_STATE_H
#define HS_RUN_STATE_H

#include "core/log.h"
#include "model/job.h"
#include "run/publish.h"
#include "store/store.h"

#include <signal.h>
#include <stdbool.h>

struct hs_state {
    struct hs_publish publish;
    struct hs_store *store;
    const char *store_path;
    uint64_t key[2]; /* under which the runs of this report are kept */
    int store_dir, locks[2];
};

struct hs_state_request {
    const struct hs_job *job;
    const char *out;   /* NULL: reports/NAME beside the job file */
    const char *store; /* NULL: OUT/.hindsight */
    bool shared;       /* a group may write the state */
    bool publishes;    /* a report will be written: that of another job is refused */
    bool mend;         /* the store's structure was found to be damaged */
    double wait_lock_s;
    const volatile sig_atomic_t *stop;
    const struct hs_log *log;
};

/* HS_E_LOCKED: another process works there; HS_E_USAGE: OUT belongs to something else. A
 * damaged store is mended first. The structure can be closed whatever comes of it. */
enum hs_status hs_state_open(struct hs_state *s, const struct hs_state_request *request,
                             struct hs_error *err);
/* The store of the folder request->store alone, under its lock. */
enum hs_status hs_state_open_store(struct hs_state *s, const struct hs_state_request *request,
                                   struct hs_error *err);
void hs_state_close(struct hs_state *s); /* lets the locks go */

#endif
