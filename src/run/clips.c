/* SPDX-License-Identifier: Apache-2.0 */
#include "run/clips.h"

#include "core/alloc.h"
#include "core/fs.h"
#include "core/wire.h"
#include "judge/previewed.h"
#include "run/clip_order.h"
#include "run/gather_round.h"
#include "run/task_clip.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

enum { RENDERER = 3 }; /* raised when the same order would sound different */

/* The settings of the chain at the targets that are heard. */
static void set_preview(const struct hs_track_result *t, const struct hs_clip *c,
                        struct hs_clip_order *o)
{
    const struct hs_preview *p = t->preview;
    o->preview = (struct hs_excerpt_order){.has_eq = p->has_eq,
                                           .threshold_db = p->threshold_db,
                                           .peak_db = p->peak_db,
                                           .n = o->n_sides - 1};
    memcpy(o->preview.eq_db, p->eq_db, sizeof o->preview.eq_db);
    for (size_t i = 0; i < o->preview.n; i++) {
        o->preview.gain_db[i] = p->targets[c->target[i + 1]].gain_db;
        o->preview.clip_db[i] = p->targets[c->target[i + 1]].clip_db;
    }
}

/* The file whose passage side a is. */
static const struct hs_file *heard_first(const struct hs_track_result *t, const struct hs_clip *c)
{
    return c->side == HS_CLIP_PREVIEW ? hs_previewed_mix(t) : &t->master;
}

static struct hs_clip_order order_of(const struct hs_audit *audit, const struct hs_clip *c,
                                     const struct hs_clips_where *where, struct hs_arena *arena)
{
    const struct hs_track_result *t = &audit->tracks[c->track];
    static const struct hs_correction none = {0};
    const struct hs_correction *fix =
        c->finding < t->n_findings ? &t->findings[c->finding].correction : &none;
    const double *eq = hs_values_doubles(&t->pair.values, "eq_db", HS_BANDS);
    double length = c->master.to_s - c->master.from_s;
    struct hs_clip_order o = {.path = hs_path_join(arena, where->dir, c->name),
                              .name = c->name,
                              .format = where->format,
                              .side = c->side,
                              .master = *heard_first(t, c)->source,
                              .from_s = c->master.from_s,
                              .len_s = length,
                              .ratio = 1,
                              .sign = {1, 1},
                              .n_sides = hs_clip_n_sides(c)};
    hs_clip_order_correction(&o, fix);
    for (size_t i = 0; i < HS_BANDS; i++)
        o.eq_db[i] = eq && c->side == HS_CLIP_MIX ? eq[i] : 0;
    if (c->side == HS_CLIP_MIX) {
        o.mix = *t->mix.source;
        o.mix_from_s = c->mix.from_s;
        o.ratio = (c->mix.to_s - c->mix.from_s) / length;
        hs_clip_order_pair(&o, &t->pair);
    }
    if (c->side == HS_CLIP_PREVIEW)
        set_preview(t, c, &o);
    return o;
}

/* What a clip is made of: the order but for its place, and the bytes of both files. */
static const char *key_of(const struct hs_audit *audit, const struct hs_clip *c,
                          const struct hs_clip_order *order, struct hs_arena *arena)
{
    const struct hs_track_result *t = &audit->tracks[c->track];
    struct hs_clip_order placeless = *order;
    struct hs_buf b = {0};
    placeless.path = NULL;
    placeless.master.path = placeless.mix.path = NULL; /* moved files sound the same */
    placeless.master.shown = placeless.mix.shown = NULL;
    hs_wire_put_u32(&b, RENDERER);
    hs_ask_clip(&b, &placeless, NULL, NULL);
    for (int i = 0; i < 2; i++) {
        hs_wire_put_u64(&b, heard_first(t, c)->hash[i]);
        hs_wire_put_u64(&b, c->side == HS_CLIP_MIX ? t->mix.hash[i] : 0);
    }
    XXH128_hash_t h = XXH3_128bits(b.data, b.len);
    hs_buf_free(&b);
    return hs_arena_printf(arena, "%016llx%016llx\n", (unsigned long long)h.high64,
                           (unsigned long long)h.low64);
}

enum { KEY_FILE, SCRIPT, SIDE_A, FILES = SIDE_A + HS_CLIP_SIDES };

