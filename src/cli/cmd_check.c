/* SPDX-License-Identifier: Apache-2.0 */
/* `hindsight check JOB`: the plan of a job, what is missing, what is ambiguous. */
#include "cli/check_plan_put.h"
#include "cli/options.h"
#include "cli/print.h"
#include "job/job.h"
#include "run/exit.h"
#include "run/load_job.h"

/* Exit code 3 where a file is missing or ambiguous. */
int hs_cmd_check(const struct hs_options *o, const struct hs_log *log)
{
    struct hs_arena a = {0};
    struct hs_buf out = {0};
    struct hs_check_plan plan;
    int code = HS_EXIT_OK;
    struct hs_job *job = hs_run_load_job(o->operands[0], log, &code);
    if (!job)
        return code;
    hs_check_plan_make(&plan, job, &a);
    if (plan.n_missing || plan.n_ambiguous)
        code = HS_EXIT_PARTIAL;
    if (o->json)
        hs_check_plan_put_json(&plan, &out);
    else
        hs_check_plan_put_plain(&plan, o->quiet, &out);
    if (!hs_cli_print(&out, log))
        code = HS_EXIT_FAILED;
    hs_job_free(job);
    hs_arena_free(&a);
    return code;
}
