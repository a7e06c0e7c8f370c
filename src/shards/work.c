/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Plan and shard are read and compared with their hashes; the job file must still be the one
 *    that was split.
 * 2. A complete part without unfinished work ends it. Otherwise what an earlier part or the store
 *    of the run has is taken over.
 * 3. The shard is gathered like a job of its own, into a store on local disk. Every 300 s, and
 *    when it is stopped, what there is becomes the part that is begun.
 * 4. At the end the complete part is published, and the scratch folder removed.
 */
#include "shards/work.h"

#include "core/fs.h"
#include "run/gather_couples.h"
#include "run/gather_separate.h"
#include "run/separator.h"
#include "shards/folder.h"
#include "shards/numbers.h"
#include "shards/part.h"
#include "shards/plan.h"
#include "shards/scratch.h"
#include "shards/shard_file.h"
#include "store/merge.h"

#include <time.h>

static const double checkpoint_s = 300;

struct working {
    const struct hs_work_request *request;
    struct hs_shard_plan plan;
    struct hs_job shard;
    size_t number;
    struct hs_store *store, *before;
    struct hs_gather gather;
    struct hs_separator separator;
    const char *scratch; /* folder of its own */
    struct timespec kept;
    struct hs_arena arena;
};

/* Folder and store of this worker alone. */
static enum hs_status open_scratch(struct working *w, struct hs_error *err)
{
    w->scratch = hs_shard_scratch_make(w->request->run, w->request->shared, &w->arena, err);
    if (!w->scratch)
        return err->status;
    return hs_store_open_scratch(&w->store, hs_path_join(&w->arena, w->scratch, "store.sqlite"),
                                 err);
}

/* Is there a whole part of this shard with nothing to do? What it or one that was begun has
 * measured is where this worker begins. */
static bool take_up(struct working *w, struct hs_error *err)
{
    bool done = false;
    for (int complete = 1; complete >= 0 && !done; complete--) {
        struct hs_store *part;
        struct hs_shard_part says;
        struct hs_store_merged merged;
        if (hs_part_open(w->request->run, &w->plan, w->number, complete, &w->arena, &part, &says) !=
            HS_PART_WHOLE)
            continue;
        done = complete && !says.n_unfinished;
        if (!done)
            hs_store_merge(w->store, part, &merged, err);
        hs_store_close(part);
    }
    return done;
}

/* The part as it is now. */
static enum hs_status publish(struct working *w, bool complete, struct hs_error *err)
{
    struct hs_shard_part part = {.complete = complete,
                                 .unfinished = w->gather.unfinished,
                                 .n_unfinished = w->gather.n_unfinished};
    clock_gettime(CLOCK_MONOTONIC, &w->kept);
    enum hs_status status = hs_shard_folder(w->request->run, "parts", w->request->shared, err);
    return status == HS_OK
               ? hs_part_publish(w->store, w->request->run, &w->plan, w->number, &part, err)
               : status;
}

/* Every few minutes what there is. Where that fails, the end may still succeed. */
static enum hs_status on_kept(void *ctx, struct hs_error *err)
{
    struct working *w = ctx;
    struct timespec now;
    struct hs_error lost = {0};
    (void)err;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if ((double)(now.tv_sec - w->kept.tv_sec) < checkpoint_s)
        return HS_OK;
    if (publish(w, false, &lost) != HS_OK)
        hs_log_warn(w->request->log, "%s", lost.msg);
    return HS_OK;
}

