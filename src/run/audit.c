/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The job file is loaded, then report folder and store are opened under their locks.
 * 2. Every file is looked at. Where more of them are missing than `max_missing` allows, a disk is
 *    probably not mounted: exit 12, and the last report stays.
 * 3. A fingerprint of inputs, job file and program is compared with that of the run whose report
 *    stands. Where it is the same, only a digest is written.
 * 4. Gathering turns files into rows of the store. Afterwards the fingerprint is taken again,
 *    because hashes may show that only time stamps had changed.
 * 5. Judging reads the rows; what could not be found out is said and makes exit code 3.
 * 6. hs_finish writes and publishes the report, and the notice is sent after the locks are
 *    released.
 * 7. Where the structure of the store turns out to be damaged, all is closed, the store is
 *    mended, and steps 1 to 6 are done once more.
 */
#include "run/audit.h"

#include "job/job.h"
#include "run/exit.h"
#include "run/fingerprint.h"
#include "run/finish.h"
#include "run/gather.h"
#include "run/gather_couples.h"
#include "run/gather_hash.h"
#include "run/gather_separate.h"
#include "run/incomplete.h"
#include "run/judging.h"
#include "run/load_job.h"
#include "run/notice.h"
#include "run/results.h"
#include "run/state.h"
#include "run/unchanged.h"
#include "store/check.h"

#include <string.h>
#include <time.h>

/* All that one audit holds; one exit through close_down. */
struct session {
    const struct hs_audit_request *request;
    struct hs_audit audit;
    struct hs_job *job;
    struct hs_state state;
    struct hs_gather gather;
    struct hs_results results;
    uint64_t program; /* version of everything that judges */
    uint64_t references;
    struct hs_separator separator;
    struct hs_run run; /* whose notice may be due */
    struct timespec start;
    struct hs_error err;
};

/* Opens report folder and store under their locks; `mend`: the store's structure is damaged. */
static enum hs_status open_state(struct session *s, double wait_lock_s, bool mend)
{
    const struct hs_audit_request *q = s->request;
    const struct hs_state_request wanted = {.job = s->job,
                                            .out = q->out,
                                            .store = q->store,
                                            .shared = q->shared_state,
                                            .publishes = true,
                                            .mend = mend,
                                            .wait_lock_s = wait_lock_s,
                                            .stop = q->stop,
                                            .log = q->log};
    return hs_state_open(&s->state, &wanted, &s->err);
}

/* All that a report depends on, for comparing this run with the last. */
static struct hs_fingerprint_of fingerprint_of(const struct session *s)
{
    return (struct hs_fingerprint_of){.program = s->program,
                                      .job = s->job,
                                      .clips = s->request->clips,
                                      .all_clips = s->request->all_clips,
                                      .single_file = s->request->single_file,
                                      .zip = s->request->zip,
                                      .anonymous = s->request->anonymous,
                                      .survival = s->request->survival,
                                      .gather = &s->gather};
}

/* True where everything stands as it did in the last run, whose report is there. */
static bool nothing_changed(struct session *s)
{
    const struct hs_publish *p = &s->state.publish;
    const struct hs_fingerprint_of of = fingerprint_of(s);
    struct hs_run *last = &s->run;
    uint64_t now[2];
    hs_fingerprint_take(&of, now);
    return hs_store_last_run(s->state.store, s->state.key, p->manifest.hash, &s->audit.arena,
                             last) &&
           !memcmp(last->fingerprint, now, sizeof now) &&
           !memcmp(last->report, p->manifest.hash, sizeof last->report) && hs_publish_stands(p);
}

/* Lists the files of the job and looks at each of them on disk. */
static void set_up_gather(struct session *s)
{
    s->gather = (struct hs_gather){
        .store = s->state.store,
        .log = s->request->log,
        .jobs = s->request->jobs,
        .stop = s->request->stop,
        .rehash = s->request->rehash,
        .survival = s->job->survival | s->request->survival,
    };
    hs_entries_of_job(&s->gather.entries, s->job);
    hs_gather_look(&s->gather);
}

/* The separator works in the state folder of the report; without `separate:` in the job there is
 * none. */
