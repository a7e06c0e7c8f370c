/* SPDX-License-Identifier: Apache-2.0 */
/* The end of an audit in which nothing has changed since the last run: its report stands, and only
 * the digest is written. */
#ifndef HS_RUN_UNCHANGED_H
#define HS_RUN_UNCHANGED_H

#include "run/audit.h"
#include "run/gather.h"
#include "run/publish.h"

struct hs_unchanged {
    const struct hs_audit_request *request;
    const struct hs_job *job;
    const struct hs_gather *gather; /* for what is still unfinished */
    const struct hs_publish *publish;
    const struct hs_run *last;
};

/* The exit code of the last run, or what the gates of this request make of its findings. Only
 * printing the digest can fail: then `err` is set. */
int hs_unchanged_end(const struct hs_unchanged *u, struct hs_error *err);

#endif