/* Gathers the shard like a job of its own, with the store of the run as the one before. */
static enum hs_status gather(struct working *w, struct hs_error *err)
{
    struct hs_gather *g = &w->gather;
    *g = (struct hs_gather){.store = w->store,
                            .before = w->before,
                            .log = w->request->log,
                            .jobs = w->request->jobs,
                            .stop = w->request->stop,
                            .survival = w->shard.survival,
                            .kept = on_kept,
                            .ctx = w};
    hs_entries_of_job(&g->entries, &w->shard);
    hs_gather_look(g);
    double missing = hs_entries_missing(&g->entries);
    if (missing > w->plan.max_missing)
        return hs_fail(err, HS_E_MISSING,
                       "%.0f %% of the audio files of this shard are not there (limit %.0f %%): is "
                       "a disk not mounted on this node?",
                       100 * missing, 100 * w->plan.max_missing);
    w->separator = (struct hs_separator){.what = w->shard.separate,
                                         .folder = w->scratch,
                                         .jobs = w->request->jobs,
                                         .log = w->request->log,
                                         .stop = w->request->stop};
    enum hs_status status = hs_gather_set_separator(g, &w->shard, &w->separator, err);
    return status == HS_OK ? hs_gather_job(g, &w->shard, err) : status;
}

/* How many files gave no measures; each is said in the log. */
static size_t count_unread(const struct working *w)
{
    size_t n = w->gather.n_unfinished;
    for (size_t i = 0; i < w->gather.entries.n; i++) {
        const struct hs_file *f = &w->gather.entries.items[i].file;
        if (!hs_file_refused(f->state))
            continue;
        hs_log_warn(w->request->log, "%s: %s: %s", f->source->path, hs_file_state_name(f->state),
                    f->error);
        n++;
    }
    for (size_t i = 0; i < w->gather.n_unfinished; i++)
        hs_log_warn(w->request->log, "%s: %s: %s", w->gather.unfinished[i].what,
                    w->gather.unfinished[i].given_up ? "in quarantine" : "unfinished",
                    w->gather.unfinished[i].why);
    return n;
}

/* The whole of one shard; what a stopped one has done is published as begun. */
static enum hs_status measure(struct working *w, size_t *n_unfinished, struct hs_error *err)
{
    const struct hs_log *log = w->request->log;
    const char *known = hs_path_join(&w->arena, w->request->run, "store/store.sqlite");
    if (take_up(w, err)) {
        hs_log_info(log, "shard %zu: measured already", w->number);
        return HS_OK;
    }
    if (hs_fs_exists(known) && hs_store_open_reading(&w->before, known, NULL) != HS_OK)
        hs_log_warn(log, "%s cannot be read: what it knows is measured again", known);
    clock_gettime(CLOCK_MONOTONIC, &w->kept);
    enum hs_status status = gather(w, err);
    if (status == HS_E_INTERRUPTED) {
        struct hs_error lost = {0};
        if (publish(w, false, &lost) != HS_OK)
            hs_log_warn(log, "%s", lost.msg);
    }
    if (status != HS_OK)
        return status;
    *n_unfinished = count_unread(w);
    status = publish(w, true, err);
    if (status == HS_OK)
        hs_log_info(log, "shard %zu: %zu files, %zu measured, %zu compared", w->number,
                    w->gather.entries.n, w->gather.n_measured, w->gather.n_paired);
    return status;
}

/* Frees and removes what it made, however it ends. */
enum hs_status hs_work(const struct hs_work_request *q, size_t *n_unfinished, struct hs_error *err)
{
    struct working w = {.request = q};
    *n_unfinished = 0;
    enum hs_status status = hs_shard_plan_read(q->run, &w.arena, &w.plan, err);
    if (status == HS_OK)
        status = hs_shard_plan_check_job(&w.plan, err);
    if (status == HS_OK)
        status = hs_shard_number(q->shard, w.plan.n, &w.number, err);
    if (status == HS_OK)
        status = hs_shard_read(q->run, &w.plan, w.number, &w.arena, &w.shard, err);
    if (status == HS_OK)
        status = hs_shard_folder(q->run, "parts", q->shared, err);
    if (status == HS_OK)
        status = open_scratch(&w, err);
    if (status == HS_OK)
        status = measure(&w, n_unfinished, err);
    hs_gather_free(&w.gather);
    hs_store_close(w.store);
    hs_store_close(w.before);
    hs_shard_scratch_drop(w.scratch);
    hs_arena_free(&w.arena);
    return status;
}
