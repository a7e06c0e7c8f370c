/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. An order is a name, the key of the clip, what its files looked like, and the order of the
 *    worker as bytes. All orders stand in one file that ends in a checksum; files of clips that
 *    nobody wants any more are removed.
 * 2. A worker reads the orders, takes every n-th of them, and skips those whose key is there
 *    already, or whose files look different now.
 * 3. A clip is cut on local disk and moved to the desk. Its old key is removed first and the new
 *    one written last, so a clip with a key is whole.
 */
#include "run/clip_desk.h"

#include "core/dir.h"
#include "core/fs.h"
#include "core/text.h"
#include "core/wire.h"
#include "run/clip_order.h"
#include "run/gather_round.h"
#include "run/sweep.h"
#include "run/task_clip.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

enum { MAGIC = 0x32634348 /* "HCc2" */, MOST_BYTES = 1 << 28, MOST_NAME = 200 };
static const char folder[] = "clips", orders[] = "orders";

/* The desk lies beside the store, so that nodes that share the store share it. */
static const char *path_of(const struct hs_state *s, struct hs_arena *a)
{
    return hs_path_join(a, hs_path_dir(a, s->store_path), folder);
}

enum hs_status hs_clip_desk_make(const struct hs_state *s, bool shared, struct hs_error *err)
{
    struct hs_arena a = {0};
    int fd;
    enum hs_status status = hs_dir_enter(s->store_dir, folder, path_of(s, &a), shared, &fd, err);
    if (status == HS_OK)
        close(fd);
    hs_arena_free(&a);
    return status;
}

/* The path of the desk; NULL where there is none, or something else has its name. */
const char *hs_clip_desk_of(const struct hs_state *s, bool shared, struct hs_arena *a)
{
    struct stat st;
    int fd;
    if (fstatat(s->store_dir, folder, &st, AT_SYMLINK_NOFOLLOW) || !S_ISDIR(st.st_mode) ||
        hs_dir_enter(s->store_dir, folder, folder, shared, &fd, NULL) != HS_OK)
        return NULL;
    close(fd);
    return path_of(s, a);
}

/* One order as bytes: name, key, what the files looked like, and the order of the worker. */
static void put_order(struct hs_buf *out, const struct hs_gather *g, const struct hs_audit *audit,
                      const struct hs_clip *c, const struct hs_clip_format *format)
{
    struct hs_arena a = {0};
    struct hs_buf order = {0};
    const struct hs_clip_order o = hs_clip_order_of(audit, c, "", format, &a);
    uint64_t seen = hs_entry_seen(hs_clip_entry(g, &o.master), 0);
    if (o.mix.path)
        seen = hs_entry_seen(hs_clip_entry(g, &o.mix), seen);
    hs_ask_clip(&order, &o, NULL, NULL);
    hs_wire_put_text(out, c->name);
    hs_wire_put_text(out, hs_clip_key(audit, c, &o, &a));
    hs_wire_put_u64(out, seen);
    hs_wire_put_blob(out, order.data, order.len);
    hs_buf_free(&order);
    hs_arena_free(&a);
}

/* "ID-RULE.key" and the like are of the clip "ID-RULE". */
static bool is_of(const char *file, const struct hs_clips *clips)
{
    for (size_t i = 0; i < clips->n; i++)
        if (hs_text_starts(file, clips->items[i].name) &&
            strchr(".-", file[strlen(clips->items[i].name)]))
            return true;
    return false;
}

