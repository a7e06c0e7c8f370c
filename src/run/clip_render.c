/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The passage of the master is read with half a second before it, so that filters have settled
 *    when it begins.
 * 2. The other sides are made: the mix at the same place, speed and sample rate by windowed-sinc
 *    interpolation; the master with its correction; an update before and after; the mix mastered
 *    in house at its targets; a stem alone, and the master with its fader moved; what comes out of
 * a car, a phone, a radio or a codec.
 * 3. All sides are turned down to the integrated loudness of the quietest (BS.1770-5), then
 *    together until the highest peak is -1.5 dBFS, because encoders overshoot.
 * 4. Beside a mix two more sides hold what mastering added: the difference to the mix, and to the
 *    mix with the equalisation of the master.
 * 5. Edges are faded over 10 ms. Each side is encoded, and written once more as a script, from
 *    which a page that was opened from a folder can play without a gap.
 */
#include "run/clip_render.h"

#include "core/alloc.h"
#include "core/fs.h"
#include "dsp/biquad.h"
#include "dsp/downmix.h"
#include "dsp/gating.h"
#include "dsp/kweight.h"
#include "dsp/sinc.h"
#include "media/clip.h"
#include "media/reader.h"
#include "report/base64.h"
#include "run/clip_difference.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* What is read before the passage: filters have settled, and the interpolation of the mix
 * has its neighbours. */
#define LEAD_S 0.5
/* Edges of both sides, against clicks. */
#define FADE_S 0.01
/* Encoders overshoot: both sides are turned down until the louder peak lies here. */
#define PEAK_MOST 0.84f /* -1.5 dBFS */

struct stereo {
    float *channel[2];
    size_t n;
    int rate_hz;
};

/* Silence of n frames. The caller frees it. */
static void stereo_init(struct stereo *s, size_t n, int rate_hz)
{
    *s = (struct stereo){.n = n, .rate_hz = rate_hz};
    for (int c = 0; c < 2; c++)
        s->channel[c] = hs_calloc(n + 1, sizeof(float));
}

static void stereo_free(struct stereo *s)
{
    hs_free(s->channel[0]);
    hs_free(s->channel[1]);
    *s = (struct stereo){0};
}

/* Reads [from, from + len) seconds as stereo; what lies outside the file is silence. */
static enum hs_status read_passage(const struct hs_source *source, double from_s, double len_s,
                                   struct stereo *out, double *first_s, struct hs_error *err)
{
    struct hs_reader *r = NULL;
    enum hs_status s = hs_reader_open(&r, source, err);
    if (s)
        return s;
    const struct hs_stream *stream = hs_reader_stream(r);
    struct hs_downmix downmix;
    hs_downmix_init(&downmix, stream);
    int64_t first = llround(floor(from_s * stream->sample_rate_hz));
    size_t skip = first < 0 ? (size_t)-first : 0, got = skip, n = 1;
    stereo_init(out, (size_t)ceil(len_s * stream->sample_rate_hz) + 1, stream->sample_rate_hz);
    *first_s = (double)first / stream->sample_rate_hz;
    if (first > 0)
        s = hs_reader_seek(r, first, err);
    while (!s && got < out->n && n) {
        const float *const *planar;
        s = hs_reader_read(r, out->n - got, &planar, &n, err);
        if (!s && n)
            hs_downmix_run(&downmix, planar, n,
                           (float *const[2]){out->channel[0] + got, out->channel[1] + got});
        got += n;
    }
    hs_reader_close(r);
    return s;
}

/* Drops what was read before the passage, so that all sides begin at the same moment. */
static void cut(struct stereo *s, size_t from, size_t n)
{
    for (int c = 0; c < 2; c++) {
        size_t left = from < s->n ? s->n - from : 0;
        memmove(s->channel[c], s->channel[c] + from, (left < n ? left : n) * sizeof(float));
    }
    s->n = n < s->n ? n : s->n;
}

/* The biquad of a correction. Frequencies end at 0.45 of the sample rate, where filters still have
 * their shape; Q is 0.7 where the rule gives none. */
