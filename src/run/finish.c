/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The record of this run is made and compared with the last one whose report stands; that is
 *    the digest. The short list is compared with the one of the report that stands.
 * 2. --fail-on looks at new and worse findings, --fail-on-any at all of them; either sets exit
 *    code 4. A notice is due where something changed, or where the last one could not be sent.
 * 3. A short list that people wrote into and that cannot be read is kept beside the report.
 * 4. Clips, pages, digest and run.json are written into a new folder, the folder is sealed, the
 *    run recorded, and then the report switched. The switch is the last step that can fail.
 */
#include "run/finish.h"

#include "core/fs.h"
#include "media/library.h"
#include "report/anonymous.h"
#include "report/clips_plan.h"
#include "report/json.h"
#include "report/notes.h"
#include "report/report.h"
#include "run/clip_desk.h"
#include "run/clip_format.h"
#include "run/clips.h"
#include "run/digest.h"
#include "run/digest_list.h"
#include "run/digest_text.h"
#include "run/exit.h"
#include "run/sweep.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { NOTES_MOST = 1 << 30 };

/* A file of the report that is being built. */
static enum hs_status put(struct hs_finish *f, const char *name, const struct hs_buf *b,
                          struct hs_error *err)
{
    return hs_fs_write(hs_path_join(&f->state->publish.arena, f->state->publish.build, name),
                       b->data, b->len, err);
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

/* Exit code 4 where a finding reaches the severity that the command line named. */
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

/* A report without clips leaves orders for them where others cut them. */
static enum hs_status order_clips(struct hs_finish *f, const char *desk, struct hs_error *err)
{
    const struct hs_clip_format *format = hs_clip_format_find(f->request->clip_format);
    struct hs_clips clips = {.extension = format->extension, .all = f->request->all_clips};
    if (!desk)
        return HS_OK;
    hs_clips_plan(f->audit, &f->audit->arena, &clips);
    return hs_clip_desk_order(desk, f->gather, f->audit, &clips, format, err);
}

/* Into the folder of the coming report; what cannot be made is left out of its pages. */
static enum hs_status make_clips(struct hs_finish *f, struct hs_clips *clips, struct hs_error *err)
{
    const struct hs_audit_request *q = f->request;
    struct hs_arena *a = &f->audit->arena;
    const char *desk = hs_clip_desk_of(f->state, q->shared_state, a);
    if (!q->clips)
        return order_clips(f, desk, err);
    const struct hs_publish *p = &f->state->publish;
    const char *before = p->standing ? p->standing : p->build;
    const struct hs_clip_format *format = hs_clip_format_find(q->clips);
    clips->extension = format->extension;
    clips->all = q->all_clips;
    hs_clips_plan(f->audit, a, clips);
    struct hs_clips_where where = {.dir = hs_path_join(a, f->state->publish.build, "clips"),
                                   .before = hs_path_join(a, before, "clips"),
                                   .desk = desk,
                                   .format = format};
    enum hs_status status = hs_run_clips(f->gather, f->audit, clips, &where, a, err);
    hs_sweep_unfinished(p->build_fd, "clips");
    return status;
}

/* Now that clips are made, all is known that is unfinished. */
static void note_unfinished(struct hs_finish *f, struct hs_run *now)
{
    hs_gather_sort_unfinished(f->gather);
    if (!f->audit->anonymous) {
        f->audit->unfinished = f->gather->unfinished;
        f->audit->n_unfinished = f->gather->n_unfinished;
    }
    hs_fingerprint_take(&f->fingerprint, now->fingerprint);
    if (!f->gather->n_unfinished)
        return;
    now->exit_code = HS_EXIT_PARTIAL;
    f->exit_code = f->exit_code == HS_EXIT_OK ? HS_EXIT_PARTIAL : f->exit_code;
}

/* Everything that stands in the new folder: clips first, since they may leave unfinished work
 * that the digest tells of. An anonymous report has no digest. */
static enum hs_status write_all(struct hs_finish *f, const struct hs_digest *d, struct hs_run *now,
                                struct hs_error *err)
{
    struct hs_buf text = {0}, json = {0}, run = {0};
    struct hs_clips clips = {0};
    bool anonymous = f->request->anonymous;
    if (anonymous)
        hs_audit_anonymise(f->audit);
    enum hs_status status = make_clips(f, &clips, err);
    note_unfinished(f, now);
    hs_digest_text(d, f->audit, &text);
    hs_digest_json(d, f->audit->job, f->audit->n_unfinished, &json);
    run_json(f, &run);
    struct hs_report_options options = {
        .dir = f->state->publish.build,
        .digest_text = d->first ? NULL : text.data,
        .previous_dir = anonymous ? NULL : f->state->publish.out,
        .single_file = f->request->single_file,
        .zip = f->request->zip,
        .clips_dir = f->request->clips ? "clips" : NULL,
        .clips = &clips,
    };
    if (status == HS_OK && !anonymous)
        status = put(f, "digest.json", &json, err);
    if (status == HS_OK)
        status = hs_report_write(f->audit, &options, err);
    if (status == HS_OK && !anonymous)
        status = put(f, "digest.txt", &text, err);
    if (status == HS_OK)
        status = put(f, "run.json", &run, err);
    hs_buf_free(&text);
    hs_buf_free(&json);
    hs_buf_free(&run);
    return status;
}

/* What people wrote and a spreadsheet saved in a form that is none of a short list is kept
 * beside the report, since the new short list takes its place. */
static enum hs_status keep_unread_notes(struct hs_finish *f, struct hs_error *err)
{
    struct hs_arena *a = &f->audit->arena;
    struct hs_buf text = {0};
    const char *path = hs_path_join(a, f->state->publish.out, "shortlist.csv"), *kept;
    enum hs_status status = HS_OK;
    if (hs_fs_exists(path))
        status = hs_fs_read(path, NOTES_MOST, &text, err);
    if (status == HS_OK && text.len && !hs_notes_readable(text.data, text.len)) {
        kept = hs_arena_printf(a, "%s.orig", path);
        for (int i = 2; hs_fs_exists(kept); i++)
            kept = hs_arena_printf(a, "%s.orig.%d", path, i);
        status = hs_fs_write(kept, text.data, text.len, err);
        hs_log_warn(f->request->log,
                    "%s: this is no short list that can be read; it is kept as %s, and its "
                    "notes are not in the new one",
                    path, kept);
    }
    hs_buf_free(&text);
    return status;
}

/* Builds, records, switches: the last that can fail is the switch. */
static enum hs_status publish(struct hs_finish *f, const struct hs_digest *digest,
                              struct hs_run *now, struct hs_error *err)
{
    struct hs_publish *p = &f->state->publish;
    enum hs_status status = keep_unread_notes(f, err);
    if (status == HS_OK)
        status = hs_publish_begin(p, err);
    if (status == HS_OK)
        status = write_all(f, digest, now, err);
    if (status == HS_OK)
        status = hs_publish_seal(p, err);
    /* the run names its report by the hash of the manifest, so that they are recognised as
     * belonging together */
    memcpy(now->report, p->sealed.hash, sizeof now->report);
    if (status == HS_OK)
        status = hs_store_put_run(f->state->store, now, err);
    if (status == HS_OK)
        status = hs_publish_switch(p, err);
    now->published = status == HS_OK;
    return status == HS_OK ? hs_store_mark_run(f->state->store, now, err) : status;
}

/* The short list of the report that stands, with what people wrote into it. */
static void look_at_list(struct hs_finish *f, struct hs_digest *d)
{
    struct hs_arena *a = &f->audit->arena;
    struct hs_buf csv = {0};
    const char *path = hs_path_join(a, f->state->publish.out, "shortlist.csv");
    if (!d->first && hs_fs_exists(path) && hs_fs_read(path, NOTES_MOST, &csv, NULL) == HS_OK)
        hs_digest_list(d, f->audit, &csv, a);
    hs_buf_free(&csv);
}

enum hs_status hs_finish(struct hs_finish *f, struct hs_error *err)
{
    struct hs_run before = {0}, now = {0};
    struct hs_digest digest;
    struct hs_arena *a = &f->audit->arena;
    struct hs_state *state = f->state;
    hs_store_last_run(state->store, state->key, state->publish.manifest.hash, a, &before);
    hs_run_of_audit(f->audit, &before, a, &now);
    memcpy(now.key, state->key, sizeof now.key);
    now.program = f->program;
    now.references = f->references;
    now.exit_code = f->exit_code;
    /* what changed since the report that stands */
    hs_digest_make(&before, &now, a, &digest);
    look_at_list(f, &digest);
    /* a notice that could not be sent is due until it is */
    if (f->audit->job->notify && (!hs_digest_quiet(&digest) || before.notice == HS_NOTICE_DUE))
        now.notice = HS_NOTICE_DUE;
    gates(f, &digest, &now);
    enum hs_status status = publish(f, &digest, &now, err);
    if (status != HS_OK)
        return status;
    *f->run = now;
    hs_log_info(f->request->log, "%zu %s, %zu %s: %s/index.html", digest.n_tracks,
                digest.n_tracks == 1 ? "track" : "tracks", digest.n_findings,
                digest.n_findings == 1 ? "finding" : "findings", state->publish.out);
    return f->request->json ? hs_digest_print(&digest, f->audit->job, f->audit->n_unfinished, err)
                            : HS_OK;
}
