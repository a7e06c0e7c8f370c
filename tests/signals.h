/* SPDX-License-Identifier: Apache-2.0 */
/* Test signals as planar floats, and the whole measuring path on them. */
#ifndef HS_TESTS_SIGNALS_H
#define HS_TESTS_SIGNALS_H

#include "core/alloc.h"
#include "core/arena.h"
#include "core/num.h"
#include "measure/measure.h"
#include "model/audio.h"
#include "model/values.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct signal {
    int rate, n_channels;
    size_t n, cap;
    float *x[HS_MAX_CHANNELS];
};

__attribute__((unused)) static struct signal signal_new(int rate, int n_channels)
{
    return (struct signal){.rate = rate, .n_channels = n_channels};
}

__attribute__((unused)) static void signal_free(struct signal *s)
{
    for (int c = 0; c < s->n_channels; c++)
        hs_free(s->x[c]);
    *s = (struct signal){0};
}

/* Appends `seconds` of silence and returns where it begins. */
__attribute__((unused)) static size_t signal_extend(struct signal *s, double seconds)
{
    size_t from = s->n;
    s->n += (size_t)llround(seconds * s->rate);
    for (int c = 0; c < s->n_channels; c++) {
        s->x[c] = hs_realloc(s->x[c], s->n + 1, sizeof(float));
        memset(s->x[c] + from, 0, (s->n - from) * sizeof(float));
    }
    return from;
}

/* Appends a sine with a level per channel (peak dBFS; -INFINITY is silence). The phase
 * runs on from the start of the signal. */
__attribute__((unused)) static void signal_tone(struct signal *s, double seconds, double hz,
                                                const double *peak_dbfs)
{
    size_t from = signal_extend(s, seconds);
    for (int c = 0; c < s->n_channels; c++) {
        double amplitude = hs_amplitude_from_db(peak_dbfs[c]);
        for (size_t i = from; i < s->n; i++)
            s->x[c][i] = (float)(amplitude * sin(2 * HS_PI * hz * (double)i / s->rate));
    }
}

/* The same level in all channels. */
__attribute__((unused)) static void signal_sine(struct signal *s, double seconds, double hz,
                                                double peak_dbfs)
{
    double levels[HS_MAX_CHANNELS];
    for (int c = 0; c < HS_MAX_CHANNELS; c++)
        levels[c] = peak_dbfs;
    signal_tone(s, seconds, hz, levels);
}

/* Adds noise, different in each channel; uniform of the given peak. */
__attribute__((unused)) static void signal_add_noise(struct signal *s, size_t from, double peak,
                                                     uint64_t seed)
{
    struct hs_rng rng = {seed};
    for (int c = 0; c < s->n_channels; c++)
        for (size_t i = from; i < s->n; i++)
            s->x[c][i] += (float)(peak * (2 * hs_rng_uniform(&rng) - 1));
}

/* n all-passes of second order in a row (R. Bristow-Johnson's cookbook, Q 0.707): the sum of a
 * Linkwitz-Riley crossover at `hz` is one. */
__attribute__((unused)) static void signal_turn_phase(struct signal *s, double hz, int n)
{
    const double w = 2 * HS_PI * hz / s->rate, alpha = sin(w) / sqrt(2), scale = 1 / (1 + alpha);
    const double b0 = (1 - alpha) * scale, b1 = -2 * cos(w) * scale;
    for (int k = 0; k < n * s->n_channels; k++) {
        float *x = s->x[k % s->n_channels];
        double x1 = 0, x2 = 0, y1 = 0, y2 = 0;
        for (size_t i = 0; i < s->n; i++) {
            const double now = (double)x[i];
            const double y = b0 * now + b1 * x1 + x2 - b1 * y1 - b0 * y2;
            x2 = x1, x1 = now, y2 = y1, y1 = y;
            x[i] = (float)y;
        }
    }
}

