/* SPDX-License-Identifier: Apache-2.0 */
/* The clips of `verify`, as one round of tasks. They are cut anew each time, because an update is
 * new. */
#include "run/update_clips.h"

#include "catalogue/verify_files.h"
#include "core/fs.h"
#include "run/clip_order.h"
#include "run/gather_round.h"
#include "run/task_clip.h"

/* What the tasks are made of. */
struct rendering {
    const struct hs_audit *audit;
    const struct hs_verification *updates;
    size_t n;
    struct hs_clips *clips;
    const char *dir;
    const struct hs_clip_format *format;
    struct hs_arena *arena;
};

/* The update that a clip belongs to. */
static const struct hs_verification *update_of(const struct rendering *r, const struct hs_clip *c)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->updates[i].track == &r->audit->tracks[c->track])
            return &r->updates[i];
    return NULL;
}

/* The clip of one correction: new file, old file at the same place, and the planned move. */
static struct hs_clip_order order_of(const struct rendering *r, const struct hs_clip *c)
{
    static const struct hs_correction none = {0};
    const struct hs_verification *v = update_of(r, c);
    double length = c->master.to_s - c->master.from_s;
    struct hs_clip_order o = {.path = hs_path_join(r->arena, r->dir, c->name),
                              .name = c->name,
                              .format = r->format,
                              .side = c->side,
                              .master = *v->track->update.source,
                              .mix = *hs_verify_old(v->track, v->kind)->source,
                              .from_s = c->master.from_s,
                              .len_s = length,
                              .mix_from_s = c->mix.from_s,
                              .ratio = (c->mix.to_s - c->mix.from_s) / length,
                              .n_sides = hs_clip_n_sides(c)};
    hs_clip_order_pair(&o, &v->pair);
    hs_clip_order_correction(&o, c->finding < v->n_plan ? &v->plan[c->finding].move : &none);
    return o;
}

static void fill(struct hs_round *round, size_t task, struct hs_buf *payload)
{
    const struct rendering *r = round->ctx;
    struct hs_clip_order o = order_of(r, &r->clips->items[round->subject[task]]);
    hs_ask_clip(payload, &o, hs_clip_entry(round->gather, &o.master),
                hs_clip_entry(round->gather, &o.mix));
}

/* A clip that could not be made leaves a reason; the page then has none. */
static void take(struct hs_round *round, size_t task, const struct hs_result *result)
{
    const struct rendering *r = round->ctx;
    struct hs_clip *c = &r->clips->items[round->subject[task]];
    c->made = result->outcome == HS_OUTCOME_OK;
    c->bytes = hs_result_clip_bytes(result);
    if (c->made)
        return;
    c->why_not = hs_arena_strdup(r->arena, result->why);
    hs_log_detail(round->gather->log, "clip %s: %s", c->name, c->why_not);
}

enum hs_status hs_run_update_clips(struct hs_gather *g, const struct hs_audit *audit,
                                   const struct hs_verification *updates, size_t n,
                                   struct hs_clips *clips, const char *dir,
                                   const struct hs_clip_format *format, struct hs_arena *arena,
                                   struct hs_error *err)
{
    struct rendering r = {audit, updates, n, clips, dir, format, arena};
    struct hs_round round = hs_round_new(g, "clips", &hs_task_kind_clip, clips->n, err);
    round.fill = fill;
    round.take = take;
    round.ctx = &r;
    enum hs_status status = hs_fs_mkdirs(dir, err);
    for (size_t i = 0; i < clips->n && status == HS_OK; i++)
        hs_round_add(&round, i, clips->items[i].name, 1, HS_CLIP_SECONDS);
    if (status == HS_OK)
        status = hs_round_run(&round);
    hs_round_free(&round);
    return status;
}
