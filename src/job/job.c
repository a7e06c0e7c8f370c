/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The file is read with its owner, which decides whether commands in it are trusted.
 * 2. Its bytes are hashed for the fingerprint of a run, and parsed into a tree (job/tree.h).
 * 3. The schema walks over the tree and calls the reader of each key (job/schema.h, job/keys.c).
 *    Problems are collected, so that one pass reports all of them.
 * 4. Limits that were not given get their defaults, ids are made, releases and tracks put
 *    together.
 * 5. answers.yaml beside the job, or the file that it names, is laid over the tracks.
 */
#include "job/job.h"
#include "job/keys.h"

#include "core/alloc.h"
#include "core/fs.h"
#include "core/text.h"
#include "job/answers.h"
#include "job/ids.h"
#include "job/schema.h"
#include "job/tree_parse.h"
#include "model/survival.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

enum { MOST_BYTES = 64 * 1024 * 1024 };

/* The share of missing files that means "the disk is not mounted" rather than "some
 * files were lost", where the job says nothing. */
static const double MAX_MISSING = 0.5;

/* How long the command of `notify:` may take. */
static const double NOTIFY_LIMIT_S = 60;

/* The folder of the job file, from which relative paths are read. */
static const char *absolute_folder(struct hs_arena *a, const char *path)
{
    const char *dir = hs_path_dir(a, path);
    char *here = dir[0] == '/' ? NULL : getcwd(NULL, 0);
    if (here)
        dir = strcmp(dir, ".") ? hs_path_join(a, here, dir) : hs_arena_strdup(a, here);
    free(here);
    return dir;
}

/* "catalogue.yaml" -> "catalogue"; never a name that means a folder. */
static const char *name_of(struct hs_arena *a, const char *path)
{
    const char *base = hs_path_base(path);
    size_t n = strlen(base);
    if (hs_text_ends(base, ".yaml"))
        n -= 5;
    else if (hs_text_ends(base, ".yml"))
        n -= 4;
    const char *name = hs_arena_strndup(a, base, n);
    return *name && strcmp(name, ".") && strcmp(name, "..") ? name : "job";
}

/* With the defaults of all keys that have one. */
static struct hs_job *new_job(const char *path)
{
    struct hs_job *job = HS_NEW(struct hs_job);
    job->path = hs_arena_strdup(&job->arena, path);
    job->name = name_of(&job->arena, path);
    job->profile = "popular";
    job->budget_hours = NAN;
    job->max_missing = MAX_MISSING;
    job->notify_limit = NOTIFY_LIMIT_S;
    job->survival = HS_TO_DEFAULT;
    return job;
}

/* Titles are never NULL, ids are made, and tracks are moved into the arena of the job. */
static void settle(struct hs_load *l)
{
    struct hs_job *job = l->job;
    for (size_t i = 0; i < job->n_tracks; i++)
        if (!l->tracks[i].title)
            l->tracks[i].title = "";
    if (!l->problems->n)
        hs_ids_settle(l);
    job->releases = l->releases;
    job->tracks = hs_arena_copy(&job->arena, l->tracks, job->n_tracks * sizeof *l->tracks);
    hs_free(l->tracks);
    l->tracks = NULL;
}

