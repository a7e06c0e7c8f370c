/* SPDX-License-Identifier: Apache-2.0 */
/* Fitting stems as a task: which sides there are, each file with its stamps and measures, then the
 * stems with role and key. */
#include "run/task_stems.h"

#include "core/wire.h"
#include "run/checked.h"
#include "run/result.h"
#include "run/task_couple.h"

#include <string.h>

/* A file of the task: checked before and after. */
struct part {
    struct hs_checked in;
    struct hs_file file;
};

struct asked {
    struct part *parts; /* sides, then stems */
    size_t n;
    struct hs_stem_input *stems;
    struct hs_stems_order order;
};

void hs_ask_stems(struct hs_buf *payload, enum hs_stem_origin origin)
{
    hs_wire_put_u32(payload, origin);
}

void hs_ask_stems_side(struct hs_buf *payload, bool there)
{
    hs_wire_put_u32(payload, there);
}

void hs_ask_stems_count(struct hs_buf *payload, size_t n)
{
    hs_wire_put_u32(payload, (uint32_t)n);
}

void hs_ask_stems_stem(struct hs_buf *payload, enum hs_stem_role role, int key)
{
    hs_wire_put_u32(payload, role);
    hs_wire_put_u32(payload, (uint32_t)key);
}

void hs_ask_stems_file(struct hs_buf *payload, const struct hs_source *source,
                       const struct hs_stamp *stamp, const struct hs_stamp *right,
                       const struct hs_buf *result)
{
    hs_checked_put(payload, source, stamp, right);
    hs_wire_put_blob(payload, result->data, result->len);
}

/* A file of the payload, with its stored measures where it has any. */
static const struct hs_file *take_file(struct hs_cursor *c, struct hs_arena *a,
                                       const struct hs_alive *alive, struct part *out,
                                       struct hs_error *err)
{
    size_t n;
    struct hs_result r;
    out->in = hs_checked_take(c, a);
    out->in.source.alive = alive;
    out->file = (struct hs_file){.source = &out->in.source, .state = HS_FILE_OK};
    const void *data = hs_wire_take_blob(c, &n);
    hs_values_init(&out->file.values, a);
    if (!n) /* never measured: made a moment ago */
        return &out->file;
    if (!hs_result_take(data, n, &r) || r.outcome != HS_OUTCOME_OK)
        hs_fail(err, HS_E_FAILED, "the measures of a file could not be read");
    else
        hs_result_take_values(&r, &out->file.values, err);
    return &out->file;
}

/* The whole payload as an order. Pointers into the parts are set anew once all parts are in one
 * array. */
static struct asked take_all(struct hs_cursor *c, struct hs_arena *a, const struct hs_alive *alive,
                             struct hs_error *err)
{
    struct asked q = {.order = {.alive = alive, .keep_bytes = hs_couple_most_kept()}};
    q.order.origin = hs_wire_take_u32(c) == HS_STEM_SEPARATED ? HS_STEM_SEPARATED : HS_STEM_GIVEN;
    q.parts = HS_ARENA_ARRAY(a, struct part, HS_STEM_SIDES);
    for (int s = 0; s < HS_STEM_SIDES; s++)
        if (hs_wire_take_u32(c))
            q.order.side[s] = take_file(c, a, alive, &q.parts[q.n++], err);
    uint32_t n = hs_wire_take_u32(c);
    if (c->bad || n > c->left) {
        hs_fail(err, HS_E_FAILED, "the task could not be read");
        return q;
    }
    struct part *all = HS_ARENA_ARRAY(a, struct part, q.n + n);
    memcpy(all, q.parts, q.n * sizeof *all);
    for (int s = 0; s < HS_STEM_SIDES; s++)
        if (q.order.side[s])
            q.order.side[s] = &all[q.order.side[s] == &q.parts[0].file ? 0 : 1].file;
    for (size_t i = 0; i < q.n; i++)
        all[i].file.source = &all[i].in.source;
    q.parts = all;
    q.stems = HS_ARENA_ARRAY(a, struct hs_stem_input, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t role = hs_wire_take_u32(c);
        q.stems[i].role = role < HS_N_STEM_ROLES ? (enum hs_stem_role)role : HS_STEM_OTHER;
        q.stems[i].key = (int)hs_wire_take_u32(c);
        q.stems[i].file = take_file(c, a, alive, &q.parts[q.n++], err);
    }
    q.order.stems = q.stems;
    q.order.n_stems = n;
    return q;
}

/* An error of what a separator made says which output it is; its folder is private and gone soon.
 */
static void name_output(const struct hs_source *output, struct hs_error *err)
{
    const struct hs_error why = *err;
    const size_t n = strlen(output->path);
    if (why.status == HS_OK || strncmp(why.msg, output->path, n) || !output->shown)
        return;
    hs_error_clear(err);
    hs_fail(err, why.status, "the separator's output %s cannot be used%s", output->shown,
            why.msg + n);
}

/* In the worker: opens all files as they were looked at, fits the stems, and looks again. */
static void run(const void *payload, size_t n, const struct hs_alive *alive, struct hs_buf *reply)
{
    struct hs_arena a = {0};
    struct hs_error err = {0};
    struct hs_buf body = {0};
    struct hs_instruments found;
    struct hs_cursor c = hs_cursor(payload, n);
    struct asked q = take_all(&c, &a, alive, &err);
    for (size_t i = 0; i < q.n && err.status == HS_OK; i++)
        hs_checked_open(&q.parts[i].in, &err);
    if (err.status == HS_OK && hs_stems_analyse(&q.order, &a, &found, &err) == HS_OK)
        hs_instruments_pack(&found, &body);
    for (size_t i = 0; i < q.n; i++) {
        hs_checked_close(&q.parts[i].in, &err);
        if (q.order.origin == HS_STEM_SEPARATED && i + q.order.n_stems >= q.n)
            name_output(&q.parts[i].in.source, &err);
        hs_checked_strip(&q.parts[i].in, &err);
    }
    hs_result_put_body(reply, body.data, body.len, &err);
    hs_buf_free(&body);
    hs_arena_free(&a);
}

const struct hs_task_kind hs_task_kind_stems = {.name = "stems", .run = run};