/* Music-like: three notes a second with decay over a bass, different per channel. */
__attribute__((unused)) static void signal_song(struct signal *s, double seconds, double level,
                                                uint64_t seed)
{
    size_t from = signal_extend(s, seconds);
    struct hs_rng rng = {seed};
    double phase[3] = {0}, hz = 220, pan = 0;
    for (size_t i = from; i < s->n; i++) {
        size_t beat = (size_t)s->rate / 3, at = (i - from) % beat;
        if (!at) {
            hz = 110 * exp2((double)hs_rng_below(&rng, 24) / 12);
            pan = hs_rng_uniform(&rng) - 0.5;
        }
        double decay = exp(-4.0 * (double)at / (double)beat);
        double noise = (hs_rng_uniform(&rng) - 0.5) * exp(-40.0 * (double)at / (double)beat);
        phase[0] += hz / s->rate, phase[1] += 3.003 * hz / s->rate, phase[2] += 55.0 / s->rate;
        double note = decay * (sin(2 * HS_PI * phase[0]) + 0.3 * sin(2 * HS_PI * phase[1]));
        for (int c = 0; c < s->n_channels; c++)
            s->x[c][i] = (float)(level * ((c ? 0.5 + pan : 0.5 - pan) * note + noise +
                                          0.5 * sin(2 * HS_PI * phase[2])));
    }
}

__attribute__((unused)) static struct hs_stream signal_stream(const struct signal *s)
{
    struct hs_stream stream = {.sample_rate_hz = s->rate,
                               .n_channels = s->n_channels,
                               .codec = "pcm_f32le",
                               .container = "wav",
                               .lossless = true,
                               .duration_s = (double)s->n / s->rate};
    static const enum hs_channel surround[] = {HS_CH_LEFT,          HS_CH_RIGHT,
                                               HS_CH_CENTRE,        HS_CH_LFE,
                                               HS_CH_LEFT_SURROUND, HS_CH_RIGHT_SURROUND};
    for (int c = 0; c < s->n_channels && c < 6; c++)
        stream.layout[c] = surround[c];
    return stream;
}

/* All measures, the audio handed over in pieces of at most `piece` frames. */
__attribute__((unused)) static struct hs_values signal_measure_as(const struct signal *s,
                                                                  const struct hs_stream *stream,
                                                                  size_t piece,
                                                                  struct hs_arena *arena)
{
    struct hs_values v;
    struct hs_measuring *m;
    hs_values_init(&v, arena);
    if (hs_measuring_start(&m, stream, HS_ALL_ANALYSERS, NULL, NULL))
        return v;
    for (size_t at = 0; at < s->n; at += piece) {
        const float *channels[HS_MAX_CHANNELS];
        for (int c = 0; c < s->n_channels; c++)
            channels[c] = s->x[c] + at;
        hs_measuring_block(m, channels, s->n - at < piece ? s->n - at : piece);
    }
    hs_measuring_finish(m, &v);
    hs_measuring_free(m);
    return v;
}

__attribute__((unused)) static struct hs_values signal_measure(const struct signal *s,
                                                               struct hs_arena *arena)
{
    struct hs_stream stream = signal_stream(s);
    return signal_measure_as(s, &stream, 5000, arena);
}

/* All that these destinations ask for. */
__attribute__((unused)) static struct hs_values signal_measure_for(const struct signal *s,
                                                                   unsigned to, struct hs_arena *a)
{
    struct hs_stream stream = signal_stream(s);
    struct hs_values v;
    struct hs_measuring *m;
    const float *channels[HS_MAX_CHANNELS];
    hs_values_init(&v, a);
    for (int c = 0; c < s->n_channels; c++)
        channels[c] = s->x[c];
    if (hs_measuring_start(&m, &stream, hs_measure_asked(to), NULL, NULL))
        return v;
    hs_measuring_block(m, channels, s->n);
    hs_measuring_finish(m, &v);
    hs_measuring_free(m);
    return v;
}

#endif
