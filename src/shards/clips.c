/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first MOST_SHARES shards share the orders of the run (run/clip_desk.h says how); the others
 * end at once. A share has a scratch folder of its own, and may be killed or run twice at once
 * like a shard.
 */
#include "shards/clips.h"

#include "core/fs.h"
#include "run/clip_desk.h"
#include "shards/folder.h"
#include "shards/numbers.h"
#include "shards/plan.h"
#include "shards/scratch.h"

/* The clips of a report have a budget of some 150 MB: a few hundred. */
enum { MOST_SHARES = 16 };

size_t hs_shard_clips_share(size_t n_shards)
{
    return n_shards < MOST_SHARES ? n_shards : MOST_SHARES;
}

/* The orders of this share, in a scratch folder of its own. Unfinished ones are logged and stay for
 * the audit to cut. */
static enum hs_status cut(const struct hs_work_request *q, struct hs_clip_share *share,
                          struct hs_arena *a, size_t *n_unfinished, struct hs_error *err)
{
    struct hs_gather g = {.log = q->log, .jobs = q->jobs, .stop = q->stop};
    share->scratch = hs_shard_scratch_make(q->run, q->shared, a, err);
    enum hs_status status = share->scratch ? hs_clip_desk_cut(&g, share, err) : err->status;
    *n_unfinished = g.n_unfinished;
    for (size_t i = 0; i < g.n_unfinished; i++)
        hs_log_warn(q->log, "%s: unfinished: %s", g.unfinished[i].what, g.unfinished[i].why);
    hs_gather_free(&g);
    hs_shard_scratch_drop(share->scratch);
    return status;
}

enum hs_status hs_work_clips(const struct hs_work_request *q, size_t *n_unfinished,
                             struct hs_error *err)
{
    struct hs_arena a = {0};
    struct hs_shard_plan plan = {0};
    struct hs_clip_share share = {.desk = hs_path_join(&a, q->run, "store/clips")};
    *n_unfinished = 0;
    enum hs_status status = hs_shard_plan_read(q->run, &a, &plan, err);
    if (status == HS_OK)
        status = hs_shard_number(q->shard, plan.n, &share.number, err);
    if (status == HS_OK)
        status = hs_shard_folder(q->run, "store/clips", q->shared, err);
    share.of = hs_shard_clips_share(plan.n);
    if (status == HS_OK && share.number < share.of)
        status = cut(q, &share, &a, n_unfinished, err);
    if (status == HS_OK)
        hs_log_info(q->log, "shard %zu: %zu clips, %zu cut now, %zu that the music is not fit for",
                    share.number, share.n, share.n_cut, share.n_unfit);
    hs_arena_free(&a);
    return status;
}
