/* SPDX-License-Identifier: Apache-2.0 */
#include "run/finish.h"

#include "core/fs.h"
#include "media/library.h"
#include "report/json.h"
#include "report/report.h"
#include "run/clip_format.h"
#include "run/clips.h"
#include "run/digest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const uint64_t no_key[2];

static enum hs_status put(struct hs_finish *f, const char *name, const struct hs_buf *b,
                          struct hs_error *err)
{
    return hs_fs_write(hs_path_join(&f->publish->arena, f->publish->build, name), b->data, b->len,
                       err);
}

/* Clock, host, threads, durations: what must not stand in audit.json. */
static void run_json(const struct hs_finish *f, struct hs_buf *out)
{
    char host[256] = "", when[32];
    time_t now = time(NULL);
    struct tm utc;
    gethostname(host, sizeof host - 1);
    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
    hs_buf_printf(out, "{\"format\":\"hindsight-run/1\",\"finished\":\"%s\",\"host\":", when);
    hs_json_quote(out, host);
    hs_buf_printf(out, ",\"version\":\"%s\",\"libraries\":", HS_VERSION);
    hs_json_quote(out, hs_media_versions());
    hs_buf_printf(out,
                  ",\"threads\":%d,\"seconds\":%.3f,\"audio_hours\":%.4f,"
                  "\"files\":%zu,\"measured\":%zu,\"from_store\":%zu,\"compared\":%zu,"
                  "\"exit_code\":%d}\n",
                  f->request->jobs, f->seconds, f->gather->audio_s / 3600, f->gather->entries.n,
                  f->gather->n_measured, f->gather->n_known, f->gather->n_paired, f->exit_code);
}

static void gates(struct hs_finish *f, const struct hs_digest *d, const struct hs_run *now)
{
    const struct hs_audit_request *q = f->request;
    bool reached = q->fail_on != HS_NO_FAULT && hs_digest_worst(d) >= q->fail_on;
    for (size_t i = 0; q->fail_on_any != HS_NO_FAULT && i < now->n_tracks; i++)
        for (size_t k = 0; k < now->tracks[i].n_findings; k++)
            if (now->tracks[i].findings[k].severity >= (int)q->fail_on_any)
                reached = true;
    if (reached)
        f->exit_code = HS_EXIT_GATE;
}

/* The command of `notify:` gets the folder and the digest files as arguments. */
static void notify(struct hs_finish *f)
{
    struct hs_arena *a = &f->publish->arena;
    const char *command = f->audit->job->notify;
    if (!command)
        return;
    setenv("HINDSIGHT_REPORT", f->publish->out, 1);
    setenv("HINDSIGHT_DIGEST", hs_path_join(a, f->publish->out, "digest.txt"), 1);
    setenv("HINDSIGHT_DIGEST_JSON", hs_path_join(a, f->publish->out, "digest.json"), 1);
    int status = system(command); /* the owner of the job file says what to run */
    if (status)
        hs_log_warn(f->request->log, "notify: the command ended with %d",
                    WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

/* Into the folder of the coming report; what cannot be made is left out of its pages. */
static enum hs_status make_clips(struct hs_finish *f, struct hs_clips *clips, struct hs_error *err)
{
    const struct hs_audit_request *q = f->request;
    struct hs_arena *a = &f->audit->arena;
    if (!q->clips)
        return HS_OK;
    const struct hs_clip_format *format = hs_clip_format_find(q->clips);
    clips->extension = format->extension;
    hs_clips_plan(f->audit, a, clips);
    struct hs_clips_where where = {.dir = hs_path_join(a, f->publish->build, "clips"),
                                   .before = hs_path_join(a, f->publish->out, "clips"),
                                   .format = format};
    return hs_run_clips(f->gather, f->audit, clips, &where, a, err);
}

static enum hs_status write_all(struct hs_finish *f, const struct hs_digest *d,
                                struct hs_error *err)
{
    struct hs_buf text = {0}, json = {0}, run = {0};
    struct hs_clips clips = {0};
    hs_digest_text(d, f->audit, &text);
    hs_digest_json(d, &json);
    run_json(f, &run);
    enum hs_status status = make_clips(f, &clips, err);
    struct hs_report_options options = {
        .dir = f->publish->build,
        .digest_text = d->first ? NULL : text.data,
        .previous_dir = f->publish->out,
        .clips_dir = f->request->clips ? "clips" : NULL,
        .clips = &clips,
    };
    if (status == HS_OK)
        status = put(f, "digest.json", &json, err);
    if (!f->request->json) /* a large one on a first run */
        hs_buf_free(&json);
    if (status == HS_OK)
        status = hs_report_write(f->audit, &options, err);
    if (status == HS_OK)
        status = put(f, "digest.txt", &text, err);
    if (status == HS_OK)
        status = put(f, "run.json", &run, err);
    if (status == HS_OK && f->request->json)
        fwrite(json.data, 1, json.len, stdout);
    hs_buf_free(&text);
    hs_buf_free(&json);
    hs_buf_free(&run);
    return status;
}

enum hs_status hs_finish(struct hs_finish *f, struct hs_error *err)
{
    struct hs_run before = {0}, now = {0};
    struct hs_digest digest;
    struct hs_arena *a = &f->audit->arena;
    int plain_code = f->exit_code;
    hs_store_last_run(f->store, no_key, no_key, a, &before);
    hs_run_of_audit(f->audit, &before, a, &now);
    now.program = f->program;
    now.yardstick = f->yardstick;
    hs_digest_make(&before, &now, a, &digest);
    gates(f, &digest, &now);
    enum hs_status status = hs_publish_begin(f->publish, err);
    if (status == HS_OK)
        status = write_all(f, &digest, err);
    if (status == HS_OK)
        status = hs_publish_commit(f->publish, err);
    now.fingerprint[0] = f->fingerprint[0];
    now.fingerprint[1] = f->fingerprint[1];
    now.exit_code = plain_code;
    if (status == HS_OK)
        status = hs_store_put_run(f->store, &now, err);
    if (status != HS_OK)
        return status;
    hs_log_info(f->request->log, "%zu tracks, %zu findings: %s/index.html", digest.n_tracks,
                digest.n_findings, f->publish->out);
    if (!hs_digest_quiet(&digest))
        notify(f);
    return HS_OK;
}
