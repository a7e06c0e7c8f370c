/* SPDX-License-Identifier: Apache-2.0 */
/* `hindsight audit JOB`: hands the options to hs_audit_run (run/audit.h), which does the whole work
 * and gives the exit code. */
#include "cli/options.h"
#include "pool/signals.h"
#include "run/audit.h"

/* Options become a request; the exit code is that of the audit. */
int hs_cmd_audit(const struct hs_options *o, const struct hs_log *log)
{
    struct hs_audit_request request = {
        .job_path = o->operands[0],
        .out = o->out,
        .store = o->store,
        .jobs = o->jobs,
        .clips = o->no_clips ? NULL : o->clip_format,
        .clip_format = o->clip_format,
        .all_clips = o->which_clips != NULL,
        .retry_quarantine = o->retry_quarantine,
        .rehash = o->rehash,
        .single_file = o->single_file,
        .zip = o->zip,
        .anonymous = o->anonymous,
        .survival = o->survival,
        .shared_state = o->shared_state,
        .json = o->json,
        .wait_lock_s = o->wait_lock_s,
        .fail_on = o->fail_on,
        .fail_on_any = o->fail_on_any,
        .log = log,
        .stop = hs_signals_watch(),
    };
    return hs_audit_run(&request);
}
