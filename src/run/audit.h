/* SPDX-License-Identifier: Apache-2.0 */
/* The main job from job file to published report. Returns the exit code of the spec. */
#ifndef HS_RUN_AUDIT_H
#define HS_RUN_AUDIT_H

#include "core/log.h"
#include "model/audit.h"

#include <signal.h>
#include <stdbool.h>

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

int hs_audit_run(const struct hs_audit_request *request);

/* Loads a job and says its errors; NULL and *exit_code when it cannot be used. */
struct hs_job *hs_run_load_job(const char *path, const struct hs_log *log, int *exit_code);
/* The exit code that belongs to a failure. */
int hs_exit_of(enum hs_status status);
/* The same code, or 143 where the interruption was SIGTERM (pool/signals.h). */
int hs_exit_interrupted(int code, const volatile sig_atomic_t *stop);

#endif
