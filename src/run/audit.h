/* SPDX-License-Identifier: Apache-2.0 */
/* The whole audit, from job file to published report. */
#ifndef HS_RUN_AUDIT_H
#define HS_RUN_AUDIT_H

#include "core/log.h"
#include "model/audit.h"

#include <signal.h>
#include <stdbool.h>

struct hs_audit_request {
    const char *job_path;
    const char *out;   /* NULL: reports/<job name> beside the job file */
    const char *store; /* NULL: OUT/.hindsight */
    int jobs;
    const char *clips;       /* "opus" "aac"; NULL: none */
    bool all_clips;          /* also of songs that are not listed */
    const char *clip_format; /* of those that are cut elsewhere, where there are none here */
    bool retry_quarantine, rehash, json;
    bool single_file, zip; /* also as one page, as one archive */
    bool anonymous;        /* without names */
    unsigned survival;     /* destinations beside those of the job: model/survival.h */
    bool shared_state;     /* a group may write the state */
    double wait_lock_s;
    enum hs_severity fail_on;     /* of new or worse findings; HS_NO_FAULT: off */
    enum hs_severity fail_on_any; /* of all findings */
    const struct hs_log *log;
    const volatile sig_atomic_t *stop;
};

/* Errors are logged here; the exit code is one of run/exit.h. */
int hs_audit_run(const struct hs_audit_request *request);

#endif
