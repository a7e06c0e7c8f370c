/* SPDX-License-Identifier: Apache-2.0 */
/* `hindsight check JOB`: the plan of a job, what is missing, what is ambiguous. */
#include "cli/check_plan_put.h"
#include "cli/options.h"
#include "cli/print.h"
#include "job/job.h"
#include "judge/words.h"
#include "run/exit.h"
#include "run/load_job.h"

/* Words of `intended` that stand for no rule take nothing out of the count: that is said. */
static void tell_unknown_intentions(const struct hs_job *job, const char *path,
                                    const struct hs_log *log)
{
    const char *first = NULL, *of = NULL;
    size_t n = 0;
    for (size_t i = 0; i < job->n_tracks; i++)
        for (size_t k = 0; k < job->tracks[i].n_intended; k++) {
            const char *words = job->tracks[i].intended[k];
            if (hs_judge_rule_of_words(words))
                continue;
            first = n++ ? first : words;
            of = of ? of : job->tracks[i].id;
        }
    if (n)
        hs_log_info(log,
                    "%s: %zu note%s of `intended` stand%s for no rule, the first is \"%s\" of %s; "
                    "hindsight explain \"words\" shows what is understood",
                    path, n, n == 1 ? "" : "s", n == 1 ? "s" : "", first, of);
}

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
    tell_unknown_intentions(job, o->operands[0], log);
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
