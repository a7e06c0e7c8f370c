/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The passage of the master is read with half a second before it, so that filters have settled
 *    when it begins.
 * 2. The other sides are made: the mix at the same place, speed and sample rate by windowed-sinc
 *    interpolation; the master with its correction; an update before and after; the mix mastered
 *    in house at its targets; a stem alone, and the master with its fader moved; what comes out of
 *    a car, a phone, a radio or a codec.
 * 3. All sides are turned down to the integrated loudness of the quietest (BS.1770-5), then
 *    together until the highest peak is -1.5 dBFS, because encoders overshoot.
 * 4. Beside a mix two more sides hold what mastering added: the difference to the mix, and to the
 *    mix with the equalisation of the master.
 * 5. Edges are faded over 10 ms. Each side is encoded, and written once more as a script, from
 *    which a page that was opened from a folder can play without a gap.
 */
#include "run/clip_render.h"

#include "core/fs.h"
#include "dsp/sinc.h"
#include "media/clip.h"
#include "report/base64.h"
#include "run/clip_difference.h"
#include "run/clip_sound.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* What is read before the passage: filters have settled, and the interpolation of the mix
 * has its neighbours. */
#define LEAD_S 0.5

static void invert(float *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        x[i] = -x[i];
}

/* The mix on the master's clock: its place in time, speed and sample rate in one step. */
static enum hs_status read_mix(const struct hs_clip_order *o, const struct hs_clip_sound *master,
                               struct hs_clip_sound *out, struct hs_error *err)
{
    struct hs_clip_sound raw = {0};
    double first_s;
    double from = o->mix_from_s - 0.1;
    enum hs_status s =
        hs_clip_sound_read(&o->mix, from, o->len_s * o->ratio + 0.2, &raw, &first_s, err);
    if (!s) {
        struct hs_sinc between;
        double step = o->ratio * raw.rate_hz / master->rate_hz;
        hs_clip_sound_init(out, master->n, master->rate_hz);
        hs_sinc_init_rate(&between, step);
        const float *const in[2] = {raw.channel[o->swapped], raw.channel[!o->swapped]};
        hs_sinc_read_all(&between, in, raw.n, (o->mix_from_s - first_s) * raw.rate_hz, step,
                         out->channel, out->n);
        for (int c = 0; c < 2; c++)
            if (o->sign[c] < 0)
                invert(out->channel[c], out->n);
        hs_sinc_free(&between);
    }
    hs_clip_sound_free(&raw);
    return s;
}

/* What mastering added, at the level at which it is in the master: side c against the mix as it
 * is, side d against the mix with the equalisation of the master. */
static void subtract(const struct hs_clip_order *o, struct hs_clip_sound side[HS_CLIP_SIDES])
{
    for (size_t i = 2; i < o->n_sides; i++) {
        struct hs_clip_sound mix;
        hs_clip_sound_init(&mix, side[0].n, side[0].rate_hz);
        hs_clip_sound_init(&side[i], side[0].n, side[0].rate_hz);
        for (int c = 0; c < 2; c++)
            memcpy(mix.channel[c], side[1].channel[c], mix.n * sizeof(float));
        if (i == 3)
            hs_clip_equalise(mix.channel, mix.n, mix.rate_hz, o->eq_db);
        double off = i == 3 ? hs_clip_sound_lufs(&side[0]) - hs_clip_sound_lufs(&mix) : 0;
        if (isfinite(off))
            hs_clip_sound_gain(&mix, pow(10, off / 20));
        for (int c = 0; c < 2; c++)
            hs_clip_minus(side[0].channel[c], mix.channel[c], side[i].channel[c], mix.n);
        hs_clip_sound_free(&mix);
        hs_clip_sound_limit(&side[i]);
    }
}

/* Sides of an update: a the old file, b the new one (which was read as the master), c the old file
 * with the planned correction. */
static void set_out_update(const struct hs_clip_order *o, struct hs_clip_sound side[HS_CLIP_SIDES])
{
    struct hs_clip_sound after = side[0];
    side[0] = side[1];
    side[1] = after;
    if (o->n_sides < 3)
        return;
    hs_clip_sound_copy(&side[0], &side[2]);
    hs_clip_correct(&o->correction, &side[2]);
}

