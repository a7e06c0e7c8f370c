/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The command of the job is run only for a job file that nobody else could have written.
 * 2. The mix and the master of each track without stems, and the references of a job that has
 *    such tracks, are taken one after another: the separator uses all threads by itself.
 * 3. What the separator made is fitted in its file by a task of the worker, stored under the
 *    bytes of the file, the command and its version, and then removed.
 * 4. A failure of one file is unfinished work with its reason; the others go on.
 */
#include "run/gather_separate.h"

#include "run/gather_round.h"
#include "run/separator.h"
#include "run/stem_sets.h"
#include "run/task_stems.h"

#include <string.h>

/* The bytes of the file on both sides, then command and version of the separator: laid out like the
 * key of given stems. */
void hs_separated_key(const struct hs_file *file, const uint64_t separator[2],
                      uint64_t key[HS_SEPARATED_KEY])
{
    memcpy(key, file->hash, sizeof file->hash);
    memcpy(key + 2, file->hash, sizeof file->hash);
    memcpy(key + 4, separator, 2 * sizeof *separator);
}

/* One file that was taken apart, on its way to the worker. */
struct apart {
    const struct hs_entry *entry;
    const struct hs_separated *made;
};

/* The payload: the file as one side, and what the separator made as its stems. */
static void fill(struct hs_round *r, size_t task, struct hs_buf *payload)
{
    const struct apart *p = r->ctx;
    struct hs_gather *g = r->gather;
    const struct hs_separate *what = g->separator->what;
    struct hs_buf row = {0}, none = {0};
    uint32_t n = 0;
    (void)task;
    hs_store_find(g->store, HS_RESULT_FILE, p->entry->file.hash, sizeof p->entry->file.hash,
                  hs_result_file_version(), &row);
    hs_ask_stems(payload, HS_STEM_SEPARATED);
    hs_ask_stems_side(payload, true);
    hs_ask_stems_file(payload, p->entry->file.source, &p->entry->stamp, p->entry->right, &row);
    hs_ask_stems_side(payload, false);
    for (size_t i = 0; i < what->n_outputs; i++)
        n += p->made->sources[i].path != NULL;
    hs_ask_stems_count(payload, n);
    for (size_t i = 0; i < what->n_outputs; i++) {
        if (!p->made->sources[i].path)
            continue;
        hs_ask_stems_stem(payload, what->outputs[i].role, (int)i);
        hs_ask_stems_file(payload, &p->made->sources[i], &p->made->stamps[i], NULL, &none);
    }
    hs_buf_free(&row);
}

/* What was fitted goes into the store under file, command and version. */
static void take(struct hs_round *r, size_t task, const struct hs_result *result)
{
    const struct apart *p = r->ctx;
    uint64_t key[HS_SEPARATED_KEY];
    hs_separated_key(&p->entry->file, r->gather->separator_key, key);
    if (result->outcome == HS_OUTCOME_OK)
        r->status =
            hs_round_keep(r, task, HS_RESULT_STEMS, key, sizeof key, hs_result_stems_version());
    else
        hs_gather_unfinished(r->gather, r->tasks[task].name,
                             result->why ? result->why : "what the separator made cannot be read",
                             false);
}

/* A round of one task: the next file is taken apart only when this one is done, because each needs
 * all threads and much disk. */
static enum hs_status fit(struct hs_gather *g, const struct apart *p, struct hs_error *err)
{
    struct hs_round r = hs_round_new(g, "fitting separated stems", &hs_task_kind_stems, 1, err);
    r.fill = fill;
    r.take = take;
    r.ctx = p;
    hs_round_add(&r, 0, p->entry->file.source->path, p->entry->audio_s, p->entry->audio_s);
    enum hs_status status = hs_round_run(&r);
    hs_round_free(&r);
    return status;
}

/* The row is there and whole. */
static bool is_known(struct hs_gather *g, const struct hs_entry *e)
{
    uint64_t key[HS_SEPARATED_KEY];
    struct hs_buf row = {0};
    struct hs_result result;
    hs_separated_key(&e->file, g->separator_key, key);
    bool known =
        hs_gather_find(g, HS_RESULT_STEMS, key, sizeof key, hs_result_stems_version(), &row) &&
        hs_result_take(row.data, row.len, &result);
    hs_buf_free(&row);
    return known;
}

/* Runs the separator on one file and fits what it made; a failure of it is unfinished work. */
static enum hs_status take_apart(struct hs_gather *g, const struct hs_source *source,
                                 struct hs_error *err)
{
    const struct hs_entry *e = hs_stem_entry(&g->entries, source);
    struct hs_arena a = {0};
    struct hs_separated made = {0};
    struct hs_error failed = {0};
    if (!e || e->file.state != HS_FILE_OK || is_known(g, e))
        return HS_OK;
    hs_log_info(g->log, "separate: %s", source->path);
    enum hs_status status = hs_separator_run(g->separator, e->file.source, &a, &made, &failed);
    if (status == HS_E_INTERRUPTED) {
        hs_fail(err, status, "%s", failed.msg);
    } else if (status != HS_OK) {
        hs_gather_unfinished(g, source->path, failed.msg, false);
        status = HS_OK;
    } else {
        const struct apart p = {e, &made};
        status = fit(g, &p, err);
    }
    hs_separator_clear(g->separator, &made);
    hs_arena_free(&a);
    return status;
}

enum hs_status hs_gather_separate(struct hs_gather *g, const struct hs_job *job,
                                  struct hs_error *err)
{
    enum hs_status status = HS_OK;
    bool any = false;
    for (size_t t = 0; g->separator && t < job->n_tracks && status == HS_OK; t++) {
        const struct hs_track *track = &job->tracks[t];
        if (track->n_stems)
            continue;
        for (size_t i = 0; i < track->n_mixes && status == HS_OK; i++)
            status = take_apart(g, &track->mixes[i], err);
        if (track->master.path && status == HS_OK)
            status = take_apart(g, &track->master, err);
        any = true;
    }
    /* Tracks that are taken apart are held against references that are; a shard has its own part.
     */
    const struct hs_source *references = job->is_shard ? job->apart : job->references;
    size_t n = job->is_shard ? job->n_apart : any ? job->n_references : 0;
    for (size_t i = 0; g->separator && i < n && status == HS_OK; i++)
        status = take_apart(g, &references[i], err);
    return status;
}

/* A command of a job file that others could have written is never run. */
enum hs_status hs_gather_set_separator(struct hs_gather *g, const struct hs_job *job,
                                       struct hs_separator *separator, struct hs_error *err)
{
    if (!job->separate)
        return HS_OK;
    if (!job->trusted) {
        hs_log_warn(g->log,
                    "separate: the command is not run: %s belongs to another user, or others may "
                    "write it (chmod go-w)",
                    job->path);
        return HS_OK;
    }
    enum hs_status status = hs_separator_start(separator, &g->arena, err);
    g->separator = separator;
    hs_separator_key(separator, g->separator_key);
    return status;
}