/* Removes files of clips that are no longer ordered. */
static void drop_others(const char *desk, const struct hs_clips *clips)
{
    int fd = open(desk, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    for (struct dirent *e; dir && (e = readdir(dir));)
        if (strcmp(e->d_name, orders) && !is_of(e->d_name, clips))
            unlinkat(fd, e->d_name, 0); /* no folders: `.` stays, too */
    if (dir)
        closedir(dir);
}

enum hs_status hs_clip_desk_order(const char *desk, const struct hs_gather *g,
                                  const struct hs_audit *audit, const struct hs_clips *clips,
                                  const struct hs_clip_format *format, struct hs_error *err)
{
    struct hs_arena a = {0};
    struct hs_buf out = {0};
    hs_wire_put_u32(&out, MAGIC);
    hs_wire_put_u64(&out, clips->n);
    for (size_t i = 0; i < clips->n; i++)
        put_order(&out, g, audit, &clips->items[i], format);
    hs_wire_put_u64(&out, XXH3_64bits(out.data, out.len));
    enum hs_status status = hs_fs_write(hs_path_join(&a, desk, orders), out.data, out.len, err);
    drop_others(desk, clips);
    hs_buf_free(&out);
    hs_arena_free(&a);
    return status;
}

/* It becomes part of paths. */
static bool is_name(const char *name)
{
    return name && *name && *name != '.' && !strchr(name, '/') && strlen(name) <= MOST_NAME;
}

/* The same back; c->bad where anything of it is missing or the name could lead out of the desk. */
static struct hs_clip_wanted take_wanted(struct hs_cursor *c, struct hs_arena *a)
{
    struct hs_clip_wanted w = {.name = hs_wire_take_text(c, a), .key = hs_wire_take_text(c, a)};
    struct hs_checked in[2];
    size_t n;
    w.seen = hs_wire_take_u64(c);
    const void *blob = hs_wire_take_blob(c, &n);
    struct hs_cursor order = hs_cursor(blob, n);
    w.order = hs_take_clip(&order, a, in);
    w.order.name = w.name;
    w.order.master = in[0].source;
    w.order.mix = in[1].source;
    c->bad =
        c->bad || order.bad || order.left || !is_name(w.name) || !w.key || !w.order.master.path;
    return w;
}

/* All orders from their file; false where the checksum, the layout or a name is wrong. */
bool hs_clip_orders_take(const void *data, size_t n, struct hs_arena *a,
                         struct hs_clip_wanted **out, size_t *n_out)
{
    const size_t sum_n = sizeof(uint64_t);
    *n_out = 0;
    if (n < 2 * sum_n)
        return false;
    struct hs_cursor c = hs_cursor(data, n - sum_n);
    struct hs_cursor end = hs_cursor((const char *)data + n - sum_n, sum_n);
    c.bad = hs_wire_take_u64(&end) != XXH3_64bits(data, n - sum_n) || hs_wire_take_u32(&c) != MAGIC;
    uint64_t count = hs_wire_take_u64(&c);
    c.bad = c.bad || count > c.left / sizeof(uint64_t);
    *out = HS_ARENA_ARRAY(a, struct hs_clip_wanted, c.bad ? 0 : count);
    for (size_t i = 0; i < count && !c.bad; i++)
        (*out)[i] = take_wanted(&c, a);
    *n_out = c.bad || c.left ? 0 : (size_t)count;
    return !c.bad && !c.left;
}

/* One share of the orders being cut. */
struct cutting {
    struct hs_clip_share *share;
    struct hs_clip_wanted *wanted;
    struct hs_arena arena;
};

/* The order of one clip with the stamps of its files as they are now. */
static void fill(struct hs_round *r, size_t task, struct hs_buf *payload)
{
    const struct cutting *c = r->ctx;
    const struct hs_clip_order *o = &c->wanted[r->subject[task]].order;
    hs_ask_clip(payload, o, hs_clip_entry(r->gather, &o->master),
                hs_clip_entry(r->gather, &o->mix));
}

/* By reading and writing, because desk and local disk are different file systems. */
static enum hs_status move_file(const char *from, const char *to, struct hs_error *err)
{
    struct hs_buf all = {0};
    enum hs_status status = hs_fs_read(from, MOST_BYTES, &all, err);
    if (status == HS_OK)
        status = hs_fs_write(to, all.data, all.len, err);
    unlink(from);
    hs_buf_free(&all);
    return status;
}

/* From local disk to the desk, the key last. */
static enum hs_status publish(struct cutting *c, const struct hs_clip_wanted *w,
                              struct hs_error *err)
{
    const char *from[HS_CLIP_FILES], *to[HS_CLIP_FILES];
    enum hs_status status = HS_OK;
    hs_clip_files(w->name, w->order.format, c->share->scratch, &c->arena, from);
    hs_clip_files(w->name, w->order.format, c->share->desk, &c->arena, to);
    unlink(to[HS_CLIP_KEY]);
    for (size_t i = HS_CLIP_SCRIPT; i < HS_CLIP_A + w->order.n_sides && status == HS_OK; i++)
        status = move_file(from[i], to[i], err);
    return status == HS_OK ? hs_fs_write(to[HS_CLIP_KEY], w->key, strlen(w->key), err) : status;
}

/* Notes a clip as unfinished; the next run of this shard tries it again. */
static void leave(struct hs_gather *g, struct cutting *c, const struct hs_clip_wanted *w,
                  const char *why)
{
    hs_gather_unfinished(g, hs_arena_printf(&c->arena, "clip %s", w->name), why, false);
}

/* A clip that was cut is published; one that the music is not fit for counts; anything else is
 * unfinished. */
static void take(struct hs_round *r, size_t task, const struct hs_result *result)
{
    struct cutting *c = (struct cutting *)r->ctx;
    const struct hs_clip_wanted *w = &c->wanted[r->subject[task]];
    struct hs_error err = {0};
    if (result->outcome == HS_OUTCOME_OK && publish(c, w, &err) == HS_OK) {
        c->share->n_cut++;
    } else if (result->outcome != HS_OUTCOME_OK && hs_result_lasts(result)) {
        hs_log_detail(r->gather->log, "clip %s: %s", w->name, result->why);
        c->share->n_unfit++;
    } else {
        leave(r->gather, c, w, err.status ? err.msg : result->why);
    }
}

/* The orders of the desk; there are none before somebody has judged from this store. */
static enum hs_status read_orders(struct cutting *c, size_t *n, struct hs_error *err)
{
    struct hs_buf all = {0};
    const char *path = hs_path_join(&c->arena, c->share->desk, orders);
    enum hs_status status = hs_fs_read(path, MOST_BYTES, &all, err);
    if (status == HS_E_MISSING) {
        hs_error_clear(err);
        status = hs_fail(err, HS_E_USAGE,
                         "%s: there is none: nothing has been judged from this store since it was "
                         "merged; first comes hindsight audit JOB --no-clips --store of it",
                         path);
    } else if (status == HS_OK &&
               !hs_clip_orders_take(all.data, all.len, &c->arena, &c->wanted, n)) {
        status = hs_fail(err, HS_E_USAGE, "%s: damaged; judge again", path);
    }
    hs_buf_free(&all);
    return status;
}

/* What the files of an order look like now, as one sum to compare with. */
static uint64_t seen_now(const struct hs_gather *g, const struct hs_clip_order *o)
{
    uint64_t seen = hs_entry_seen(hs_clip_entry(g, &o->master), 0);
    return o->mix.path ? hs_entry_seen(hs_clip_entry(g, &o->mix), seen) : seen;
}

/* A clip with this key lies on the desk and is whole. */
static bool is_there(struct cutting *c, const struct hs_clip_wanted *w)
{
    const char *files[HS_CLIP_FILES];
    hs_clip_files(w->name, w->order.format, c->share->desk, &c->arena, files);
    return hs_clip_has_key(files[HS_CLIP_KEY], w->key);
}

/* Every `of`-th order that is not there yet, if its files look as they did when they were
 * judged. */
static enum hs_status cut(struct hs_gather *g, struct cutting *c, size_t n, struct hs_error *err)
{
    struct hs_clip_share *s = c->share;
    struct hs_round r = hs_round_new(g, "clips", &hs_task_kind_clip, n, err);
    r.fill = fill;
    r.take = take;
    r.ctx = c;
    for (size_t i = s->number; i < n; i += s->of) {
        struct hs_clip_wanted *w = &c->wanted[i];
        s->n++;
        if (is_there(c, w))
            continue;
        w->order.path = hs_path_join(&c->arena, s->scratch, w->name);
        if (seen_now(g, &w->order) == w->seen)
            hs_round_add(&r, i, w->name, 1, w->order.len_s);
        else
            leave(g, c, w, "its files have changed since they were judged, or are not there");
    }
    enum hs_status status = hs_round_run(&r);
    hs_round_free(&r);
    return status;
}

/* The share of one worker: its orders are read, their files looked at, and the clips cut. */
enum hs_status hs_clip_desk_cut(struct hs_gather *g, struct hs_clip_share *share,
                                struct hs_error *err)
{
    struct cutting c = {.share = share};
    size_t n = 0;
    enum hs_status status = read_orders(&c, &n, err);
    for (size_t i = share->number; i < n; i += share->of) {
        hs_entries_add(&g->entries, &c.wanted[i].order.master);
        if (c.wanted[i].order.mix.path)
            hs_entries_add(&g->entries, &c.wanted[i].order.mix);
    }
    for (size_t i = 0; i < g->entries.n; i++)
        (void)hs_entry_look(&g->entries.items[i], NULL); /* what is not there looks otherwise */
    if (status == HS_OK)
        status = cut(g, &c, n, err);
    hs_gather_sort_unfinished(g);
    hs_entries_free(&g->entries); /* their sources are the orders' */
    hs_arena_free(&c.arena);
    return status;
}
