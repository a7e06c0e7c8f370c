/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files are read through the downmix that measuring uses. Loudness is gated over blocks of 400 ms,
 * every 100 ms.
 */
#include "run/clip_sound.h"

#include "core/alloc.h"
#include "dsp/downmix.h"
#include "dsp/gating.h"
#include "dsp/kernels.h"
#include "dsp/kweight.h"
#include "media/reader.h"
#include "report/clips.h"

#include <math.h>
#include <string.h>

/* Edges, against clicks. */
#define FADE_S 0.01
/* Encoders overshoot: sides are turned down until the highest peak lies here. */
#define PEAK_MOST 0.84f /* -1.5 dBFS */

void hs_clip_sound_init(struct hs_clip_sound *s, size_t n, int rate_hz)
{
    *s = (struct hs_clip_sound){.n = n, .rate_hz = rate_hz};
    for (int c = 0; c < 2; c++)
        s->channel[c] = hs_calloc(n + 1, sizeof(float));
}

void hs_clip_sound_free(struct hs_clip_sound *s)
{
    hs_free(s->channel[0]);
    hs_free(s->channel[1]);
    *s = (struct hs_clip_sound){0};
}

void hs_clip_sound_copy(const struct hs_clip_sound *from, struct hs_clip_sound *to)
{
    hs_clip_sound_init(to, from->n, from->rate_hz);
    for (int c = 0; c < 2; c++)
        memcpy(to->channel[c], from->channel[c], from->n * sizeof(float));
}

enum hs_status hs_clip_sound_read(const struct hs_source *source, double from_s, double len_s,
                                  struct hs_clip_sound *out, double *first_s, struct hs_error *err)
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
    hs_clip_sound_init(out, (size_t)ceil(len_s * stream->sample_rate_hz) + 1,
                       stream->sample_rate_hz);
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

void hs_clip_sound_cut(struct hs_clip_sound *s, size_t from, size_t n)
{
    for (int c = 0; c < 2; c++) {
        size_t left = from < s->n ? s->n - from : 0;
        memmove(s->channel[c], s->channel[c] + from, (left < n ? left : n) * sizeof(float));
    }
    s->n = n < s->n ? n : s->n;
}

void hs_clip_sound_gain(struct hs_clip_sound *s, double gain)
{
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < s->n; i++)
            s->channel[c][i] = (float)((double)s->channel[c][i] * gain);
}

double hs_clip_sound_lufs(const struct hs_clip_sound *s)
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

void hs_clip_sound_fade(struct hs_clip_sound *s)
{
    size_t n = (size_t)(FADE_S * s->rate_hz);
    for (size_t i = 0; i < n && 2 * i < s->n; i++)
        for (int c = 0; c < 2; c++) {
            s->channel[c][i] *= (float)i / (float)n;
            s->channel[c][s->n - 1 - i] *= (float)i / (float)n;
        }
}

static float peak(const struct hs_clip_sound *s)
{
    const struct hs_kernels *kernels = hs_kernels_choose();
    return fmaxf(kernels->peak(s->channel[0], s->n), kernels->peak(s->channel[1], s->n));
}

enum hs_status hs_clip_sound_match(struct hs_clip_sound *side, size_t n, struct hs_error *err)
{
    double lufs[HS_CLIP_SIDES], target = INFINITY;
    float most = 0;
    for (size_t i = 0; i < n; i++) {
        lufs[i] = hs_clip_sound_lufs(&side[i]);
        if (!isfinite(lufs[i]))
            return hs_fail(err, HS_E_FORMAT, n > 1 ? "one side is silent here" : "silent here");
        target = fmin(target, lufs[i]);
    }
    for (size_t i = 0; i < n; i++) {
        hs_clip_sound_gain(&side[i], pow(10, (target - lufs[i]) / 20));
        most = fmaxf(most, peak(&side[i]));
    }
    for (size_t i = 0; i < n && most > PEAK_MOST; i++)
        hs_clip_sound_gain(&side[i], (double)(PEAK_MOST / most));
    return HS_OK;
}

void hs_clip_sound_limit(struct hs_clip_sound *s)
{
    float most = peak(s);
    if (most > PEAK_MOST)
        hs_clip_sound_gain(s, (double)(PEAK_MOST / most));
}
