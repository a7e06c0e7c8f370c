/* SPDX-License-Identifier: Apache-2.0 */
/* `hindsight init [-o JOB] DIR...`: a job file from folders; an edited one is added to.
 */
#include "cli/options.h"
#include "cli/print.h"
#include "core/alloc.h"
#include "core/fs.h"
#include "core/print.h"
#include "init/add.h"
#include "init/artists.h"
#include "init/match.h"
#include "init/parts.h"
#include "init/scan.h"
#include "init/stems.h"
#include "init/write.h"
#include "init/write_json.h"
#include "job/job.h"
#include "job/merge.h"
#include "job/slug.h"
#include "pool/signals.h"
#include "run/exit.h"
#include "run/listen.h"
#include "run/load_job.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* All steps up to the pairs; listening comes only where names and tags leave a doubt. */
static enum hs_status look(struct hs_archive *in, const struct hs_options *o, struct hs_error *err)
{
    enum hs_status status = HS_OK;
    for (size_t i = 0; i < o->n_operands && status == HS_OK; i++)
        status = hs_init_scan(in, o->operands[i], err);
    if (status != HS_OK)
        return status;
    /* tags and lengths of every file that was found */
    status = hs_init_probe(in, err);
    if (status != HS_OK)
        return status;
    if (!in->n_takes)
        return hs_fail(err, HS_E_FAILED, "found no audio in %s", o->operands[0]);
    /* masters, mixes and stems; the callbacks listen where names do not tell */
    status = hs_init_parts(in, hs_listen_loudness, hs_listen_copies, err);
    if (status == HS_OK)
        hs_init_match(in);
    if (status == HS_OK)
        status = hs_listen_pairs(in, err);
    if (status == HS_OK) {
        hs_init_stems(in);
        hs_archive_settle(in);
    }
    return status;
}

/* `audio:` of a new file: nothing where the archive is the job's own folder. */
static const char *audio_of(struct hs_archive *in, const char *out)
{
    struct hs_arena *a = in->arena;
    char *here = getcwd(NULL, 0);
    const char *folder = out ? hs_path_dir(a, out) : NULL;
    if (folder && folder[0] != '/' && here)
        folder = strcmp(folder, ".") ? hs_path_join(a, here, folder) : hs_arena_strdup(a, here);
    free(here);
    size_t n = folder ? strlen(folder) : 0;
    if (folder && !strcmp(folder, in->base))
        return NULL;
    if (folder && !strncmp(folder, in->base, n) && in->base[n] == '/')
        return in->base + n + 1;
    return in->base;
}

/* A file of its own, or standard output where no path is given. */
static enum hs_status write_new(struct hs_archive *in, const struct hs_options *o, const char *path,
                                struct hs_error *err)
{
    struct hs_buf text = {0};
    enum hs_status status = HS_OK;
    if (!in->n_guesses)
        return hs_fail(err, HS_E_FAILED, "found no master in %s", o->operands[0]);
    hs_init_put_yaml(in, audio_of(in, path), &text);
    if (path)
        status = hs_fs_write(path, text.data, text.len, err);
    else if (!o->json)
        status = hs_print(text.data, text.len, err);
    hs_buf_free(&text);
    return status;
}

/* The merged text is kept only when it loads and has every track that was there. */
static enum hs_status check_merged(const char *path, const struct hs_buf *text,
                                   const struct hs_job *before, struct hs_error *err)
{
    struct hs_buf messages = {0};
    struct hs_job *after = NULL;
    enum hs_status status =
        hs_job_parse(path, text->data, text->len, NULL, 0, &after, &messages, err);
    if (status == HS_OK && after->n_tracks < before->n_tracks)
        status = hs_fail(err, HS_E_FAILED, "%s: could not be added to", path);
    hs_job_free(after);
    hs_buf_free(&messages);
    return status;
}

/* Adds to a job file without changing a byte of what stands in it; what was merged is read
 * again before it is written. */
static enum hs_status merge(struct hs_archive *in, const char *path, const struct hs_job *job,
                            struct hs_error *err)
{
    enum { MOST_BYTES = 64 * 1024 * 1024 };
    struct hs_buf text = {0}, merged = {0};
    size_t n = 0, placed = 0;
    struct hs_addition *adds = NULL;
    enum hs_status status = hs_fs_read(path, MOST_BYTES, &text, err);
    if (status != HS_OK)
        goto out;
    /* paths are written as the job has them */
    in->base = job->audio_dir;
    in->artist = job->artist;
    adds = hs_init_additions(in, job, &text, &n);
    status = hs_job_merge(path, text.data, text.len, adds, n, &merged, err);
    for (size_t i = 0; i < n; i++)
        placed += adds[i].placed;
    if (placed < n)
        hs_log_warn(in->log, "%s: %zu additions have no place in it (written by aliases)", path,
                    n - placed);
    if (status == HS_OK && placed)
        status = check_merged(path, &merged, job, err);
    if (status == HS_OK && placed)
        status = hs_fs_write(path, merged.data, merged.len, err);
    if (status == HS_OK)
        hs_log_info(in->log, placed ? "%s: %zu additions" : "%s: nothing new", path, placed);
    hs_archive_settle(in);
out:
    hs_free(adds);
    hs_buf_free(&text);
    hs_buf_free(&merged);
    return status;
}

/* A new job file, or additions to the one that is there. */
static enum hs_status write_job(struct hs_archive *in, const struct hs_options *o, const char *path,
                                struct hs_error *err)
{
    int code = HS_EXIT_OK;
    if (!path || !hs_fs_exists(path))
        return write_new(in, o, path, err);
    struct hs_job *job = hs_run_load_job(path, in->log, &code);
    if (!job)
        return hs_fail(err, HS_E_USAGE, "%s: not a job file that could be added to", path);
    enum hs_status status = merge(in, path, job, err);
    hs_job_free(job);
    return status;
}

