/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of the numbers of an instrument, and instruments as bytes (core/wire.h): per side
 * whether a fit was tried, its reason, what is missing, residual, loudness and window; then their
 * number, and of each role, key, origin, side, polarity, reason, the key that it is like, numbers,
 * tone and level over time. Unpacking refuses unknown roles, origins and sides, and bytes that are
 * left over.
 */
#include "model/instrument.h"

#include "core/wire.h"

#include <math.h>

const struct hs_instrument_row hs_instrument_rows[HS_N_INSTRUMENT_NUMBERS] = {
    [HS_INSTRUMENT_DELAY_S] = {"delay_s", "s", "begins at",
                               "where the first sample of the stem lies in the file", 6},
    [HS_INSTRUMENT_DRIFT_PPM] = {"drift_ppm", "ppm", "drift",
                                 "how much longer the stem lasts in the file", 1},
    [HS_INSTRUMENT_GAIN_DB] = {"gain_db", "dB", "gain",
                               "K-weighted power of the stem in the file over that of the stem", 2},
    [HS_INSTRUMENT_LEVEL_LU] =
        {"level_lu", "LU", "level",
         "gated loudness (ITU-R BS.1770) of the stem as it stands in the file "
         "minus the loudness of the file",
         2},
    [HS_INSTRUMENT_LEVEL_SONG_LU] = {"level_song_lu", "LU", "level over the song",
                                     "the same without gates", 2},
    [HS_INSTRUMENT_BOUND_LU] = {"bound_lu", "LU", "bound",
                                "how far the level may be from the truth, at 95 %", 2},
    [HS_INSTRUMENT_ACTIVE_S] = {"active_s", "s", "plays", "time that is louder than its gate", 1},
    [HS_INSTRUMENT_AUDIBLE] = {"audible", "", "audible",
                               "share of its power that stands above what the rest masks", 3},
    [HS_INSTRUMENT_WIDTH_DB] = {"width_db", "dB", "width", "side over mid power, K-weighted", 1},
    [HS_INSTRUMENT_BALANCE_DB] = {"balance_db", "dB", "place", "left over right power, K-weighted",
                                  1},
    [HS_INSTRUMENT_RANGE_LU] = {"range_lu", "LU", "range",
                                "10th to 95th percentile of its short-term level against the file",
                                1},
    [HS_INSTRUMENT_WET_DB] = {"wet_db", "dB", "wetness",
                              "diffuse over direct power: the tails of the stem itself, and what "
                              "rings on after it in the file",
                              1},
};

const double hs_instrument_measured_lu = 0.5, hs_instrument_inferred_lu = 1.5;

const char *const hs_stem_zone_names[HS_STEM_ZONES] = {"20_120", "120_500", "500_2k", "2k_8k",
                                                       "8k_16k"};

const char *hs_stem_side_name(enum hs_stem_side side)
{
    static const char *const names[HS_STEM_SIDES] = {"mix", "master"};
    return names[side];
}

const char *hs_stem_origin_name(enum hs_stem_origin origin)
{
    static const char *const names[HS_N_STEM_ORIGINS] = {"stem", "separated"};
    return names[origin];
}

struct hs_instrument hs_instrument_unread(enum hs_stem_role role, int key,
                                          enum hs_stem_origin origin, enum hs_stem_side side,
                                          const char *why)
{
    struct hs_instrument in = {.role = role,
                               .key = key,
                               .like = HS_NO_STEM_KEY,
                               .beside = HS_NO_STEM_KEY,
                               .origin = origin,
                               .side = side,
                               .why = why};
    for (int i = 0; i < HS_N_INSTRUMENT_NUMBERS; i++)
        in.number[i] = NAN;
    for (int i = 0; i < HS_STEM_ZONES; i++)
        in.tone_db[i] = NAN;
    return in;
}

/* The sum of the role where there is one, else its first instrument. */
const struct hs_instrument *hs_instrument_of_role(const struct hs_instruments *all,
                                                  enum hs_stem_role role, enum hs_stem_side side)
{
    const struct hs_instrument *found = NULL;
    for (size_t i = 0; all && i < all->n; i++) {
        const struct hs_instrument *in = &all->items[i];
        if (in->role == role && in->side == side && (!found || in->key == HS_NO_STEM_KEY))
            found = in;
    }
    return found;
}

