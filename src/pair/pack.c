/* SPDX-License-Identifier: Apache-2.0 */
/* The fields one behind the other, in the order of hs_pair_pack; counts are held against the bytes
 * that are left before anything is allocated. */
#include "pair/pack.h"
#include "model/values_pack.h"

#include "core/wire.h"

/* Raised when a value of a pair changes: stored pairs are then compared anew. Where the alignment
 * changes its own version is raised (pair/align.h). */
enum { VERSION = 88 };

const char *const hs_pair_reads[] = {"delay",  "encoder",  "facts", "fingerprint", "hum",
                                     "levels", "loudness", "noise", "one_side",    "peaks",
                                     "ratios", "stereo",   "zones", NULL};

unsigned long long hs_pair_version(void)
{
    return VERSION;
}

static void put_passages(struct hs_buf *out, const struct hs_passage *p, size_t n)
{
    hs_wire_put_u64(out, n);
    for (size_t i = 0; i < n; i++) {
        hs_wire_put_double(out, p[i].from_s);
        hs_wire_put_double(out, p[i].to_s);
    }
}

/* NULL where the bytes are damaged; *n is then 0. */
static const struct hs_passage *take_passages(struct hs_cursor *c, struct hs_arena *arena,
                                              unsigned *n)
{
    uint64_t count = hs_wire_take_u64(c);
    *n = 0;
    if (c->bad || count > c->left / (2 * sizeof(double))) {
        c->bad = true;
        return NULL;
    }
    struct hs_passage *p = HS_ARENA_ARRAY(arena, struct hs_passage, count + 1);
    for (size_t i = 0; i < count; i++) {
        p[i].from_s = hs_wire_take_double(c);
        p[i].to_s = hs_wire_take_double(c);
    }
    *n = (unsigned)count;
    return p;
}

/* Kinds outside the enum mark the bytes as bad. */
static void take_chain(struct hs_cursor *c, struct hs_arena *arena, struct hs_pair *pair)
{
    uint64_t n = hs_wire_take_u64(c);
    if (c->bad || n > HS_CHAIN_MOST) {
        c->bad = true;
        return;
    }
    struct hs_device_use *chain = HS_ARENA_ARRAY(arena, struct hs_device_use, n + 1);
    for (size_t i = 0; i < n; i++) {
        uint32_t kind = hs_wire_take_u32(c);
        c->bad |= kind > HS_DEVICE_MULTIBAND;
        chain[i] = (struct hs_device_use){(enum hs_device)(kind % (HS_DEVICE_MULTIBAND + 1)),
                                          hs_wire_take_double(c)};
    }
    pair->chain = chain;
    pair->n_chain = (unsigned)n;
}

/* hs_pair_unpack reads the same; candidates are not stored. */
void hs_pair_pack(const struct hs_pair *pair, struct hs_buf *out)
{
    struct hs_buf values = {0};
    hs_wire_put_u32(out, (uint32_t)pair->state);
    hs_wire_put_double(out, pair->confidence);
    hs_wire_put_text(out, pair->why);
    hs_wire_put_u64(out, pair->n_segments);
    for (size_t i = 0; i < pair->n_segments; i++) {
        hs_wire_put_double(out, pair->segments[i].mix_s);
        hs_wire_put_double(out, pair->segments[i].master_s);
        hs_wire_put_double(out, pair->segments[i].len_s);
    }
    hs_wire_put_u64(out, pair->n_chain);
    for (size_t i = 0; i < pair->n_chain; i++) {
        hs_wire_put_u32(out, (uint32_t)pair->chain[i].kind);
        hs_wire_put_double(out, pair->chain[i].db);
    }
    put_passages(out, pair->fades, pair->n_fades);
    put_passages(out, pair->rides, pair->n_rides);
    const struct hs_values *const all[] = {&pair->values, &pair->shared_mix, &pair->shared_master};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        values.len = 0;
        hs_values_pack(all[i], &values);
        hs_wire_put_blob(out, values.data, values.len);
    }
    hs_buf_free(&values);
}

enum hs_status hs_pair_unpack(struct hs_pair *pair, struct hs_arena *arena, const void *data,
                              size_t n, struct hs_error *err)
{
    struct hs_cursor c = hs_cursor(data, n);
    uint32_t state = hs_wire_take_u32(&c);
    *pair = (struct hs_pair){.confidence = hs_wire_take_double(&c)};
    hs_values_init(&pair->values, arena);
    hs_values_init(&pair->shared_mix, arena);
    hs_values_init(&pair->shared_master, arena);
    pair->why = hs_wire_take_text(&c, arena);
    uint64_t n_segments = hs_wire_take_u64(&c);
    if (c.bad || state > HS_PAIR_CANNOT_SAY || n_segments > c.left / (3 * sizeof(double)))
        return hs_fail(err, HS_E_FORMAT, "stored pair: damaged");
    pair->state = (enum hs_pair_state)state;
    struct hs_segment *s = HS_ARENA_ARRAY(arena, struct hs_segment, n_segments + 1);
    for (size_t i = 0; i < n_segments; i++) {
        s[i].mix_s = hs_wire_take_double(&c);
        s[i].master_s = hs_wire_take_double(&c);
        s[i].len_s = hs_wire_take_double(&c);
    }
    pair->segments = s;
    pair->n_segments = (unsigned)n_segments;
    take_chain(&c, arena, pair);
    pair->fades = take_passages(&c, arena, &pair->n_fades);
    pair->rides = take_passages(&c, arena, &pair->n_rides);
    struct hs_values *const all[] = {&pair->values, &pair->shared_mix, &pair->shared_master};
    enum hs_status status = HS_OK;
    for (size_t i = 0; i < sizeof all / sizeof *all && !status; i++) {
        size_t len = 0;
        const void *values = hs_wire_take_blob(&c, &len);
        if (c.bad)
            return hs_fail(err, HS_E_FORMAT, "stored pair: damaged");
        status = hs_values_unpack(all[i], values, len, err);
    }
    return status;
}
