/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. A clip of the last report, or of the desk (run/clip_desk.h), is taken over where its key is
 * the same: by a hard link, from the desk also by a copy.
 * 2. The others are one round of tasks. A clip that was rendered gets its key file.
 * 3. One that could not be made loses its files and keeps a reason; where the reason is not in the
 *    music it is unfinished work.
 */
#include "run/clips.h"

#include "core/alloc.h"
#include "core/fs.h"
#include "run/clip_order.h"
#include "run/gather_round.h"
#include "run/task_clip.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_BYTES = 1 << 26 };

/* A second name costs no room; across file systems only a copy is possible. */
static bool link_or_copy(const char *from, const char *to, bool may_copy)
{
    struct hs_buf all = {0};
    if (!link(from, to))
        return true;
    bool copied = may_copy && hs_fs_read(from, MOST_BYTES, &all, NULL) == HS_OK &&
                  hs_fs_write(to, all.data, all.len, NULL) == HS_OK;
    hs_buf_free(&all);
    return copied;
}

/* Second names for the files of a folder that has the same clip; false where it has none such. */
static bool take_from(const char *dir, bool may_copy, struct hs_clip *c,
                      const struct hs_clips_where *where, const char *key, struct hs_arena *arena)
{
    const char *old[HS_CLIP_FILES], *new[HS_CLIP_FILES];
    struct stat st;
    hs_clip_files(c->name, where->format, dir, arena, old);
    hs_clip_files(c->name, where->format, where->dir, arena, new);
    if (!hs_clip_has_key(old[HS_CLIP_KEY], key))
        return false;
    size_t bytes = 0;
    for (int i = HS_CLIP_A + (int)hs_clip_n_sides(c) - 1; i >= 0; i--) {
        if (!link_or_copy(old[i], new[i], may_copy) || stat(new[i], &st)) {
            /* rendering must not write into files of the old report */
            for (; i < HS_CLIP_FILES; i++)
                unlink(new[i]);
            return false;
        }
        bytes += i == HS_CLIP_KEY ? 0 : (size_t)st.st_size;
    }
    c->made = true;
    c->bytes = bytes;
    return true;
}

/* From the last report, else from the desk where other nodes cut clips. */
static bool take_over(struct hs_clip *c, const struct hs_clips_where *where, const char *key,
                      struct hs_arena *arena)
{
    return take_from(where->before, false, c, where, key, arena) ||
           (where->desk && take_from(where->desk, true, c, where, key, arena));
}

/* The clips that have to be rendered. */
struct rendering {
    const struct hs_audit *audit;
    const struct hs_clips *clips;
    const struct hs_clips_where *where;
    struct hs_arena *arena;
    struct hs_clip **clip;
    const char **key;
};

/* What was begun of a clip that was not made. */
static void drop_files(const struct rendering *r, const struct hs_clip *c)
{
    const char *files[HS_CLIP_FILES];
    hs_clip_files(c->name, r->where->format, r->where->dir, r->arena, files);
    for (int i = 0; i < HS_CLIP_FILES; i++)
        unlink(files[i]);
}

/* The key is written last: a clip with a key is whole. */
static enum hs_status put_key(const struct rendering *r, const struct hs_clip *c, const char *key,
                              struct hs_error *err)
{
    const char *files[HS_CLIP_FILES];
    hs_clip_files(c->name, r->where->format, r->where->dir, r->arena, files);
    return hs_fs_write(files[HS_CLIP_KEY], key, strlen(key), err);
}

/* The order is made when the worker asks for work, so that memory does not grow with the number of
 * clips. */
static void fill(struct hs_round *round, size_t task, struct hs_buf *payload)
{
    const struct rendering *r = round->ctx;
    const struct hs_clip *c = r->clip[round->subject[task]];
    struct hs_clip_order o =
        hs_clip_order_of(r->audit, c, r->where->dir, r->where->format, r->arena);
    hs_ask_clip(payload, &o, hs_clip_entry(round->gather, &o.master),
                hs_clip_entry(round->gather, &o.mix));
}

/* A clip that was rendered gets its key. One that could not be made is removed; where the cause
 * is not in the music it is unfinished. */
static void take(struct hs_round *round, size_t task, const struct hs_result *result)
{
    const struct rendering *r = round->ctx;
    size_t i = round->subject[task];
    struct hs_clip *c = r->clip[i];
    struct hs_error err = {0};
    c->made = result->outcome == HS_OUTCOME_OK;
    c->bytes = hs_result_clip_bytes(result);
    if (c->made && put_key(r, c, r->key[i], &err) == HS_OK)
        return;
    c->made = false;
    c->why_not = hs_arena_strdup(r->arena, err.status ? err.msg : result->why);
    drop_files(r, c);
    if (hs_result_lasts(result) && err.status == HS_OK) {
        hs_log_detail(round->gather->log, "clip %s: %s", c->name, c->why_not);
        return;
    }
    hs_log_warn(round->gather->log, "clip %s: unfinished, tried again in the next run: %s", c->name,
                c->why_not);
    hs_gather_unfinished(round->gather, hs_arena_printf(r->arena, "clip %s", c->name), c->why_not,
                         false);
}

/* Takes over what is there and renders the rest in one round. */
enum hs_status hs_run_clips(struct hs_gather *g, const struct hs_audit *audit,
                            struct hs_clips *clips, const struct hs_clips_where *where,
                            struct hs_arena *arena, struct hs_error *err)
{
    struct rendering r = {.audit = audit,
                          .clips = clips,
                          .where = where,
                          .arena = arena,
                          .clip = HS_ARENA_ARRAY(arena, struct hs_clip *, clips->n + 1),
                          .key = HS_ARENA_ARRAY(arena, const char *, clips->n + 1)};
    struct hs_round round = hs_round_new(g, "clips", &hs_task_kind_clip, clips->n, err);
    round.fill = fill;
    round.take = take;
    round.ctx = &r;
    enum hs_status status = hs_fs_mkdirs(where->dir, err);
    for (size_t i = 0; i < clips->n && status == HS_OK; i++) {
        struct hs_clip *c = &clips->items[i];
        struct hs_clip_order o = hs_clip_order_of(audit, c, where->dir, where->format, arena);
        r.clip[i] = c;
        r.key[i] = hs_clip_key(audit, c, &o, arena);
        if (!take_over(c, where, r.key[i], arena))
            hs_round_add(&round, i, c->name, 1, o.len_s);
    }
    if (status == HS_OK)
        status = hs_round_run(&round);
    hs_round_free(&round);
    return status;
}