static struct hs_biquad filter_of(const struct hs_clip_order *o, double rate_hz)
{
    double hz = fmin(o->hz, 0.45 * rate_hz), q = o->q > 0 ? o->q : 0.7;
    if (o->shape == HS_SHAPE_LOW_SHELF)
        return hs_biquad_low_shelf(hz, o->db, q, rate_hz);
    if (o->shape == HS_SHAPE_HIGH_SHELF)
        return hs_biquad_high_shelf(hz, o->db, q, rate_hz);
    if (o->shape == HS_SHAPE_HIGH_PASS)
        return hs_biquad_high_pass(hz, q, rate_hz);
    return hs_biquad_bell(hz, o->db, q, rate_hz);
}

/* Mid and side in place of left and right, both at half the sum and difference. */
static void to_mid_side(struct stereo *s)
{
    for (size_t i = 0; i < s->n; i++) {
        float l = s->channel[0][i], r = s->channel[1][i];
        s->channel[0][i] = 0.5f * (l + r);
        s->channel[1][i] = 0.5f * (l - r);
    }
}

static void from_mid_side(struct stereo *s)
{
    for (size_t i = 0; i < s->n; i++) {
        float m = s->channel[0][i], d = s->channel[1][i];
        s->channel[0][i] = m + d;
        s->channel[1][i] = m - d;
    }
}

static void scale(float *x, size_t n, double gain)
{
    for (size_t i = 0; i < n; i++)
        x[i] = (float)((double)x[i] * gain);
}

/* The correction on the master: equaliser, width (gain of the side signal), gain or
 * polarity of a channel. */
static void correct(const struct hs_clip_order *o, struct stereo *s)
{
    enum hs_move_channel channel = o->channel;
    bool width = o->shape == HS_SHAPE_WIDTH;
    bool mid_side = width || channel == HS_CHANNEL_MID || channel == HS_CHANNEL_SIDE;
    bool first = channel != HS_CHANNEL_SIDE && channel != HS_CHANNEL_RIGHT && !width;
    bool second = width || (channel != HS_CHANNEL_MID && channel != HS_CHANNEL_LEFT);
    if (mid_side)
        to_mid_side(s);
    for (int c = 0; c < 2; c++) {
        if (!(c ? second : first))
            continue;
        if (width || o->shape == HS_SHAPE_GAIN) {
            scale(s->channel[c], s->n, pow(10, o->db / 20));
        } else if (o->shape == HS_SHAPE_POLARITY) {
            if (c == 1)
                scale(s->channel[c], s->n, -1);
        } else {
            struct hs_biquad f = filter_of(o, s->rate_hz);
            struct hs_biquad_state state = {{0, 0}};
            hs_biquad_run(&f, &state, s->channel[c], s->n);
        }
    }
    if (mid_side)
        from_mid_side(s);
}

/* The mix on the master's clock: its place in time, speed and sample rate in one step. */
static enum hs_status read_mix(const struct hs_clip_order *o, const struct stereo *master,
                               struct stereo *out, struct hs_error *err)
{
    struct stereo raw = {0};
    double first_s;
    double from = o->mix_from_s - 0.1;
    enum hs_status s = read_passage(&o->mix, from, o->len_s * o->ratio + 0.2, &raw, &first_s, err);
    if (!s) {
        struct hs_sinc between;
        double step = o->ratio * raw.rate_hz / master->rate_hz;
        stereo_init(out, master->n, master->rate_hz);
        hs_sinc_init_rate(&between, step);
        for (int c = 0; c < 2; c++) {
            int source = o->swapped ? 1 - c : c;
            hs_sinc_read_all(&between, raw.channel[source], raw.n,
                             (o->mix_from_s - first_s) * raw.rate_hz, step, out->channel[c],
                             out->n);
            scale(out->channel[c], out->n, o->sign[c] < 0 ? -1 : 1);
        }
        hs_sinc_free(&between);
    }
    stereo_free(&raw);
    return s;
}

/* Integrated loudness of the passage (BS.1770-5): blocks of 400 ms, every 100 ms. */
static double loudness(const struct stereo *s)
{
    struct hs_kweight k;
    struct hs_kweight_state state = {.high = {{0}}};
    size_t step = (size_t)s->rate_hz / 10, n = s->n / step;
    float *block = hs_calloc(n + 1, sizeof *block);
    double recent[4] = {0};
    hs_kweight_init(&k, s->rate_hz);
    for (size_t i = 0; i < n; i++) {
        double energy[2] = {0, 0};
        hs_kweight_energy(&k, &state, s->channel[0] + i * step, s->channel[1] + i * step, step,
                          energy);
        recent[i % 4] = energy[0] + energy[1];
        block[i] = (float)((recent[0] + recent[1] + recent[2] + recent[3]) / (4 * (double)step));
    }
    size_t first = n > 3 ? 3 : n;
    double gate = hs_gate(block + first, n - first, -10);
    double power = hs_gated_mean(block + first, n - first, gate);
    hs_free(block);
    return hs_lufs(power);
}