/* The stem alone, and the master with more or less of it. */
static enum hs_status set_out_stem(const struct hs_clip_order *o,
                                   struct hs_clip_sound side[HS_CLIP_SIDES], struct hs_error *err)
{
    enum hs_status s = read_mix(o, &side[0], &side[1], err);
    if (s || o->n_sides < 3)
        return s;
    hs_clip_sound_copy(&side[0], &side[2]);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < side[2].n; i++)
            side[2].channel[c][i] += (float)(o->added * (double)side[1].channel[c][i]);
    return s;
}

/* The other sides are the passage mastered in house, one for each target. */
static enum hs_status master_passage(const struct hs_clip_order *o,
                                     struct hs_clip_sound side[HS_CLIP_SIDES], struct hs_error *err)
{
    struct hs_excerpt_sound made[HS_PREVIEW_MOST_TARGETS] = {{.n_frames = 0}};
    enum hs_status s =
        hs_excerpt_run(&o->master, &o->preview, o->from_s, o->len_s, o->master.alive, made, err);
    for (size_t i = 0; i < o->preview.n; i++) {
        side[i + 1] = (struct hs_clip_sound){.n = made[i].n_frames, .rate_hz = side[0].rate_hz};
        for (int c = 0; c < 2; c++)
            side[i + 1].channel[c] = made[i].x[c];
        side[0].n = !s && made[i].n_frames < side[0].n ? made[i].n_frames : side[0].n;
    }
    return s;
}

/* Side i: the master as it comes out at its place. song_lufs sets how loud the song is played
 * there, against the noise of a car. */
static enum hs_status hear(const struct hs_clip_order *o, size_t i, double song_lufs,
                           struct hs_clip_sound side[HS_CLIP_SIDES], struct hs_error *err)
{
    const float *const in[2] = {side[0].channel[0], side[0].channel[1]};
    hs_clip_sound_init(&side[i], side[0].n, side[0].rate_hz);
    return hs_hear(o->place[i - 1], side[0].rate_hz, in, side[0].n, song_lufs, side[i].channel,
                   err);
}

/* What comes out elsewhere: sides that are heard at one loudness with the master, and then, from
 * the master at that level, those that have one of their own (noise, a difference). */
static enum hs_status play_elsewhere(const struct hs_clip_order *o,
                                     struct hs_clip_sound side[HS_CLIP_SIDES], struct hs_error *err)
{
    enum hs_status s = HS_OK;
    size_t n = 1;
    for (; n < o->n_sides && hs_hearing_is_matched(o->place[n - 1]) && !s; n++)
        s = hear(o, n, o->song_lufs, side, err);
    double before = hs_clip_sound_lufs(&side[0]);
    if (!s)
        s = hs_clip_sound_match(side, n, err);
    double song_lufs = o->song_lufs + hs_clip_sound_lufs(&side[0]) - before;
    for (; n < o->n_sides && !s; n++) {
        s = hear(o, n, song_lufs, side, err);
        if (!s)
            hs_clip_sound_limit(&side[n]);
    }
    return s;
}