/* One instrument as bytes, without its name. */
static void put_one(const struct hs_instrument *in, struct hs_buf *out)
{
    hs_wire_put_u32(out, in->role);
    hs_wire_put_u32(out, (uint32_t)in->key);
    hs_wire_put_u32(out, in->origin);
    hs_wire_put_u32(out, in->side);
    hs_wire_put_u32(out, (uint32_t)in->polarity);
    hs_wire_put_text(out, in->why);
    hs_wire_put_u32(out, (uint32_t)in->like);
    hs_wire_put_u32(out, (uint32_t)in->beside);
    hs_wire_put_u32(out, in->alike);
    for (int i = 0; i < HS_N_INSTRUMENT_NUMBERS; i++)
        hs_wire_put_double(out, in->number[i]);
    for (int i = 0; i < HS_STEM_ZONES; i++)
        hs_wire_put_double(out, in->tone_db[i]);
    hs_wire_put_blob(out, in->course_lu, in->n_course * sizeof *in->course_lu);
}

/* Fits of both sides, then every instrument. */
void hs_instruments_pack(const struct hs_instruments *in, struct hs_buf *out)
{
    for (int i = 0; i < HS_STEM_SIDES; i++) {
        const struct hs_stem_fit *f = &in->fit[i];
        hs_wire_put_u32(out, f->tried);
        hs_wire_put_text(out, f->why);
        hs_wire_put_text(out, f->missing);
        hs_wire_put_double(out, f->residual_db);
        hs_wire_put_double(out, f->loudness_lufs);
        hs_wire_put_double(out, f->window_s);
    }
    hs_wire_put_u32(out, (uint32_t)in->n);
    for (size_t i = 0; i < in->n; i++)
        put_one(&in->items[i], out);
}

/* The same back; what makes no sense marks the cursor as bad. */
static void take_one(struct hs_cursor *c, struct hs_arena *arena, struct hs_instrument *out)
{
    const uint32_t role = hs_wire_take_u32(c);
    out->key = (int)hs_wire_take_u32(c);
    const uint32_t origin = hs_wire_take_u32(c), side = hs_wire_take_u32(c);
    out->polarity = (int)hs_wire_take_u32(c);
    out->why = hs_wire_take_text(c, arena);
    out->like = (int)hs_wire_take_u32(c);
    out->beside = (int)hs_wire_take_u32(c);
    out->alike = hs_wire_take_u32(c);
    for (int i = 0; i < HS_N_INSTRUMENT_NUMBERS; i++)
        out->number[i] = hs_wire_take_double(c);
    for (int i = 0; i < HS_STEM_ZONES; i++)
        out->tone_db[i] = hs_wire_take_double(c);
    size_t bytes;
    const void *course = hs_wire_take_blob(c, &bytes);
    c->bad |= role >= HS_N_STEM_ROLES || origin >= HS_N_STEM_ORIGINS || side >= HS_STEM_SIDES ||
              bytes % sizeof *out->course_lu;
    if (c->bad)
        return;
    out->role = (enum hs_stem_role)role;
    out->origin = (enum hs_stem_origin)origin;
    out->side = (enum hs_stem_side)side;
    out->course_lu = hs_arena_copy(arena, course, bytes);
    out->n_course = bytes / sizeof *out->course_lu;
}

/* Bytes that are left over, or missing, are an error. */
enum hs_status hs_instruments_unpack(struct hs_instruments *out, struct hs_arena *arena,
                                     const void *data, size_t n, struct hs_error *err)
{
    struct hs_cursor c = hs_cursor(data, n);
    *out = (struct hs_instruments){0};
    for (int i = 0; i < HS_STEM_SIDES; i++) {
        struct hs_stem_fit *f = &out->fit[i];
        f->tried = hs_wire_take_u32(&c);
        f->why = hs_wire_take_text(&c, arena);
        f->missing = hs_wire_take_text(&c, arena);
        f->residual_db = hs_wire_take_double(&c);
        f->loudness_lufs = hs_wire_take_double(&c);
        f->window_s = hs_wire_take_double(&c);
    }
    uint32_t count = hs_wire_take_u32(&c);
    if (c.bad || count > c.left / sizeof(double))
        return hs_fail(err, HS_E_FAILED, "the instruments could not be read");
    out->items = HS_ARENA_ARRAY(arena, struct hs_instrument, count + 1);
    for (; out->n < count && !c.bad; out->n++)
        take_one(&c, arena, &out->items[out->n]);
    return c.bad || c.left ? hs_fail(err, HS_E_FAILED, "the instruments could not be read") : HS_OK;
}