/* Straight ramps at both ends. */
static void fade(struct stereo *s)
{
    size_t n = (size_t)(FADE_S * s->rate_hz);
    for (size_t i = 0; i < n && 2 * i < s->n; i++)
        for (int c = 0; c < 2; c++) {
            s->channel[c][i] *= (float)i / (float)n;
            s->channel[c][s->n - 1 - i] *= (float)i / (float)n;
        }
}

static float peak(const struct stereo *s)
{
    float most = 0;
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < s->n; i++)
            most = fmaxf(most, fabsf(s->channel[c][i]));
    return most;
}

static void gain_both(struct stereo *s, double gain)
{
    for (int c = 0; c < 2; c++)
        scale(s->channel[c], s->n, gain);
}

/* All sides as loud as the quietest, and below the peak that encoders can take. */
static enum hs_status match(struct stereo *side, size_t n, struct hs_error *err)
{
    double lufs[HS_CLIP_SIDES], target = INFINITY;
    float most = 0;
    for (size_t i = 0; i < n; i++) {
        lufs[i] = loudness(&side[i]);
        if (!isfinite(lufs[i]))
            return hs_fail(err, HS_E_FORMAT, n > 1 ? "one side is silent here" : "silent here");
        target = fmin(target, lufs[i]);
    }
    for (size_t i = 0; i < n; i++) {
        gain_both(&side[i], pow(10, (target - lufs[i]) / 20));
        most = fmaxf(most, peak(&side[i]));
    }
    for (size_t i = 0; i < n && most > PEAK_MOST; i++)
        gain_both(&side[i], (double)(PEAK_MOST / most));
    return HS_OK;
}

/* What mastering added, at the level at which it is in the master: side c against the mix as it
 * is, side d against the mix with the equalisation of the master. */
static void subtract(const struct hs_clip_order *o, struct stereo side[HS_CLIP_SIDES])
{
    for (size_t i = 2; i < o->n_sides; i++) {
        struct stereo mix;
        stereo_init(&mix, side[0].n, side[0].rate_hz);
        stereo_init(&side[i], side[0].n, side[0].rate_hz);
        for (int c = 0; c < 2; c++) {
            memcpy(mix.channel[c], side[1].channel[c], mix.n * sizeof(float));
            if (i == 3)
                hs_clip_equalise(mix.channel[c], mix.n, mix.rate_hz, o->eq_db);
        }
        double off = i == 3 ? loudness(&side[0]) - loudness(&mix) : 0;
        if (isfinite(off))
            gain_both(&mix, pow(10, off / 20));
        for (int c = 0; c < 2; c++)
            hs_clip_minus(side[0].channel[c], mix.channel[c], side[i].channel[c], mix.n);
        stereo_free(&mix);
        float most = peak(&side[i]);
        if (most > PEAK_MOST)
            gain_both(&side[i], (double)(PEAK_MOST / most));
    }
}

static void copy(const struct stereo *from, struct stereo *to)
{
    stereo_init(to, from->n, from->rate_hz);
    for (int c = 0; c < 2; c++)
        memcpy(to->channel[c], from->channel[c], from->n * sizeof(float));
}

/* Sides of an update: a the old file, b the new one (which was read as the master), c the old file
 * with the planned correction. */
static void set_out_update(const struct hs_clip_order *o, struct stereo side[HS_CLIP_SIDES])
{
    struct stereo after = side[0];
    side[0] = side[1];
    side[1] = after;
    if (o->n_sides < 3)
        return;
    copy(&side[0], &side[2]);
    correct(o, &side[2]);
}

/* The stem alone, and the master with more or less of it. */
static enum hs_status set_out_stem(const struct hs_clip_order *o, struct stereo side[HS_CLIP_SIDES],
                                   struct hs_error *err)
{
    enum hs_status s = read_mix(o, &side[0], &side[1], err);
    if (s || o->n_sides < 3)
        return s;
    copy(&side[0], &side[2]);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < side[2].n; i++)
            side[2].channel[c][i] += (float)(o->added * (double)side[1].channel[c][i]);
    return s;
}

