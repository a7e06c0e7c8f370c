/* SPDX-License-Identifier: Apache-2.0 */
/* A clip as a task: the order is packed for the worker, taken apart there with every field checked,
 * rendered, and answered with the number of bytes. */
#include "run/task_clip.h"

#include "preview/pack.h"

#include <math.h>
#include <string.h>

/* A source with its stamps; in keys and orders of the desk without. */
static void put_source(struct hs_buf *b, const struct hs_source *s, const struct hs_entry *e)
{
    hs_checked_put(b, s, e ? &e->stamp : NULL, e ? e->right : NULL);
}

void hs_ask_clip(struct hs_buf *b, const struct hs_clip_order *o, const struct hs_entry *master,
                 const struct hs_entry *mix)
{
    hs_wire_put_text(b, o->path);
    hs_wire_put_text(b, o->name);
    hs_wire_put_u32(b, (uint32_t)(o->format - hs_clip_formats));
    hs_wire_put_u32(b, o->side);
    put_source(b, &o->master, master);
    put_source(b, &o->mix, mix);
    const double numbers[] = {o->from_s,        o->len_s,        o->mix_from_s, o->ratio,
                              o->sign[0],       o->sign[1],      o->swapped,    o->correction.hz,
                              o->correction.db, o->correction.q, o->added};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        hs_wire_put_double(b, numbers[i]);
    hs_wire_put_u32(b, o->correction.shape);
    hs_wire_put_u32(b, o->correction.channel);
    hs_wire_put_u32(b, (uint32_t)o->n_sides);
    for (size_t i = 0; i < HS_BANDS; i++)
        hs_wire_put_double(b, o->eq_db[i]);
    for (size_t i = 0; i < HS_N_HEARINGS; i++)
        hs_wire_put_u32(b, o->place[i]);
    hs_wire_put_double(b, o->song_lufs);
    hs_excerpt_order_put(&o->preview, b);
}

struct hs_clip_order hs_take_clip(struct hs_cursor *c, struct hs_arena *a, struct hs_checked in[2])
{
    struct hs_clip_order o = {0};
    o.path = hs_wire_take_text(c, a);
    o.name = hs_wire_take_text(c, a);
    uint32_t format = hs_wire_take_u32(c);
    c->bad = c->bad || format >= hs_n_clip_formats;
    o.format = &hs_clip_formats[c->bad ? 0 : format];
    uint32_t side = hs_wire_take_u32(c);
    c->bad = c->bad || side >= HS_N_CLIP_SIDES;
    o.side = c->bad ? HS_CLIP_ALONE : (enum hs_clip_side)side;
    for (int i = 0; i < 2; i++)
        in[i] = hs_checked_take(c, a);
    double *const numbers[] = {&o.from_s, &o.len_s,   &o.mix_from_s,
                               &o.ratio,  &o.sign[0], &o.sign[1]};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        *numbers[i] = hs_wire_take_double(c);
    o.swapped = hs_wire_take_double(c) != 0;
    o.correction.hz = hs_wire_take_double(c);
    o.correction.db = hs_wire_take_double(c);
    o.correction.q = hs_wire_take_double(c);
    o.added = hs_wire_take_double(c);
    o.correction.shape = (enum hs_move_shape)hs_wire_take_u32(c);
    o.correction.channel = (enum hs_move_channel)hs_wire_take_u32(c);
    o.n_sides = hs_wire_take_u32(c);
    c->bad = c->bad || o.n_sides > HS_CLIP_SIDES;
    for (size_t i = 0; i < HS_BANDS; i++)
        o.eq_db[i] = hs_wire_take_double(c);
    for (size_t i = 0; i < HS_N_HEARINGS; i++) {
        uint32_t place = hs_wire_take_u32(c);
        c->bad = c->bad || place >= HS_N_HEARINGS;
        o.place[i] = c->bad ? HS_HEAR_PHONE : (enum hs_hearing)place;
    }
    o.song_lufs = hs_wire_take_double(c);
    hs_excerpt_order_take(c, &o.preview);
    /* fields that must fit each other, or rendering would read beyond them */
    c->bad = c->bad || (o.side == HS_CLIP_PREVIEW && o.preview.n + 1 != o.n_sides) ||
             (hs_clip_is_elsewhere(o.side) && (o.n_sides < 2 || !(fabs(o.song_lufs) < 200)));
    return o;
}

/* In the worker: takes the order, opens the files as they were looked at, renders, and answers
 * with the size. */
static void run(const void *payload, size_t n, const struct hs_alive *alive, struct hs_buf *reply)
{
    struct hs_arena a = {0};
    struct hs_error err = {0};
    struct hs_cursor c = hs_cursor(payload, n);
    struct hs_checked in[2]; /* master, mix */
    struct hs_clip_order o = hs_take_clip(&c, &a, in);
    uint64_t bytes = 0;
    size_t size = 0;
    if (c.bad)
        hs_fail(&err, HS_E_FAILED, "garbled order");
    for (int i = 0; i < 2 && err.status == HS_OK; i++)
        if (in[i].source.path)
            hs_checked_open(&in[i], &err);
    for (int i = 0; i < 2; i++)
        in[i].source.alive = alive;
    o.master = in[0].source;
    o.mix = in[1].source;
    if (err.status == HS_OK)
        hs_clip_render(&o, alive, &size, &err);
    for (int i = 0; i < 2; i++)
        hs_checked_close(&in[i], &err);
    bytes = size;
    hs_result_put_body(reply, &bytes, sizeof bytes, &err);
    hs_arena_free(&a);
}

size_t hs_result_clip_bytes(const struct hs_result *r)
{
    uint64_t bytes = 0;
    if (r->n_body == sizeof bytes)
        memcpy(&bytes, r->body, sizeof bytes);
    return (size_t)bytes;
}

const struct hs_task_kind hs_task_kind_clip = {.name = "clip", .run = run};
