/* SPDX-License-Identifier: Apache-2.0 */
#include "run/audit.h"

#include "catalogue/catalogue.h"
#include "core/alloc.h"
#include "core/fs.h"
#include "core/lock.h"
#include "job/job.h"
#include "judge/judge.h"
#include "measure/measure.h"
#include "pair/pack.h"
#include "run/digest.h"
#include "run/finish.h"
#include "run/gather.h"
#include "run/publish.h"
#include "run/results.h"
#include "run/updates.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <xxhash.h>

static const uint64_t no_key[2];

/* All that one audit holds; one exit through close_down. */
struct session {
    const struct hs_audit_request *request;
    struct hs_audit audit;
    struct hs_job *job;
    struct hs_publish publish;
    struct hs_store *store;
    struct hs_gather gather;
    struct hs_results results;
    int lock;
    uint64_t program; /* version of everything that judges */
    uint64_t yardstick;
    uint64_t fingerprint[2];
    struct timespec start;
    struct hs_error err;
};

int hs_exit_of(enum hs_status status)
{
    switch (status) {
    case HS_OK:
        return HS_EXIT_OK;
    case HS_E_USAGE:
        return HS_EXIT_USAGE;
    case HS_E_LOCKED:
        return HS_EXIT_LOCKED;
    case HS_E_INTERRUPTED:
        return HS_EXIT_INTERRUPTED;
    default:
        return HS_EXIT_FAILED;
    }
}

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
    hs_buf_free(&messages);
    hs_free(rules);
    return job;
}

/* The bytes of the running program stand for every table and formula in it. */
static uint64_t program_version(void)
{
    struct hs_buf exe = {0};
    uint64_t version = 0;
    if (hs_fs_read("/proc/self/exe", (size_t)1 << 30, &exe, NULL) == HS_OK)
        version = XXH3_64bits(exe.data, exe.len);
    hs_buf_free(&exe);
    return version ^ hs_measure_version() ^ hs_pair_version();
}

static enum hs_status open_state(struct session *s)
{
    const struct hs_audit_request *q = s->request;
    struct hs_arena *a = &s->publish.arena;
    const char *out = q->out ? q->out : hs_path_join(&s->job->arena, "reports", s->job->name);
    enum hs_status status = hs_publish_prepare(&s->publish, out, &s->err);
    const char *state = q->store ? q->store : s->publish.state;
    if (status == HS_OK && q->store)
        status = hs_fs_mkdirs(q->store, &s->err);
    if (status == HS_OK)
        status = hs_lock_take(hs_path_join(a, state, "lock"), q->wait_lock_s, q->stop, &s->lock,
                              &s->err);
    if (status == HS_OK)
        status = hs_store_open(&s->store, hs_path_join(a, state, "store.sqlite"), &s->err);
    if (status == HS_OK && q->retry_quarantine)
        status = hs_store_drop(s->store, HS_RESULT_BLAME, &s->err);
    return status;
}

static void update_hash(XXH3_state_t *h, const void *p, size_t n)
{
    XXH3_128bits_update(h, p, n);
}

/* One number over all that the report is made from, the music by its hashes. */
static enum hs_status take_fingerprint(struct session *s)
{
    struct hs_buf job = {0};
    enum hs_status status = hs_fs_read(s->request->job_path, 64 << 20, &job, &s->err);
    XXH3_state_t *h = XXH3_createState();
    if (status == HS_OK && !h)
        status = hs_fail(&s->err, HS_E_LIMIT, "out of memory");
    if (status != HS_OK)
        goto out;
    XXH3_128bits_reset(h);
    update_hash(h, &s->program, sizeof s->program);
    const char *clips = s->request->clips ? s->request->clips : "none";
    update_hash(h, clips, strlen(clips) + 1);
    update_hash(h, job.data, job.len);
    for (size_t i = 0; i < s->gather.entries.n; i++) {
        const struct hs_entry *e = &s->gather.entries.items[i];
        unsigned char there = e->file.state == HS_FILE_OK;
        update_hash(h, e->file.source->path, strlen(e->file.source->path) + 1);
        update_hash(h, &there, 1);
        update_hash(h, e->file.hash, sizeof e->file.hash);
    }
    XXH128_hash_t x = XXH3_128bits_digest(h);
    s->fingerprint[0] = x.low64;
    s->fingerprint[1] = x.high64;
out:
    XXH3_freeState(h);
    hs_buf_free(&job);
    return status;
}

/* The references' hashes and the rules' settings: what verdicts are held against. */
static uint64_t yardstick_version(const struct session *s)
{
    uint64_t sum = XXH3_64bits(s->job->profile, strlen(s->job->profile));
    const struct hs_source *lists[] = {s->job->references, s->job->mix_references};
    const size_t counts[] = {s->job->n_references, s->job->n_mix_references};
    for (int k = 0; k < 2; k++)
        for (size_t i = 0; i < counts[k]; i++) {
            size_t at = hs_entries_find(&s->gather.entries, &lists[k][i]);
            const struct hs_file *f = &s->gather.entries.items[at].file;
            sum = XXH3_64bits_withSeed(f->hash, sizeof f->hash, sum + (uint64_t)k);
        }
    return sum;
}

/* True where everything stands as it did in the last run, whose report is there. */
static bool nothing_changed(struct session *s, int *exit_code)
{
    struct hs_run last;
    if (hs_gather_wants_hashes(&s->gather) || take_fingerprint(s) != HS_OK ||
        !hs_store_last_run(s->store, no_key, no_key, &s->audit.arena, &last))
        return false;
    *exit_code = last.exit_code;
    return !memcmp(last.fingerprint, s->fingerprint, sizeof s->fingerprint) &&
           hs_publish_exists(&s->publish);
}