/* The other sides are the passage mastered in house, one for each target. */
static enum hs_status master_passage(const struct hs_clip_order *o,
                                     struct stereo side[HS_CLIP_SIDES], struct hs_error *err)
{
    struct hs_excerpt_sound made[HS_PREVIEW_MOST_TARGETS] = {{.n_frames = 0}};
    enum hs_status s =
        hs_excerpt_run(&o->master, &o->preview, o->from_s, o->len_s, o->master.alive, made, err);
    for (size_t i = 0; i < o->preview.n; i++) {
        side[i + 1] = (struct stereo){.n = made[i].n_frames, .rate_hz = side[0].rate_hz};
        for (int c = 0; c < 2; c++)
            side[i + 1].channel[c] = made[i].x[c];
        side[0].n = !s && made[i].n_frames < side[0].n ? made[i].n_frames : side[0].n;
    }
    return s;
}

/* Side i: the master as it comes out at its place. song_lufs sets how loud the song is played
 * there, against the noise of a car. */
static enum hs_status hear(const struct hs_clip_order *o, size_t i, double song_lufs,
                           struct stereo side[HS_CLIP_SIDES], struct hs_error *err)
{
    const float *const in[2] = {side[0].channel[0], side[0].channel[1]};
    stereo_init(&side[i], side[0].n, side[0].rate_hz);
    return hs_hear(o->place[i - 1], side[0].rate_hz, in, side[0].n, song_lufs, side[i].channel,
                   err);
}

/* What comes out elsewhere: sides that are heard at one loudness with the master, and then, from
 * the master at that level, those that have one of their own (noise, a difference). */
static enum hs_status play_elsewhere(const struct hs_clip_order *o,
                                     struct stereo side[HS_CLIP_SIDES], struct hs_error *err)
{
    enum hs_status s = HS_OK;
    size_t n = 1;
    for (; n < o->n_sides && hs_hearing_is_matched(o->place[n - 1]) && !s; n++)
        s = hear(o, n, o->song_lufs, side, err);
    double before = loudness(&side[0]);
    if (!s)
        s = match(side, n, err);
    double song_lufs = o->song_lufs + loudness(&side[0]) - before;
    for (; n < o->n_sides && !s; n++) {
        s = hear(o, n, song_lufs, side, err);
        float most = s ? 0 : peak(&side[n]);
        if (most > PEAK_MOST)
            gain_both(&side[n], (double)(PEAK_MOST / most));
    }
    return s;
}

/* All sides of the clip: read or made, cut to the passage, at one loudness, faded. */
static enum hs_status prepare(const struct hs_clip_order *o, struct stereo side[HS_CLIP_SIDES],
                              struct hs_error *err)
{
    double first_s, lead = fmin(LEAD_S, o->from_s);
    enum hs_status s =
        read_passage(&o->master, o->from_s - lead, o->len_s + lead, &side[0], &first_s, err);
    if (s)
        return s;
    int rate = side[0].rate_hz;
    size_t from = (size_t)lround((o->from_s - first_s) * rate);
    size_t n = (size_t)lround(o->len_s * rate);
    /* corrected with the lead still in front, so that its filters have settled, then cut */
    if (o->side == HS_CLIP_CORRECTED) {
        copy(&side[0], &side[1]);
        correct(o, &side[1]);
        cut(&side[1], from, n);
    }
    cut(&side[0], from, n);
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
            fade(&side[i]);
        return s;
    }
    if (!s)
        s = match(side, alike ? o->n_sides : o->n_sides < 2 ? 1 : 2, err);
    /* differences only where the sides are master and mix */
    if (!s && !alike)
        subtract(o, side);
    for (size_t i = 0; i < o->n_sides; i++)
        fade(&side[i]);
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
static enum hs_status write_sides(const struct hs_clip_order *o, const struct stereo *side,
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
    struct stereo side[HS_CLIP_SIDES] = {{.n = 0}};
    enum hs_status s = prepare(o, side, err);
    hs_alive_tell(alive, 1, o->len_s);
    s = s ? s : write_sides(o, side, alive, bytes, err);
    for (size_t i = 0; i < HS_CLIP_SIDES; i++)
        stereo_free(&side[i]);
    return s;
}
