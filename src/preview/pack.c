/* SPDX-License-Identifier: Apache-2.0 */
/* Orders and previews as bytes, between supervisor, worker and store. What comes back is not
 * trusted: counts are limited, and numbers outside an enum mark the bytes as bad. */
#include "preview/pack.h"

#include "model/values_pack.h"

#include <math.h>
#include <string.h>

static void put_all(struct hs_buf *out, const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        hs_wire_put_double(out, x[i]);
}

static void take_all(struct hs_cursor *c, double *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        x[i] = hs_wire_take_double(c);
}

/* More targets than there can be are no count. */
static size_t take_count(struct hs_cursor *c)
{
    size_t n = hs_wire_take_u32(c);
    c->bad |= n > HS_PREVIEW_MOST_TARGETS;
    return c->bad ? 0 : n;
}

void hs_preview_order_put(const struct hs_preview_order *order, struct hs_buf *out)
{
    hs_wire_put_u32(out, order->has_eq);
    put_all(out, order->eq_db, HS_BANDS);
    hs_wire_put_u32(out, (uint32_t)order->n_targets);
    put_all(out, order->targets_lufs, order->n_targets);
    for (size_t i = 0; i < order->n_targets; i++)
        hs_wire_put_text(out, order->write_paths[i]);
}

void hs_preview_order_take(struct hs_cursor *c, struct hs_arena *a, struct hs_preview_order *out)
{
    *out = (struct hs_preview_order){.has_eq = hs_wire_take_u32(c) != 0};
    take_all(c, out->eq_db, HS_BANDS);
    out->n_targets = take_count(c);
    take_all(c, out->targets_lufs, out->n_targets);
    for (size_t i = 0; i < out->n_targets; i++)
        out->write_paths[i] = hs_wire_take_text(c, a);
}

/* An order without targets is its count alone: the music is played as it is. */
void hs_excerpt_order_put(const struct hs_excerpt_order *o, struct hs_buf *out)
{
    hs_wire_put_u32(out, (uint32_t)o->n);
    if (!o->n)
        return;
    hs_wire_put_u32(out, o->has_eq);
    put_all(out, o->eq_db, HS_BANDS);
    put_all(out, (const double[]){o->threshold_db, o->peak_db}, 2);
    put_all(out, o->gain_db, o->n);
    put_all(out, o->clip_db, o->n);
}

void hs_excerpt_order_take(struct hs_cursor *c, struct hs_excerpt_order *out)
{
    *out = (struct hs_excerpt_order){.n = take_count(c)};
    if (!out->n)
        return;
    out->has_eq = hs_wire_take_u32(c) != 0;
    take_all(c, out->eq_db, HS_BANDS);
    out->threshold_db = hs_wire_take_double(c);
    out->peak_db = hs_wire_take_double(c);
    take_all(c, out->gain_db, out->n);
    take_all(c, out->clip_db, out->n);
}

/* One target with all measures of the rendering; take_target reads the same. */
static void put_target(const struct hs_preview_target *t, struct hs_buf *out)
{
    const double numbers[] = {t->target_lufs, t->reached_lufs, t->gain_db,   t->clip_db,
                              t->gr_p50_db,   t->gr_p95_db,    t->gr_max_db, t->plr_db};
    struct hs_buf values = {0};
    put_all(out, numbers, sizeof numbers / sizeof *numbers);
    put_all(out, t->holds, HS_PREVIEW_BANDS);
    hs_wire_put_u32(out, t->reach);
    hs_values_pack(&t->values, &values);
    hs_wire_put_blob(out, values.data, values.len);
    hs_buf_free(&values);
}

/* One target back; numbers that make no sense mark the cursor as bad. */
static enum hs_status take_target(struct hs_cursor *c, struct hs_arena *a,
                                  struct hs_preview_target *t, struct hs_error *err)
{
    double *const numbers[] = {&t->target_lufs, &t->reached_lufs, &t->gain_db,   &t->clip_db,
                               &t->gr_p50_db,   &t->gr_p95_db,    &t->gr_max_db, &t->plr_db};
    size_t n;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        *numbers[i] = hs_wire_take_double(c);
    take_all(c, t->holds, HS_PREVIEW_BANDS);
    uint32_t reach = hs_wire_take_u32(c);
    c->bad |= reach > HS_PREVIEW_NOT_CONVERGED;
    t->reach = c->bad ? HS_PREVIEW_NOT_CONVERGED : (enum hs_preview_reach)reach;
    const void *values = hs_wire_take_blob(c, &n);
    hs_values_init(&t->values, a);
    return c->bad ? HS_OK : hs_values_unpack(&t->values, values, n, err);
}

/* The targets that were asked for are in the key of the result, not here. */
void hs_preview_pack(const struct hs_preview *p, struct hs_buf *out)
{
    hs_wire_put_text(out, p->why);
    hs_wire_put_u32(out, p->has_eq);
    put_all(out, p->eq_db, HS_BANDS);
    const double numbers[] = {p->threshold_db, p->compressor_p95_db, p->mix_lufs, p->peak_db,
                              p->loudest_s};
    put_all(out, numbers, sizeof numbers / sizeof *numbers);
    hs_wire_put_u32(out, (uint32_t)p->n_targets);
    for (size_t i = 0; i < p->n_targets; i++)
        put_target(&p->targets[i], out);
}

/* Bytes that are left over, or missing, are HS_E_FORMAT. `carries_lufs` is found later. */
enum hs_status hs_preview_unpack(const void *data, size_t n, struct hs_arena *a,
                                 struct hs_preview *out, struct hs_error *err)
{
    struct hs_cursor c = hs_cursor(data, n);
    enum hs_status status = HS_OK;
    *out = (struct hs_preview){.carries_lufs = NAN, .why = hs_wire_take_text(&c, a)};
    out->there = !out->why;
    out->has_eq = hs_wire_take_u32(&c) != 0;
    take_all(&c, out->eq_db, HS_BANDS);
    out->threshold_db = hs_wire_take_double(&c);
    out->compressor_p95_db = hs_wire_take_double(&c);
    out->mix_lufs = hs_wire_take_double(&c);
    out->peak_db = hs_wire_take_double(&c);
    out->loudest_s = hs_wire_take_double(&c);
    out->n_targets = take_count(&c);
    out->targets = HS_ARENA_ARRAY(a, struct hs_preview_target, out->n_targets + 1);
    for (size_t i = 0; i < out->n_targets && status == HS_OK; i++)
        status = take_target(&c, a, &out->targets[i], err);
    if (status == HS_OK && (c.bad || c.left))
        status = hs_fail(err, HS_E_FORMAT, "the preview is not whole");
    return status;
}
