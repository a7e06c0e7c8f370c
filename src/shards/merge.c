/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The store of the run is locked and opened; the desk for clips is made beside it.
 * 2. For each shard in turn: its complete part is opened and checked whole (structure, every row,
 *    counts, plan). Where it is not usable the part that was begun is taken instead, and the
 *    shard is listed as missing.
 * 3. A usable part is merged in one transaction. Its unfinished work puts the shard on the list,
 *    but for what is in quarantine.
 * 4. A signal ends the merge between two parts; what was taken stays.
 */
#include "shards/merge.h"

#include "core/alloc.h"
#include "core/fs.h"
#include "run/clip_desk.h"
#include "run/state.h"
#include "shards/folder.h"
#include "shards/numbers.h"
#include "shards/part.h"
#include "store/merge.h"

struct merging {
    const struct hs_merge_request *request;
    struct hs_shard_plan plan;
    struct hs_store *into;
    struct hs_merge_report *report;
    bool *again; /* shards to be run again */
};

/* What a shard could not finish; what is in quarantine is not tried again by itself. */
static void tell_unfinished(struct merging *m, size_t shard, const struct hs_shard_part *part)
{
    for (size_t i = 0; i < part->n_unfinished; i++) {
        const struct hs_unfinished *u = &part->unfinished[i];
        hs_log_warn(m->request->log, "shard %zu: %s: %s: %s", shard, u->what,
                    u->given_up ? "in quarantine" : "unfinished", u->why);
        m->again[shard] |= !u->given_up;
    }
    m->report->n_unfinished += part->n_unfinished;
}

/* Takes a part into the store; results that differ for the same bytes are reported. */
static enum hs_status take(struct merging *m, size_t shard, struct hs_store *part,
                           struct hs_error *err)
{
    struct hs_store_merged merged;
    enum hs_status status = hs_store_merge(m->into, part, &merged, err);
    m->report->n_results += merged.n_results;
    m->report->n_new += merged.n_new;
    m->report->n_conflicts += merged.n_conflicts;
    if (merged.n_conflicts)
        hs_log_error(m->request->log,
                     "shard %zu: %zu results differ from those that are there for the same bytes "
                     "and version; that is a mistake of hindsight or of a machine",
                     shard, merged.n_conflicts);
    return status;
}

/* The complete part of a shard, else what it has so far; a shard without a complete part is to
 * be run again. */
static enum hs_status take_shard(struct merging *m, size_t shard, struct hs_error *err)
{
    struct hs_arena a = {0};
    struct hs_store *store;
    struct hs_shard_part part;
    enum hs_status status = HS_OK;
    const char *run = m->request->run;
    enum hs_part_state state = hs_part_open(run, &m->plan, shard, true, &a, &store, &part);
    bool usable = state == HS_PART_WHOLE;
    m->again[shard] = !usable;
    m->report->n_missing += !usable;
    if (!usable)
        hs_log_warn(m->request->log, "shard %zu: its part is %s", shard, hs_part_state_name(state));
    if (!usable) /* what it has so far is taken all the same */
        usable = hs_part_open(run, &m->plan, shard, false, &a, &store, &part) == HS_PART_WHOLE;
    if (usable) {
        status = take(m, shard, store, err);
        tell_unfinished(m, shard, &part);
        hs_store_close(store);
    }
    hs_arena_free(&a);
    return status;
}

/* A shard that is missing is no failure of the merge: the report says which to run again. */
enum hs_status hs_merge(const struct hs_merge_request *q, struct hs_merge_report *out,
                        struct hs_error *err)
{
    struct hs_arena a = {0};
    struct hs_state state = {.store_dir = -1, .locks = {-1, -1}};
    struct merging m = {.request = q, .report = out};
    *out = (struct hs_merge_report){0};
    const struct hs_state_request wanted = {.store = hs_path_join(&a, q->run, "store"),
                                            .shared = q->shared,
                                            .wait_lock_s = q->wait_lock_s,
                                            .stop = q->stop,
                                            .log = q->log};
    enum hs_status status = hs_shard_plan_read(q->run, &a, &m.plan, err);
    if (status == HS_OK)
        status = hs_shard_folder(q->run, "store", q->shared, err);
    if (status == HS_OK)
        status = hs_state_open_store(&state, &wanted, err);
    if (status == HS_OK) /* an audit without clips will leave there what is to be cut */
        status = hs_clip_desk_make(&state, q->shared, err);
    m.into = state.store;
    m.again = HS_NEW_ARRAY(bool, m.plan.n + 1);
    out->n_shards = m.plan.n;
    for (size_t i = 0; i < m.plan.n && status == HS_OK; i++) {
        status = take_shard(&m, i, err);
        if (status == HS_OK && q->stop && *q->stop)
            status = hs_fail(err, HS_E_INTERRUPTED, "interrupted");
    }
    hs_shard_list(m.again, m.plan.n, &out->missing);
    hs_free(m.again);
    hs_state_close(&state);
    hs_arena_free(&a);
    return status;
}
