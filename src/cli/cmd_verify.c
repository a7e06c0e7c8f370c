/* SPDX-License-Identifier: Apache-2.0 */
/* `hindsight verify JOB`: each update against the file that it replaces and its plan.
 */
#include "catalogue/verify.h"

#include "cli/options.h"
#include "cli/print.h"
#include "cli/verify_print.h"
#include "core/fs.h"
#include "job/job.h"
#include "judge/judge.h"
#include "pool/signals.h"
#include "report/update_clips.h"
#include "report/updates.h"
#include "run/exit.h"
#include "run/gather.h"
#include "run/gather_couples.h"
#include "run/load_job.h"
#include "run/results.h"
#include "run/state.h"
#include "run/update_clips.h"
#include "run/updates.h"

#include <stdio.h>

struct session {
    const struct hs_options *o;
    const struct hs_log *log;
    struct hs_job *job;
    struct hs_audit audit;
    struct hs_state state;
    struct hs_gather gather;
    struct hs_results results;
    struct hs_verification *updates;
    size_t n;
    struct hs_error err;
};

/* The store of the audit, under its lock: what it measured need not be measured again. */
static enum hs_status open_state(struct session *s)
{
    const struct hs_options *o = s->o;
    const struct hs_state_request wanted = {.job = s->job,
                                            .out = o->out,
                                            .store = o->store,
                                            .shared = o->shared_state,
                                            .wait_lock_s = o->wait_lock_s,
                                            .stop = hs_signals_watch(),
                                            .log = s->log};
    return hs_state_open(&s->state, &wanted, &s->err);
}

/* Old files, new files, and both as a pair; what the audit has measured is read from the store. */
static enum hs_status gather(struct session *s)
{
    s->gather = (struct hs_gather){
        .store = s->state.store, .log = s->log, .jobs = s->o->jobs, .stop = hs_signals_watch()};
    hs_entries_of_job(&s->gather.entries, s->job);
    hs_gather_look(&s->gather);
    return hs_gather_job(&s->gather, s->job, &s->err);
}

/* Judges old and new files, then holds the difference against the plans of the last report. */
static enum hs_status judge(struct session *s)
{
    const char *plans = hs_path_join(&s->audit.arena, s->state.publish.out, "plans");
    s->audit.job = s->job;
    s->results = (struct hs_results){.store = s->state.store, .arena = &s->audit.arena};
    hs_results_files(&s->results, &s->gather.entries);
    hs_results_tracks(&s->results, &s->gather.entries, &s->audit);
    hs_judge_audit(&s->audit);
    return hs_updates_verify(&s->results, &s->audit, plans, HS_BAD_PLAN_FAILS, s->log, &s->updates,
                             &s->n, &s->err);
}

/* The page, with before, after and what was planned to listen to. */
static enum hs_status write_page(struct session *s)
{
    const struct hs_options *o = s->o;
    const struct hs_clip_format *format = hs_clip_format_find(o->clip_format);
    const char *out = s->state.publish.out;
    struct hs_clips clips = {.extension = format->extension};
    enum hs_status status = HS_OK;
    if (!s->n)
        return HS_OK;
    if (!o->no_clips) {
        hs_clips_plan_updates(&s->audit, s->updates, s->n, &s->audit.arena, &clips);
        status = hs_run_update_clips(&s->gather, &s->audit, s->updates, s->n, &clips,
                                     hs_path_join(&s->audit.arena, out, HS_UPDATES_FOLDER), format,
                                     &s->audit.arena, &s->err);
    }
    if (status == HS_OK)
        status = hs_report_updates(&s->audit, s->updates, s->n, &clips, out, &s->err);
    if (status == HS_OK)
        hs_log_info(s->log, "the page: %s/verify.html", out);
    return status;
}

/* A step that failed makes the exit code 4, one that cannot be told 3; the first wins. */
static int print_all(const struct session *s)
{
    struct hs_buf out = {0};
    int code = HS_EXIT_OK;
    if (s->o->json)
        hs_verify_put_json(&s->audit, s->updates, s->n, &out);
    else
        hs_verify_put_text(&s->audit, s->updates, s->n, &out);
    for (size_t i = 0; i < s->n && code != HS_EXIT_GATE; i++) {
        if (s->updates[i].failed)
            code = HS_EXIT_GATE;
        else if (s->updates[i].why)
            code = HS_EXIT_PARTIAL;
    }
    if (!hs_cli_print(&out, s->log))
        code = HS_EXIT_FAILED;
    return code;
}

/* Also after a failure: every part takes being empty. */
static void close_down(struct session *s)
{
    hs_state_close(&s->state);
    hs_gather_free(&s->gather);
    hs_results_free(&s->results);
    hs_arena_free(&s->audit.arena);
    hs_job_free(s->job);
}

/* Updates are measured, compared with the old files and with their plans. */
int hs_cmd_verify(const struct hs_options *o, const struct hs_log *log)
{
    struct session s = {.o = o, .log = log};
    int code = HS_EXIT_USAGE;
    s.job = hs_run_load_job(o->operands[0], log, &code);
    if (!s.job)
        return code;
    enum hs_status status = open_state(&s);
    if (status == HS_OK)
        status = gather(&s);
    if (status == HS_OK)
        status = judge(&s);
    if (status == HS_OK)
        status = write_page(&s);
    code = hs_exit_of(status);
    if (status == HS_OK) {
        code = print_all(&s);
        if (!s.n)
            hs_log_info(log, "no track of the job has an `update:` to verify");
    } else {
        hs_log_error(log, "%s", s.err.msg);
    }
    close_down(&s);
    return code;
}