static void name_files(const struct hs_clips *clips, const struct hs_clip *c, const char *dir,
                       struct hs_arena *arena, const char *out[FILES])
{
    const char *path = hs_path_join(arena, dir, c->name);
    out[KEY_FILE] = hs_arena_printf(arena, "%s.key", path);
    out[SCRIPT] = hs_arena_printf(arena, "%s.js", path);
    for (int i = 0; i < HS_CLIP_SIDES; i++)
        out[SIDE_A + i] = hs_arena_printf(arena, "%s-%c.%s", path, 'a' + i, clips->extension);
}

static bool has_key(const char *path, const char *key)
{
    struct hs_buf text = {0};
    bool same = hs_fs_exists(path) && hs_fs_read(path, 64, &text, NULL) == HS_OK &&
                text.len == strlen(key) && !memcmp(text.data, key, text.len);
    hs_buf_free(&text);
    return same;
}

/* Second names for the files of the last report; false where it has none such. */
static bool take_over(const struct hs_clips *clips, struct hs_clip *c,
                      const struct hs_clips_where *where, const char *key, struct hs_arena *arena)
{
    const char *old[FILES], *new[FILES];
    struct stat st;
    name_files(clips, c, where->before, arena, old);
    name_files(clips, c, where->dir, arena, new);
    if (!has_key(old[KEY_FILE], key))
        return false;
    size_t bytes = 0;
    for (int i = SIDE_A + (int)hs_clip_n_sides(c) - 1; i >= 0; i--) {
        if (link(old[i], new[i]) || stat(new[i], &st)) {
            for (; i < FILES; i++) /* what is rendered must not be written into the old */
                unlink(new[i]);
            return false;
        }
        bytes += i == KEY_FILE ? 0 : (size_t)st.st_size;
    }
    c->made = true;
    c->bytes = bytes;
    return true;
}

/* What was begun of a clip that was not made. */
static void drop_files(const struct hs_clips *clips, const struct hs_clip *c, const char *dir,
                       struct hs_arena *arena)
{
    const char *files[FILES];
    name_files(clips, c, dir, arena, files);
    for (int i = 0; i < FILES; i++)
        unlink(files[i]);
}

static enum hs_status put_key(const struct hs_clips *clips, const struct hs_clip *c,
                              const char *dir, const char *key, struct hs_arena *arena,
                              struct hs_error *err)
{
    const char *files[FILES];
    name_files(clips, c, dir, arena, files);
    return hs_fs_write(files[KEY_FILE], key, strlen(key), err);
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

static void fill(struct hs_round *round, size_t task, struct hs_buf *payload)
{
    const struct rendering *r = round->ctx;
    const struct hs_clip *c = r->clip[round->subject[task]];
    struct hs_clip_order o = order_of(r->audit, c, r->where, r->arena);
    hs_ask_clip(payload, &o, hs_clip_entry(round->gather, &o.master),
                hs_clip_entry(round->gather, &o.mix));
}

static void take(struct hs_round *round, size_t task, const struct hs_result *result)
{
    const struct rendering *r = round->ctx;
    size_t i = round->subject[task];
    struct hs_clip *c = r->clip[i];
    struct hs_error err = {0};
    c->made = result->outcome == HS_OUTCOME_OK;
    c->bytes = hs_result_clip_bytes(result);
    if (c->made && put_key(r->clips, c, r->where->dir, r->key[i], r->arena, &err) == HS_OK)
        return;
    c->made = false;
    c->why_not = hs_arena_strdup(r->arena, err.status ? err.msg : result->why);
    drop_files(r->clips, c, r->where->dir, r->arena);
    if (hs_result_lasts(result) && err.status == HS_OK) {
        hs_log_detail(round->gather->log, "clip %s: %s", c->name, c->why_not);
        return;
    }
    hs_log_warn(round->gather->log, "clip %s: unfinished, tried again in the next run: %s", c->name,
                c->why_not);
    hs_gather_unfinished(round->gather, hs_arena_printf(r->arena, "clip %s", c->name), c->why_not,
                         false);
}

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
        struct hs_clip_order o = order_of(audit, c, where, arena);
        r.clip[i] = c;
        r.key[i] = key_of(audit, c, &o, arena);
        if (!take_over(clips, c, where, r.key[i], arena))
            hs_round_add(&round, i, c->name, 1, o.len_s);
    }
    if (status == HS_OK)
        status = hs_round_run(&round);
    hs_round_free(&round);
    return status;
}
