/* SPDX-License-Identifier: Apache-2.0 */
/* `hindsight split JOB -n N -o RUN`: an audit cut into shards for a cluster. */
#include "cli/options.h"
#include "job/job.h"
#include "pool/signals.h"
#include "run/exit.h"
#include "run/load_job.h"
#include "shards/split.h"

/* Only plans: measuring is done by `work`. */
int hs_cmd_split(const struct hs_options *o, const struct hs_log *log)
{
    struct hs_error err = {0};
    int code = HS_EXIT_USAGE;
    if (!o->out || !o->n_shards) {
        hs_log_error(log, "split: found no %s, expected -n SHARDS -o RUN", o->out ? "-n" : "-o");
        return code;
    }
    struct hs_job *job = hs_run_load_job(o->operands[0], log, &code);
    if (!job)
        return code;
    const struct hs_split_request wanted = {.job = job,
                                            .run = o->out,
                                            .shared = o->shared_state,
                                            .n_shards = (size_t)o->n_shards,
                                            .jobs = o->jobs,
                                            .log = log,
                                            .stop = hs_signals_watch()};
    enum hs_status status = hs_split(&wanted, &err);
    if (status != HS_OK)
        hs_log_error(log, "%s", err.msg);
    hs_job_free(job);
    return status == HS_E_MISSING ? HS_EXIT_MISSING : hs_exit_of(status);
}
