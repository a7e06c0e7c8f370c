/* SPDX-License-Identifier: Apache-2.0 */
/* Probing as a task: path in; status, message, stream and tags out. */
#include "init/task_probe.h"

#include "core/wire.h"

void hs_probe_ask(struct hs_buf *payload, const char *path)
{
    hs_wire_put_text(payload, path);
}

/* Every field of a stream; take_stream reads the same. */
static void put_stream(struct hs_buf *b, const struct hs_stream *s)
{
    hs_wire_put_u32(b, (uint32_t)s->sample_rate_hz);
    hs_wire_put_u32(b, (uint32_t)s->n_channels);
    for (int c = 0; c < HS_MAX_CHANNELS; c++)
        hs_wire_put_u32(b, s->layout[c]);
    hs_wire_put_text(b, s->codec);
    hs_wire_put_text(b, s->container);
    hs_wire_put_u32(b, s->lossless);
    hs_wire_put_u32(b, (uint32_t)s->bits);
    hs_wire_put_double(b, s->duration_s);
}

static void take_stream(struct hs_cursor *c, struct hs_arena *a, struct hs_stream *s)
{
    s->sample_rate_hz = (int)hs_wire_take_u32(c);
    s->n_channels = (int)hs_wire_take_u32(c);
    for (int i = 0; i < HS_MAX_CHANNELS; i++)
        s->layout[i] = (enum hs_channel)hs_wire_take_u32(c);
    s->codec = hs_wire_take_text(c, a);
    s->container = hs_wire_take_text(c, a);
    s->lossless = hs_wire_take_u32(c) != 0;
    s->bits = (int)hs_wire_take_u32(c);
    s->duration_s = hs_wire_take_double(c);
}

/* In the worker: reads headers and tags; the status goes first. */
static void run(const void *payload, size_t n, const struct hs_alive *alive, struct hs_buf *reply)
{
    struct hs_arena a = {0};
    struct hs_error err = {0};
    struct hs_cursor c = hs_cursor(payload, n);
    struct hs_stream stream = {0};
    struct hs_tags tags = {0};
    const char *path = hs_wire_take_text(&c, &a);
    (void)alive;
    hs_wire_put_u32(reply, hs_media_probe(path, &a, &stream, &tags, &err));
    hs_wire_put_text(reply, err.msg);
    put_stream(reply, &stream);
    hs_wire_put_u32(reply, (uint32_t)tags.n);
    for (size_t i = 0; i < tags.n; i++) {
        hs_wire_put_text(reply, tags.items[i].key);
        hs_wire_put_text(reply, tags.items[i].value);
    }
    hs_arena_free(&a);
}

/* The status of the probe; a garbled answer is HS_E_FORMAT. */
enum hs_status hs_probe_take(const void *data, size_t n, struct hs_arena *a,
                             struct hs_stream *stream, struct hs_tags *tags, struct hs_error *err)
{
    struct hs_cursor c = hs_cursor(data, n);
    enum hs_status status = (enum hs_status)hs_wire_take_u32(&c);
    const char *msg = hs_wire_take_text(&c, a);
    size_t cap = 0;
    *tags = (struct hs_tags){0};
    take_stream(&c, a, stream);
    for (uint32_t k = hs_wire_take_u32(&c); k && !c.bad; k--) {
        tags->items = hs_arena_grow(a, tags->items, tags->n, &cap, sizeof *tags->items);
        tags->items[tags->n].key = hs_wire_take_text(&c, a);
        tags->items[tags->n++].value = hs_wire_take_text(&c, a);
    }
    if (c.bad)
        return hs_fail(err, HS_E_FORMAT, "garbled answer of the worker");
    return status == HS_OK ? HS_OK : hs_fail(err, status, "%s", msg ? msg : "");
}

const struct hs_task_kind hs_task_kind_probe = {.name = "probe", .run = run};
