/* SPDX-License-Identifier: Apache-2.0 */
#include "run/clips.h"

#include "core/alloc.h"
#include "core/fs.h"
#include "core/wire.h"
#include "pool/pool.h"
#include "pool/progress.h"
#include "pool/tasks.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

enum { RENDERER = 1 }; /* raised when the same order would sound different */

/* A number for both channels, or one for each. */
static void read_polarity(const struct hs_pair *pair, double sign[2])
{
    const struct hs_value *v = hs_values_get(&pair->values, "polarity");
    sign[0] = sign[1] = 1;
    if (v && v->kind == HS_NUMBER)
        sign[0] = sign[1] = v->number < 0 ? -1 : 1;
    else if (v && v->kind == HS_ARRAY && v->n == 2)
        for (int c = 0; c < 2; c++)
            sign[c] = v->array[c] < 0 ? -1 : 1;
}

static struct hs_clip_order order_of(const struct hs_audit *audit, const struct hs_clips *all,
                                     const struct hs_clip *c, const char *dir,
                                     struct hs_arena *arena)
{
    const struct hs_track_result *t = &audit->tracks[c->track];
    const struct hs_correction *fix = &t->findings[c->finding].correction;
    double swapped = 0, length = c->master.to_s - c->master.from_s;
    struct hs_clip_order o = {.path = hs_path_join(arena, dir, c->name),
                              .name = c->name,
                              .extension = all->extension,
                              .side = c->side,
                              .master = *t->master.source,
                              .from_s = c->master.from_s,
                              .len_s = length,
                              .ratio = 1,
                              .sign = {1, 1},
                              .shape = fix->move ? fix->move->shape : HS_SHAPE_NONE,
                              .channel = fix->channel,
                              .hz = fix->hz,
                              .db = fix->db,
                              .q = fix->q};
    if (c->side == HS_CLIP_MIX) {
        o.mix = *t->mix.source;
        o.mix_from_s = c->mix.from_s;
        o.ratio = (c->mix.to_s - c->mix.from_s) / length;
        read_polarity(&t->pair, o.sign);
        hs_values_read(&t->pair.values, "swapped", &swapped);
        o.swapped = swapped != 0;
    }
    return o;
}

void hs_ask_clip(struct hs_buf *b, const struct hs_clip_order *o)
{
    hs_wire_put_text(b, o->path);
    hs_wire_put_text(b, o->name);
    hs_wire_put_text(b, o->extension);
    hs_wire_put_u32(b, o->side);
    hs_wire_put_source(b, &o->master);
    hs_wire_put_source(b, &o->mix);
    const double numbers[] = {o->from_s,  o->len_s,   o->mix_from_s, o->ratio, o->sign[0],
                              o->sign[1], o->swapped, o->hz,         o->db,    o->q};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        hs_wire_put_double(b, numbers[i]);
    hs_wire_put_u32(b, o->shape);
    hs_wire_put_u32(b, o->channel);
}

static struct hs_source take_source(struct hs_cursor *c, struct hs_arena *a)
{
    struct hs_source s = {.exists = true};
    s.path = hs_wire_take_text(c, a);
    s.right_path = hs_wire_take_text(c, a);
    s.shown = hs_wire_take_text(c, a);
    return s;
}

static struct hs_clip_order take_order(struct hs_cursor *c, struct hs_arena *a)
{
    struct hs_clip_order o = {0};
    o.path = hs_wire_take_text(c, a);
    o.name = hs_wire_take_text(c, a);
    o.extension = hs_wire_take_text(c, a);
    o.side = hs_wire_take_u32(c) == HS_CLIP_MIX ? HS_CLIP_MIX : HS_CLIP_CORRECTED;
    o.master = take_source(c, a);
    o.mix = take_source(c, a);
    double *const numbers[] = {&o.from_s, &o.len_s,   &o.mix_from_s,
                               &o.ratio,  &o.sign[0], &o.sign[1]};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        *numbers[i] = hs_wire_take_double(c);
    o.swapped = hs_wire_take_double(c) != 0;
    o.hz = hs_wire_take_double(c);
    o.db = hs_wire_take_double(c);
    o.q = hs_wire_take_double(c);
    o.shape = (enum hs_move_shape)hs_wire_take_u32(c);
    o.channel = (enum hs_move_channel)hs_wire_take_u32(c);
    return o;
}

void hs_task_clip(const void *payload, size_t n, const struct hs_alive *alive, struct hs_buf *reply)
{
    struct hs_arena a = {0};
    struct hs_error err = {0};
    struct hs_cursor c = hs_cursor(payload, n);
    struct hs_clip_order o = take_order(&c, &a);
    size_t bytes = 0;
    if (c.bad)
        hs_fail(&err, HS_E_FORMAT, "garbled order");
    else
        hs_clip_render(&o, alive, &bytes, &err);
    hs_wire_put_u32(reply, err.status);
    hs_wire_put_text(reply, err.msg);
    hs_wire_put_u64(reply, bytes);
    hs_arena_free(&a);
}