static enum hs_status set_up_separator(struct session *s)
{
    s->separator = (struct hs_separator){.what = s->job->separate,
                                         .folder = s->state.publish.state,
                                         .jobs = s->request->jobs,
                                         .log = s->request->log,
                                         .stop = s->request->stop};
    return hs_gather_set_separator(&s->gather, s->job, &s->separator, &s->err);
}

/* From the rows of the store alone. */
static enum hs_status judge(struct session *s)
{
    const struct hs_judging j = {.job = s->job,
                                 .gather = &s->gather,
                                 .store = s->state.store,
                                 .out = s->state.publish.out,
                                 .anonymous = s->request->anonymous,
                                 .log = s->request->log};
    enum hs_status status = hs_judging_do(&j, &s->results, &s->audit, &s->err);
    s->references = hs_fingerprint_references(s->job, &s->gather.entries);
    return status;
}

/* Whether so many files are missing that a disk is probably not mounted; sets the error. */
static bool cannot_be_told(struct session *s)
{
    double missing = hs_entries_missing(&s->gather.entries);
    if (missing <= s->job->max_missing)
        return false;
    hs_fail(&s->err, HS_E_MISSING,
            "%.0f %% of the audio files are not there (limit %.0f %%): is a disk not "
            "mounted? The last report is left alone; max_missing: in the job file "
            "sets the limit",
            100 * missing, 100 * s->job->max_missing);
    return true;
}

/* Rows that were whole when they were gathered and were not when they were read. */
static void note_damage(struct session *s, size_t damaged_before)
{
    if (hs_store_damaged(s->state.store) > damaged_before)
        hs_gather_unfinished(&s->gather, "the store", "was damaged while it was being read", false);
}

/* Rows that cannot be found may be there behind a damaged index, which reports no error. Then the
 * store is mended first, before a report says that their work is unfinished. */
static bool has_lost_rows(struct session *s)
{
    bool missed = false;
    for (size_t i = 0; i < s->gather.entries.n; i++)
        missed |= s->gather.entries.items[i].file.state == HS_FILE_UNFINISHED;
    for (size_t i = 0; i < s->job->n_tracks; i++)
        missed |= s->audit.tracks[i].unfinished;
    if (!missed || hs_store_is_sound(s->state.store))
        return false;
    hs_fail(&s->err, HS_E_FORMAT, "%s: damaged", s->state.store_path);
    return true;
}

/* Seconds by a clock that nobody sets. */
static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + 1e-9 * (double)(now.tv_nsec - start->tv_nsec);
}

static int unchanged(struct session *s)
{
    const struct hs_unchanged u = {.request = s->request,
                                   .job = s->job,
                                   .gather = &s->gather,
                                   .publish = &s->state.publish,
                                   .last = &s->run};
    return hs_unchanged_end(&u, &s->err);
}

/* One audit from opening the state to the published report; the steps are those of the head. */
static int audit_all(struct session *s, bool mend)
{
    const struct hs_audit_request *q = s->request;
    if (open_state(s, q->wait_lock_s, mend) != HS_OK)
        return hs_exit_of(s->err.status);
    if (q->retry_quarantine && hs_store_drop(s->state.store, HS_RESULT_BLAME, &s->err) != HS_OK)
        return hs_exit_of(s->err.status);
    set_up_gather(s);
    if (cannot_be_told(s))
        return HS_EXIT_MISSING;
    if (set_up_separator(s) != HS_OK)
        return hs_exit_of(s->err.status);
    /* every file is known by its stamp: a night without news ends here, without a worker */
    if (!hs_gather_wants_hashes(&s->gather) && nothing_changed(s))
        return unchanged(s);
    s->gather.clips_follow = s->request->clips != NULL;
    s->gather.all_clips = s->request->all_clips;
    if (hs_gather_job(&s->gather, s->job, &s->err) != HS_OK)
        return hs_exit_of(s->err.status);
    if (cannot_be_told(s)) /* it went away meanwhile */
        return HS_EXIT_MISSING;
    if (nothing_changed(s)) {
        hs_incomplete_say_unfinished(&s->gather);
        return unchanged(s);
    }
    /* from here on the store is only read */
    size_t damaged = hs_store_damaged(s->state.store);
    if (judge(s) != HS_OK)
        return hs_exit_of(s->err.status);
    if (has_lost_rows(s))
        return HS_EXIT_FAILED;
    note_damage(s, damaged);
    int code = hs_incomplete_say(&s->gather, &s->audit);
    struct hs_finish f = {
        .request = q,
        .audit = &s->audit,
        .state = &s->state,
        .gather = &s->gather,
        .program = s->program,
        .references = s->references,
        .fingerprint = fingerprint_of(s),
        .exit_code = code,
        .seconds = seconds_since(&s->start),
        .run = &s->run,
    };
    return hs_finish(&f, &s->err) == HS_OK ? f.exit_code : hs_exit_of(s->err.status);
}