/* All sides of the clip: read or made, cut to the passage, at one loudness, faded. */
static enum hs_status prepare(const struct hs_clip_order *o,
                              struct hs_clip_sound side[HS_CLIP_SIDES], struct hs_error *err)
{
    double first_s, lead = fmin(LEAD_S, o->from_s);
    enum hs_status s =
        hs_clip_sound_read(&o->master, o->from_s - lead, o->len_s + lead, &side[0], &first_s, err);
    if (s)
        return s;
    int rate = side[0].rate_hz;
    size_t from = (size_t)lround((o->from_s - first_s) * rate);
    size_t n = (size_t)lround(o->len_s * rate);
    /* corrected with the lead still in front, so that its filters have settled, then cut */
    if (o->side == HS_CLIP_CORRECTED) {
        hs_clip_sound_copy(&side[0], &side[1]);
        hs_clip_correct(&o->correction, &side[1]);
        hs_clip_sound_cut(&side[1], from, n);
    }
    hs_clip_sound_cut(&side[0], from, n);
    const bool update = o->side == HS_CLIP_UPDATE, preview = o->side == HS_CLIP_PREVIEW;
    const bool stem = o->side == HS_CLIP_STEM, alike = update || preview || stem;
    if (o->side == HS_CLIP_MIX || update)
        s = read_mix(o, &side[0], &side[1], err);
    if (!s && update)
        set_out_update(o, side);
    if (preview)
        s = master_passage(o, side, err);
    if (stem)
        s = set_out_stem(o, side, err);
    /* places match loudness by themselves, because noise must keep its level */
    if (hs_clip_is_elsewhere(o->side)) {
        s = play_elsewhere(o, side, err);
        for (size_t i = 0; i < o->n_sides && !s; i++)
            hs_clip_sound_fade(&side[i]);
        return s;
    }
    if (!s)
        s = hs_clip_sound_match(side, alike ? o->n_sides : o->n_sides < 2 ? 1 : 2, err);
    /* differences only where the sides are master and mix */
    if (!s && !alike)
        subtract(o, side);
    for (size_t i = 0; i < o->n_sides; i++)
        hs_clip_sound_fade(&side[i]);
    return s;
}

/* A script, since that is all that a page from a folder may load besides. */
static enum hs_status write_script(const struct hs_clip_order *o, const struct hs_buf *side,
                                   size_t *bytes, struct hs_error *err)
{
    struct hs_arena a = {0};
    struct hs_buf b = {0};
    hs_buf_puts(&b, "hindsightClip(\"");
    for (const char *p = o->name; *p; p++)
        hs_buf_printf(&b, strchr("\"\\<", *p) ? "\\x%02x" : "%c", (unsigned char)*p);
    hs_buf_puts(&b, "\",\"");
    hs_buf_puts(&b, o->format->type);
    for (size_t i = 0; i < o->n_sides; i++) {
        hs_buf_puts(&b, "\",\"");
        hs_base64_put(&b, (const unsigned char *)side[i].data, side[i].len);
    }
    hs_buf_puts(&b, "\");\n");
    enum hs_status s = hs_fs_write(hs_arena_printf(&a, "%s.js", o->path), b.data, b.len, err);
    *bytes += b.len;
    hs_buf_free(&b);
    hs_arena_free(&a);
    return s;
}

/* Encodes each side into its file, then all of them once more into the script. */
static enum hs_status write_sides(const struct hs_clip_order *o, const struct hs_clip_sound *side,
                                  const struct hs_alive *alive, size_t *bytes, struct hs_error *err)
{
    struct hs_arena a = {0};
    struct hs_buf coded[HS_CLIP_SIDES] = {{0}};
    enum hs_status s = HS_OK;
    *bytes = 0;
    for (size_t i = 0; i < o->n_sides && !s; i++) {
        const char *path =
            hs_arena_printf(&a, "%s-%c.%s", o->path, (char)('a' + i), o->format->extension);
        const float *const planar[] = {side[i].channel[0], side[i].channel[1]};
        s = hs_clip_write(path, o->format->name, planar, 2, side[i].n, side[i].rate_hz, err);
        s = s ? s : hs_fs_read(path, 64 << 20, &coded[i], err);
        *bytes += coded[i].len;
        hs_alive_tell(alive, 1, 0);
    }
    s = s ? s : write_script(o, coded, bytes, err);
    for (size_t i = 0; i < HS_CLIP_SIDES; i++)
        hs_buf_free(&coded[i]);
    hs_arena_free(&a);
    return s;
}

/* One clip from its order: all sides made, then written; `bytes` counts what the pages will carry.
 */
enum hs_status hs_clip_render(const struct hs_clip_order *o, const struct hs_alive *alive,
                              size_t *bytes, struct hs_error *err)
{
    struct hs_clip_sound side[HS_CLIP_SIDES] = {{.n = 0}};
    enum hs_status s = prepare(o, side, err);
    hs_alive_tell(alive, 1, o->len_s);
    s = s ? s : write_sides(o, side, alive, bytes, err);
    for (size_t i = 0; i < HS_CLIP_SIDES; i++)
        hs_clip_sound_free(&side[i]);
    return s;
}
