/* SPDX-License-Identifier: Apache-2.0 */
/* `hindsight work RUN [SHARD]`: one shard of a run, on one node of a cluster. --clips: its share of
 * the clips. */
#include "cli/options.h"
#include "pool/signals.h"
#include "run/exit.h"
#include "shards/clips.h"
#include "shards/work.h"

/* Exit codes tell the queue what to do: 143 is put back, 3 has unfinished files. */
int hs_cmd_work(const struct hs_options *o, const struct hs_log *log)
{
    struct hs_error err = {0};
    size_t n_unfinished;
    const volatile sig_atomic_t *stop = hs_signals_watch();
    const struct hs_work_request wanted = {.run = o->operands[0],
                                           .shared = o->shared_state,
                                           .shard = o->n_operands > 1 ? o->operands[1] : NULL,
                                           .jobs = o->jobs,
                                           .log = log,
                                           .stop = stop};
    enum hs_status status = (o->clips ? hs_work_clips : hs_work)(&wanted, &n_unfinished, &err);
    if (status != HS_OK)
        hs_log_error(log, "%s", err.msg);
    if (status == HS_OK)
        return n_unfinished ? HS_EXIT_PARTIAL : HS_EXIT_OK;
    if (status == HS_E_MISSING)
        return HS_EXIT_MISSING;
    return hs_exit_interrupted(hs_exit_of(status), stop);
}
