/* SPDX-License-Identifier: Apache-2.0 */
#include "pair/pack.h"

#include "core/wire.h"

/* Raised when a value of a pair changes: stored pairs are then compared anew. */
enum { VERSION = 9 };

const char *const hs_pair_reads[] = {"delay",    "facts", "fingerprint", "hum",    "levels",
                                     "loudness", "noise", "peaks",       "ratios", NULL};

unsigned long long hs_pair_version(void)
{
    return VERSION;
}

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
    hs_values_pack(&pair->values, &values);
    hs_wire_put_blob(out, values.data, values.len);
    hs_buf_free(&values);
}

enum hs_status hs_pair_unpack(struct hs_pair *pair, struct hs_arena *arena, const void *data,
                              size_t n, struct hs_error *err)
{
    struct hs_cursor c = hs_cursor(data, n);
    uint32_t state = hs_wire_take_u32(&c);
    *pair = (struct hs_pair){.confidence = hs_wire_take_double(&c)};
    hs_values_init(&pair->values, arena);
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
    pair->n_segments = (size_t)n_segments;
    size_t len = 0;
    const void *values = hs_wire_take_blob(&c, &len);
    if (c.bad)
        return hs_fail(err, HS_E_FORMAT, "stored pair: damaged");
    return hs_values_unpack(&pair->values, values, len, err);
}