/* Writes down that the notice was sent, under the locks again. */
static void note_sent(struct session *s)
{
    enum { WAIT_S = 5 };
    struct hs_error err = {0};
    hs_error_clear(&s->err);
    s->run.notice = HS_NOTICE_SENT;
    if (open_state(s, WAIT_S, false) != HS_OK ||
        hs_store_mark_run(s->state.store, &s->run, &err) != HS_OK)
        hs_log_warn(s->request->log, "notify: sent, but it will be sent again: %s",
                    s->err.status ? s->err.msg : err.msg);
    hs_error_clear(&s->err);
}

/* Sends the notice that is due, now that others may work here. */
static int notify(struct session *s, int code)
{
    const struct hs_job *job = s->job;
    struct hs_error err = {0};
    struct hs_arena names = {0};
    if (s->run.notice != HS_NOTICE_DUE || !job->notify)
        return code;
    const struct hs_notice_order order = {.command = job->notify,
                                          .report = hs_arena_strdup(&names, s->state.publish.out),
                                          .limit_s = job->notify_limit,
                                          .log = s->request->log,
                                          .stop = s->request->stop};
    hs_state_close(&s->state);
    if (!job->trusted) {
        hs_log_warn(s->request->log,
                    "notify: the command was not run: %s belongs to another user, or others "
                    "may write it (chmod go-w)",
                    job->path);
    } else if (hs_notice_run(&order, &err) == HS_OK) {
        note_sent(s);
    } else {
        hs_log_warn(s->request->log, "%s; it is tried again in the next run", err.msg);
        code = err.status == HS_E_INTERRUPTED ? HS_EXIT_INTERRUPTED
               : code == HS_EXIT_OK           ? HS_EXIT_PARTIAL
                                              : code;
    }
    hs_arena_free(&names);
    return code;
}

/* All but the job, so that the audit may begin again. */
static void close_down(struct session *s)
{
    hs_state_close(&s->state);
    hs_gather_free(&s->gather);
    hs_results_free(&s->results);
    hs_arena_free(&s->audit.arena);
    s->gather = (struct hs_gather){0};
    s->results = (struct hs_results){0};
    s->audit = (struct hs_audit){0};
}

/* A store whose structure turns out to be damaged is mended, and the audit begins again. */
static int audit_and_mend(struct session *s)
{
    int code = audit_all(s, false);
    if (s->err.status != HS_E_FORMAT || !s->state.store || !hs_store_broken(s->state.store))
        return code;
    close_down(s);
    hs_error_clear(&s->err);
    return audit_all(s, true);
}

/* Rows whose checksum did not hold were dropped and are measured again, which a person should know.
 */
static void say_damage(const struct session *s)
{
    size_t n = s->state.store ? hs_store_damaged(s->state.store) : 0;
    if (n)
        hs_log_warn(s->request->log,
                    "%zu rows of the store were damaged; what they held is measured again", n);
}

/* The whole audit. Errors are said here, and the exit code allows for signals. */
int hs_audit_run(const struct hs_audit_request *request)
{
    struct session s = {.request = request};
    int code = HS_EXIT_USAGE;
    clock_gettime(CLOCK_MONOTONIC, &s.start);
    s.job = hs_run_load_job(request->job_path, request->log, &code);
    if (!s.job)
        return code;
    s.program = hs_fingerprint_program();
    code = audit_and_mend(&s);
    say_damage(&s);
    if (s.err.status != HS_OK)
        hs_log_error(request->log, "%s", s.err.msg);
    else
        code = notify(&s, code);
    close_down(&s);
    hs_job_free(s.job);
    return hs_exit_interrupted(code, request->stop);
}