/* One job for each artist into the folder of -o. */
static enum hs_status write_by_artist(struct hs_archive *in, const struct hs_options *o,
                                      struct hs_error *err)
{
    size_t n;
    struct hs_arena *a = in->arena;
    struct hs_artist_group *groups = hs_init_artists(in, &n);
    struct hs_ids names = {0};
    enum hs_status status = hs_fs_mkdirs(o->out, err);
    for (size_t i = 0; i < n && status == HS_OK; i++) {
        struct hs_archive part = hs_init_artist_part(in, groups, n, i);
        const char *name = groups[i].artist ? groups[i].artist : "various";
        name = hs_ids_make(&names, a, hs_job_track_id(a, name, 0, ""));
        const char *path = hs_path_join(a, o->out, hs_arena_printf(a, "%s.yaml", name));
        status = write_job(&part, o, path, err);
        if (status == HS_OK)
            hs_log_info(in->log, "%s: %zu releases, %zu tracks", path, groups[i].n_releases,
                        groups[i].n_tracks);
    }
    hs_ids_free(&names);
    return status;
}

/* The whole archive as one job; where it is a label's, says so. */
static enum hs_status write_whole(struct hs_archive *in, const struct hs_options *o,
                                  struct hs_error *err)
{
    size_t n, named = 0;
    const struct hs_artist_group *groups = hs_init_artists(in, &n);
    for (size_t i = 0; i < n; i++)
        named += groups[i].artist != NULL;
    /* What most of it is by is the job's; the rest says so itself. */
    bool most = n && (named == 1 || 2 * groups[0].n_tracks > in->n_guesses);
    in->artist = most ? groups[0].artist : NULL;
    if (named > 1)
        hs_log_info(in->log,
                    "%zu artists, %s with most tracks; --by-artist -o FOLDER makes a job of each",
                    named, groups[0].artist);
    return write_job(in, o, o->out, err);
}

/* Says what came out; exit code 3 where a person should look. */
static int sum_up(const struct hs_archive *in)
{
    size_t paired = 0, ambiguous = 0, without = 0, unreadable = 0, untold = 0;
    for (size_t i = 0; i < in->n_guesses; i++) {
        const struct hs_guess *g = &in->guesses[i];
        paired += g->n_mixes && (!g->ambiguous || g->settled);
        without += !g->n_mixes;
        if (!g->ambiguous || g->settled)
            continue;
        ambiguous++;
        hs_log_warn(in->log, "ambiguous: %s: %s", g->master->path, g->why);
    }
    for (size_t i = 0; i < in->n_takes; i++) {
        unreadable += in->takes[i].error != NULL;
        untold += in->takes[i].untold != NULL;
        if (in->takes[i].untold)
            hs_log_warn(in->log, "ambiguous: %s: a mix, or a release of its own? (%s)",
                        in->takes[i].path, in->takes[i].untold);
        if (in->takes[i].error)
            hs_log_warn(in->log, "%s", in->takes[i].error);
    }
    hs_log_info(in->log, "%zu masters: %zu paired, %zu ambiguous, %zu without a mix", in->n_guesses,
                paired, ambiguous, without);
    if (ambiguous)
        hs_log_info(in->log, "exit code 3: %zu AMBIGUOUS in the job file; keep the right mix",
                    ambiguous);
    if (untold)
        hs_log_info(
            in->log,
            "exit code 3: %zu AMBIGUOUS files may be mixes or releases; write each as mix: or "
            "master: into the job file, or name their folder mixes or masters and begin anew",
            untold);
    if (unreadable)
        hs_log_info(in->log,
                    "exit code 3: %zu cannot be read and stand in no track, but at the end of the "
                    "job file; look for whole copies",
                    unreadable);
    return ambiguous || untold || unreadable ? HS_EXIT_PARTIAL : HS_EXIT_OK;
}

/* What was found and how it was paired, with the reason of each guess. */
static int print_json(struct hs_archive *in)
{
    struct hs_buf out = {0};
    hs_init_put_json(in, &out);
    return hs_cli_print(&out, in->log) ? HS_EXIT_OK : HS_EXIT_FAILED;
}

/* Writes a new job, or adds to one that is there; with --by-artist a folder of jobs. */
int hs_cmd_init(const struct hs_options *o, const struct hs_log *log)
{
    struct hs_arena arena = {0};
    struct hs_archive in = {
        .arena = &arena, .log = log, .jobs = o->jobs, .stop = hs_signals_watch()};
    struct hs_error err = {0};
    int code = HS_EXIT_OK;
    if (o->by_artist && !o->out) {
        hs_log_error(log, "found --by-artist without -o, expected -o FOLDER for the job files");
        return HS_EXIT_USAGE;
    }
    if (!o->by_artist && o->out && hs_fs_exists(o->out)) { /* its errors are said at once */
        struct hs_job *job = hs_run_load_job(o->out, log, &code);
        if (!job)
            return code;
        hs_job_free(job);
    }
    enum hs_status status = look(&in, o, &err);
    if (status == HS_OK)
        status = o->by_artist ? write_by_artist(&in, o, &err) : write_whole(&in, o, &err);
    if (status == HS_OK) {
        code = sum_up(&in);
        if (o->json && print_json(&in) != HS_EXIT_OK)
            code = HS_EXIT_FAILED;
    } else {
        hs_log_error(log, "%s", err.msg);
        code = hs_exit_of(status);
    }
    hs_free(in.takes);
    hs_arena_free(&arena);
    return code;
}
