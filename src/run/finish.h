/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The end of an audit: digest, clips, pages, publishing, the record of the run. Under the locks
 * of the state; on the supervisor's thread.
 */
#ifndef HS_RUN_FINISH_H
#define HS_RUN_FINISH_H

#include "run/audit.h"
#include "run/fingerprint.h"
#include "run/gather.h"
#include "run/state.h"

struct hs_finish {
    const struct hs_audit_request *request;
    struct hs_audit *audit;
    struct hs_state *state;
    struct hs_gather *gather;
    uint64_t program, references;
    struct hs_fingerprint_of fingerprint; /* taken when all work is done */
    int exit_code;                        /* in: 0 or 3; out: with the gates applied */
    double seconds;
    struct hs_run *run; /* out: what was recorded, with the notice that is due */
};

/* The report is published and its run recorded where the status is HS_OK, or where only
 * printing the digest failed. */
enum hs_status hs_finish(struct hs_finish *f, struct hs_error *err);

#endif
