/* SPDX-License-Identifier: Apache-2.0 */
#include "pool/tasks.h"

#include "core/wire.h"
#include "pair/pack.h"
#include "pair/pair.h"
#include "pool/measure_file.h"

void hs_wire_put_source(struct hs_buf *b, const struct hs_source *source)
{
    hs_wire_put_text(b, source->path);
    hs_wire_put_text(b, source->right_path);
    hs_wire_put_text(b, source->shown);
}

static struct hs_source take_source(struct hs_cursor *c, struct hs_arena *a)
{
    struct hs_source s = {0};
    s.path = hs_wire_take_text(c, a);
    s.right_path = hs_wire_take_text(c, a);
    s.shown = hs_wire_take_text(c, a);
    s.exists = true;
    return s;
}

void hs_wire_put_file_result(struct hs_buf *b, const struct hs_file *file)
{
    struct hs_buf values = {0};
    hs_wire_put_u32(b, file->state);
    hs_wire_put_text(b, file->error);
    hs_values_pack(&file->values, &values);
    hs_wire_put_blob(b, values.data, values.len);
    hs_buf_free(&values);
}

static void take_file_result(struct hs_cursor *c, struct hs_arena *arena, struct hs_file *file,
                             struct hs_error *err)
{
    size_t n;
    uint32_t state = hs_wire_take_u32(c);
    file->error = hs_wire_take_text(c, arena);
    const void *values = hs_wire_take_blob(c, &n);
    hs_values_init(&file->values, arena);
    if (c->bad || state > HS_FILE_QUARANTINED) {
        hs_fail(err, HS_E_FORMAT, "stored measures: damaged");
        return;
    }
    file->state = (enum hs_file_state)state;
    hs_values_unpack(&file->values, values, n, err);
}

enum hs_status hs_wire_take_file_result(const void *data, size_t n, struct hs_arena *arena,
                                        struct hs_file *file, struct hs_error *err)
{
    struct hs_error own = {0};
    struct hs_cursor c = hs_cursor(data, n);
    take_file_result(&c, arena, file, &own);
    return own.status == HS_OK ? HS_OK : hs_fail(err, own.status, "%s", own.msg);
}

void hs_ask_hash(struct hs_buf *payload, const struct hs_source *source)
{
    hs_wire_put_source(payload, source);
}

void hs_ask_measure(struct hs_buf *payload, const struct hs_source *source, hs_analyser_set set,
                    const struct hs_file *known)
{
    hs_wire_put_source(payload, source);
    hs_wire_put_u64(payload, known ? set : 0);
    if (known)
        hs_wire_put_file_result(payload, known);
}

void hs_ask_pair(struct hs_buf *payload, const struct hs_file *mix, const struct hs_file *master)
{
    hs_wire_put_source(payload, mix->source);
    hs_wire_put_source(payload, master->source);
    hs_wire_put_file_result(payload, mix);
    hs_wire_put_file_result(payload, master);
}

void hs_task_hash(const void *payload, size_t n, const struct hs_alive *alive, struct hs_buf *reply)
{
    struct hs_arena a = {0};
    struct hs_error err = {0};
    struct hs_cursor c = hs_cursor(payload, n);
    struct hs_source source = take_source(&c, &a);
    uint64_t hash[2] = {0};
    hs_wire_put_u32(reply, hs_run_hash_file(&source, alive, hash, &err));
    hs_wire_put_text(reply, err.msg);
    hs_wire_put_u64(reply, hash[0]);
    hs_wire_put_u64(reply, hash[1]);
    hs_arena_free(&a);
}

enum hs_status hs_reply_hash(const struct hs_buf *reply, uint64_t hash[2], struct hs_error *err)
{
    struct hs_arena a = {0};
    struct hs_cursor c = hs_cursor(reply->data, reply->len);
    enum hs_status status = (enum hs_status)hs_wire_take_u32(&c);
    char *msg = hs_wire_take_text(&c, &a);
    hash[0] = hs_wire_take_u64(&c);
    hash[1] = hs_wire_take_u64(&c);
    if (c.bad)
        status = hs_fail(err, HS_E_FORMAT, "garbled answer of the worker");
    else if (status != HS_OK)
        hs_fail(err, status, "%s", msg);
    hs_arena_free(&a);
    return status;
}

void hs_task_measure(const void *payload, size_t n, const struct hs_alive *alive,
                     struct hs_buf *reply)
{
    struct hs_arena a = {0};
    struct hs_cursor c = hs_cursor(payload, n);
    struct hs_source source = take_source(&c, &a);
    struct hs_file file, known;
    struct hs_error err = {0};
    hs_analyser_set set = hs_wire_take_u64(&c);
    if (set)
        take_file_result(&c, &a, &known, &err);
    bool some = set && err.status == HS_OK;
    hs_wire_put_u32(
        reply, hs_run_measure_file(&source, set, some ? &known.values : NULL, alive, &a, &file));
    hs_wire_put_file_result(reply, &file);
    hs_arena_free(&a);
}

void hs_task_pair(const void *payload, size_t n, const struct hs_alive *alive, struct hs_buf *reply)
{
    struct hs_arena a = {0};
    struct hs_error err = {0};
    struct hs_cursor c = hs_cursor(payload, n);
    struct hs_source mix_source = take_source(&c, &a), master_source = take_source(&c, &a);
    struct hs_file mix = {.source = &mix_source}, master = {.source = &master_source};
    struct hs_pair pair = {0};
    take_file_result(&c, &a, &mix, &err);
    take_file_result(&c, &a, &master, &err);
    alive->tell(alive->ctx, 0);
    if (err.status == HS_OK)
        hs_pair_analyse(&mix, &master, &a, &pair, &err);
    hs_wire_put_u32(reply, err.status);
    hs_wire_put_text(reply, err.msg);
    if (err.status == HS_OK)
        hs_pair_pack(&pair, reply);
    hs_arena_free(&a);
}

enum hs_status hs_reply_pair(const void *reply, size_t n, struct hs_arena *arena,
                             struct hs_pair *pair, struct hs_error *err)
{
    struct hs_cursor c = hs_cursor(reply, n);
    enum hs_status status = (enum hs_status)hs_wire_take_u32(&c);
    char *msg = hs_wire_take_text(&c, arena);
    if (c.bad)
        return hs_fail(err, HS_E_FORMAT, "stored pair: damaged");
    if (status != HS_OK)
        return hs_fail(err, status, "%s", msg);
    return hs_pair_unpack(pair, arena, c.p, c.left, err);
}