/* A job without problems, or none: every problem goes into `messages` with its place. */
enum hs_status hs_job_parse(const char *path, const void *data, size_t n, const char *const *rules,
                            size_t n_rules, struct hs_job **out, struct hs_buf *messages,
                            struct hs_error *err)
{
    struct hs_arena scratch = {0};
    struct hs_problems problems = {.arena = &scratch, .file = path};
    struct hs_job *job = new_job(path);
    struct hs_load l = {.keys = hs_job_keys,
                        .n_keys = hs_n_job_keys,
                        .job = job,
                        .arena = &job->arena,
                        .problems = &problems,
                        .rules = rules,
                        .n_rules = n_rules,
                        .folder = absolute_folder(&job->arena, path),
                        .defaults.track.plays = NAN};
    job->audio_dir = l.folder;
    XXH128_hash_t bytes = XXH3_128bits(data, n);
    job->hash[0] = bytes.low64;
    job->hash[1] = bytes.high64;
    const struct hs_node *root = hs_tree_parse(&scratch, data, n, &problems);
    if (root)
        hs_schema_read(&l, root, HS_IN_JOB, job);
    settle(&l);
    size_t count = hs_problems_print(&problems, messages);
    hs_arena_free(&scratch);
    if (!count) {
        *out = job;
        return HS_OK;
    }
    hs_job_free(job);
    return hs_fail(err, HS_E_USAGE, "%s: %zu error%s in the job file", path, count,
                   count == 1 ? "" : "s");
}

/* Reads answers.yaml beside the job file, or the file that the job names, and lays it over the
 * tracks. Without one nothing is done. */
static enum hs_status lay_answers_over(struct hs_job *job, const char *const *rules, size_t n_rules,
                                       struct hs_buf *messages, struct hs_error *err)
{
    struct hs_arena scratch = {0};
    const char *path =
        job->answers_path
            ? job->answers_path
            : hs_path_join(&job->arena, absolute_folder(&scratch, job->path), "answers.yaml");
    struct hs_problems problems = {.arena = &scratch, .file = path};
    struct hs_load l = {.keys = hs_job_keys,
                        .n_keys = hs_n_job_keys,
                        .job = job,
                        .arena = &job->arena,
                        .problems = &problems,
                        .rules = rules,
                        .n_rules = n_rules};
    struct hs_buf text = {0};
    size_t count = 0;
    job->answers_path = hs_fs_exists(path) ? path : NULL;
    if (job->answers_path && hs_fs_read(path, MOST_BYTES, &text, NULL) != HS_OK)
        hs_problem_add(&problems, 0, 0, "found a file that cannot be read, expected answers");
    else if (text.len)
        hs_answers_read(&l, text.data, text.len, &job->said, &job->n_said, &job->n_said_elsewhere);
    count = hs_problems_print(&problems, messages);
    if (!count)
        hs_answers_apply(job, (struct hs_track *)job->tracks);
    hs_buf_free(&text);
    enum hs_status s = HS_OK;
    if (count)
        s = hs_fail(err, HS_E_USAGE, "%s: %zu error%s in the answers", path, count,
                    count == 1 ? "" : "s");
    hs_arena_free(&scratch);
    return s;
}

/* The job file and its answers. A file that others may write is loaded, but its commands are not
 * trusted. */
enum hs_status hs_job_load(const char *path, const char *const *rules, size_t n_rules,
                           struct hs_job **out, struct hs_buf *messages, struct hs_error *err)
{
    struct hs_buf text = {0};
    struct hs_error cause = {0};
    enum hs_status status;
    *out = NULL;
    bool own = false;
    if (hs_fs_read_owned(path, MOST_BYTES, &text, &own, &cause) == HS_OK) {
        status = hs_job_parse(path, text.data ? text.data : "", text.len, rules, n_rules, out,
                              messages, err);
        if (status == HS_OK) {
            (*out)->trusted = own;
            status = lay_answers_over(*out, rules, n_rules, messages, err);
        }
        if (status != HS_OK) {
            hs_job_free(*out);
            *out = NULL;
        }
    } else {
        hs_text_put_plain(messages, cause.msg);
        hs_buf_puts(messages, ", expected a job file\n");
        status = hs_fail(err, HS_E_USAGE, "%s", cause.msg);
    }
    hs_buf_free(&text);
    return status;
}

/* The arena lies in the job, so it is taken out before it is freed. */
void hs_job_free(struct hs_job *job)
{
    if (!job)
        return;
    struct hs_arena arena = job->arena;
    hs_arena_free(&arena);
    hs_free(job);
}