static void set_up_gather(struct session *s)
{
    s->gather = (struct hs_gather){
        .store = s->store,
        .log = s->request->log,
        .jobs = s->request->jobs,
        .stop = s->request->stop,
    };
    hs_entries_of_job(&s->gather.entries, s->job);
    hs_gather_look(&s->gather);
}

/* From the rows of the store alone. */
static enum hs_status judge(struct session *s)
{
    s->audit.job = s->job;
    s->results = (struct hs_results){.store = s->store, .arena = &s->audit.arena};
    hs_results_files(&s->results, &s->gather.entries);
    hs_results_tracks(&s->results, &s->gather.entries, &s->audit);
    enum hs_status status = take_fingerprint(s);
    if (status != HS_OK)
        return status;
    s->yardstick = yardstick_version(s);
    hs_judge_audit(&s->audit);
    struct hs_verification *updates;
    size_t n;
    status =
        hs_updates_verify(&s->results, &s->audit, NULL, s->request->log, &updates, &n, &s->err);
    if (status == HS_OK)
        hs_catalogue_analyse(&s->audit);
    return status;
}

/* Missing and unreadable files and ambiguous pairs: said aloud, and exit code 3. */
static int say_troubles(const struct session *s)
{
    int code = HS_EXIT_OK;
    for (size_t i = 0; i < s->gather.entries.n; i++) {
        const struct hs_file *f = &s->gather.entries.items[i].file;
        if (f->state == HS_FILE_OK)
            continue;
        hs_log_warn(s->request->log, "%s: %s: %s", f->source->path, hs_file_state_name(f->state),
                    f->error);
        code = HS_EXIT_PARTIAL;
    }
    for (size_t i = 0; i < s->job->n_tracks; i++) {
        const struct hs_track_result *t = &s->audit.tracks[i];
        if (t->pair.state != HS_PAIR_CANNOT_SAY)
            continue;
        hs_log_warn(s->request->log, "%s: cannot say whether the mix belongs to it: %s",
                    t->track->title, t->pair.why ? t->pair.why : "ambiguous");
        code = HS_EXIT_PARTIAL;
    }
    return code;
}

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + 1e-9 * (double)(now.tv_nsec - start->tv_nsec);
}

static int interrupted_code(const struct hs_audit_request *q, int code)
{
    /* the handler counts SIGTERM as 16 and more */
    return code == HS_EXIT_INTERRUPTED && *q->stop >= 16 ? HS_EXIT_TERMINATED : code;
}

/* The night in which nothing moved: nothing is recomputed or rewritten. */
static int unchanged(struct session *s, int code)
{
    if (s->request->fail_on_any != HS_NO_FAULT) {
        struct hs_run last;
        hs_store_last_run(s->store, no_key, no_key, &s->audit.arena, &last);
        for (size_t i = 0; i < last.n_tracks; i++)
            for (size_t k = 0; k < last.tracks[i].n_findings; k++)
                if (last.tracks[i].findings[k].severity >= (int)s->request->fail_on_any)
                    code = HS_EXIT_GATE;
    }
    hs_log_info(s->request->log, "nothing has changed since the last run; the report stands: %s",
                s->publish.out);
    return code;
}

static int audit_all(struct session *s)
{
    int last_code = 0;
    const struct hs_audit_request *q = s->request;
    if (open_state(s) != HS_OK)
        return hs_exit_of(s->err.status);
    set_up_gather(s);
    double missing = hs_gather_missing(&s->gather);
    if (missing > s->job->max_missing) {
        hs_fail(&s->err, HS_E_MISSING,
                "%.0f %% of the audio files are not there (limit %.0f %%): is a disk not "
                "mounted? The last report is left alone; max_missing: in the job file "
                "sets the limit",
                100 * missing, 100 * s->job->max_missing);
        return HS_EXIT_MISSING;
    }
    if (nothing_changed(s, &last_code))
        return unchanged(s, last_code);
    if (hs_gather_job(&s->gather, s->job, &s->err) != HS_OK || judge(s) != HS_OK)
        return hs_exit_of(s->err.status);
    int code = say_troubles(s);
    struct hs_finish f = {
        .request = q,
        .audit = &s->audit,
        .publish = &s->publish,
        .store = s->store,
        .gather = &s->gather,
        .program = s->program,
        .yardstick = s->yardstick,
        .fingerprint = {s->fingerprint[0], s->fingerprint[1]},
        .exit_code = code,
        .seconds = seconds_since(&s->start),
    };
    return hs_finish(&f, &s->err) == HS_OK ? f.exit_code : hs_exit_of(s->err.status);
}

static void close_down(struct session *s)
{
    hs_store_close(s->store);
    if (s->lock >= 0)
        close(s->lock);
    hs_publish_free(&s->publish);
    hs_gather_free(&s->gather);
    hs_results_free(&s->results);
    hs_arena_free(&s->audit.arena);
    hs_job_free(s->job);
}

int hs_audit_run(const struct hs_audit_request *request)
{
    struct session s = {.request = request, .lock = -1};
    int code = HS_EXIT_USAGE;
    clock_gettime(CLOCK_MONOTONIC, &s.start);
    s.job = hs_run_load_job(request->job_path, request->log, &code);
    if (!s.job)
        return code;
    s.program = program_version();
    code = audit_all(&s);
    if (s.err.status != HS_OK)
        hs_log_error(request->log, "%s", s.err.msg);
    close_down(&s);
    return interrupted_code(request, code);
}