static void read_reply(struct hs_clip *clip, const struct hs_task *task, struct hs_arena *a)
{
    if (task->state != HS_TASK_DONE) {
        clip->why_not = hs_arena_strdup(a, task->why);
        return;
    }
    struct hs_cursor c = hs_cursor(task->reply.data, task->reply.len);
    enum hs_status status = (enum hs_status)hs_wire_take_u32(&c);
    const char *msg = hs_wire_take_text(&c, a);
    clip->bytes = hs_wire_take_u64(&c);
    clip->made = !c.bad && status == HS_OK;
    clip->why_not = clip->made ? NULL : c.bad ? "garbled answer of the worker" : msg;
}

static void free_replies(struct hs_task *tasks, size_t n)
{
    for (size_t i = 0; i < n; i++)
        hs_buf_free(&tasks[i].reply);
    hs_tasks_free(tasks, n);
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
    hs_ask_clip(&b, &placeless);
    for (int i = 0; i < 2; i++) {
        hs_wire_put_u64(&b, t->master.hash[i]);
        hs_wire_put_u64(&b, c->side == HS_CLIP_MIX ? t->mix.hash[i] : 0);
    }
    XXH128_hash_t h = XXH3_128bits(b.data, b.len);
    hs_buf_free(&b);
    return hs_arena_printf(arena, "%016llx%016llx\n", (unsigned long long)h.high64,
                           (unsigned long long)h.low64);
}

enum { KEY_FILE, SCRIPT, SIDE_A, SIDE_B, FILES };

static void name_files(const struct hs_clips *clips, const struct hs_clip *c, const char *dir,
                       struct hs_arena *arena, const char *out[FILES])
{
    const char *path = hs_path_join(arena, dir, c->name);
    out[KEY_FILE] = hs_arena_printf(arena, "%s.key", path);
    out[SCRIPT] = hs_arena_printf(arena, "%s.js", path);
    out[SIDE_A] = hs_arena_printf(arena, "%s-a.%s", path, clips->extension);
    out[SIDE_B] = hs_arena_printf(arena, "%s-b.%s", path, clips->extension);
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
    for (int i = FILES - 1; i >= 0; i--) {
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

static void put_key(const struct hs_clips *clips, const struct hs_clip *c, const char *dir,
                    const char *key, struct hs_arena *arena)
{
    const char *files[FILES];
    name_files(clips, c, dir, arena, files);
    if (c->made) /* without it the clip is made again the next time: no loss */
        (void)hs_fs_write(files[KEY_FILE], key, strlen(key), NULL);
}

/* The clips that have to be rendered. */
struct rendering {
    struct hs_task *tasks;
    struct hs_clip **clip;
    const char **key;
    size_t n;
};

static void order_all(const struct hs_audit *audit, struct hs_clips *clips,
                      const struct hs_clips_where *where, struct hs_arena *arena,
                      struct rendering *r)
{
    for (size_t i = 0; i < clips->n; i++) {
        struct hs_clip *c = &clips->items[i];
        struct hs_clip_order o = order_of(audit, clips, c, where->dir, arena);
        const char *key = key_of(audit, c, &o, arena);
        if (take_over(clips, c, where, key, arena))
            continue;
        r->tasks[r->n] = (struct hs_task){
            .kind = HS_FRAME_CLIP, .name = c->name, .weight = 1, .audio_s = o.len_s};
        hs_ask_clip(&r->tasks[r->n].payload, &o);
        r->clip[r->n] = c;
        r->key[r->n++] = key;
    }
}

enum hs_status hs_run_clips(const struct hs_audit *audit, struct hs_clips *clips,
                            const struct hs_clips_where *where, int jobs, const struct hs_log *log,
                            const volatile sig_atomic_t *stop, struct hs_arena *arena,
                            struct hs_error *err)
{
    struct hs_pool pool;
    struct hs_progress progress;
    struct rendering r = {.tasks = HS_NEW_ARRAY(struct hs_task, clips->n + 1),
                          .clip = HS_ARENA_ARRAY(arena, struct hs_clip *, clips->n + 1),
                          .key = HS_ARENA_ARRAY(arena, const char *, clips->n + 1)};
    enum hs_status status = hs_fs_mkdirs(where->dir, err);
    if (status == HS_OK)
        order_all(audit, clips, where, arena, &r);
    hs_pool_init(&pool, jobs, log);
    pool.stop = stop;
    pool.progress = &progress;
    if (r.n) {
        hs_progress_start(&progress, log, "clips");
        status = hs_pool_run(&pool, r.tasks, r.n, err);
        hs_progress_end(&progress);
    }
    for (size_t i = 0; i < r.n && status == HS_OK; i++) {
        read_reply(r.clip[i], &r.tasks[i], arena);
        put_key(clips, r.clip[i], where->dir, r.key[i], arena);
        if (!r.clip[i]->made)
            hs_log_detail(log, "clip %s: %s", r.clip[i]->name, r.clip[i]->why_not);
    }
    free_replies(r.tasks, r.n);
    return status;
}
