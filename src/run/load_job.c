/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The names of all rules go to the reader of the job file, which checks them. Problems are logged
 * one a line with their place in the file.
 */
#include "run/load_job.h"

#include "core/alloc.h"
#include "job/job.h"
#include "judge/rule.h"
#include "run/exit.h"

#include <string.h>

/* A job file that cannot be read is a mistake of the command line, so its exit code is 2. */
struct hs_job *hs_run_load_job(const char *path, const struct hs_log *log, int *exit_code)
{
    size_t n = hs_rule_count();
    const char **rules = HS_NEW_ARRAY(const char *, n + 1);
    struct hs_buf messages = {0};
    struct hs_error err = {0};
    struct hs_job *job = NULL;
    for (size_t i = 0; i < n; i++)
        rules[i] = hs_rule_at(i)->id;
    enum hs_status status = hs_job_load(path, rules, n, &job, &messages, &err);
    for (char *line = messages.data, *end; line && *line; line = end + 1) {
        end = strchr(line, '\n');
        if (!end)
            break;
        *end = '\0';
        hs_log_error(log, "%s", line);
    }
    if (status != HS_OK) {
        if (!messages.len)
            hs_log_error(log, "%s", err.msg);
        *exit_code =
            status == HS_E_MISSING || status == HS_E_IO ? HS_EXIT_USAGE : hs_exit_of(status);
        hs_job_free(job);
        job = NULL;
    }
    if (job && job->n_contradictions)
        hs_log_warn(log,
                    "%s: %zu finding%s both heard and not heard, the first is %s; of two "
                    "answers the last one counts",
                    job->answers_path ? job->answers_path : path, job->n_contradictions,
                    job->n_contradictions == 1 ? " is" : "s are", job->contradiction);
    if (job && job->n_said_elsewhere)
        hs_log_info(log, "%s: %zu answer%s of tracks that are not in the job %s left out",
                    job->answers_path, job->n_said_elsewhere, job->n_said_elsewhere == 1 ? "" : "s",
                    job->n_said_elsewhere == 1 ? "is" : "are");
    hs_buf_free(&messages);
    hs_free(rules);
    return job;
}
