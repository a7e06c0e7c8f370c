/* SPDX-License-Identifier: Apache-2.0 */
/* Any samples, NaN and infinities too, at any rate and layout: every measure is finite
 * or absent with a reason, and does not depend on how the audio was divided into
 * blocks. */
#include "core/arena.h"
#include "core/buf.h"
#include "measure/measure.h"
#include "model/survival.h"
#include "model/values_pack.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const int rates_hz[] = {8000, 11025, 22050, 44100, 48000, 96000, 192000, 352800};

static void measure(const struct hs_stream *stream, const float *x, size_t n_frames, size_t block,
                    struct hs_buf *out)
{
    struct hs_measuring *m = NULL;
    struct hs_arena a = {0};
    struct hs_values values;
    const float *channels[HS_MAX_CHANNELS];
    if (hs_measuring_start(&m, stream, hs_measure_asked(HS_TO_ALL), NULL, NULL))
        return;
    for (size_t at = 0; at < n_frames; at += block) {
        for (int c = 0; c < stream->n_channels; c++)
            channels[c] = x + (size_t)c * n_frames + at;
        hs_measuring_block(m, channels, n_frames - at < block ? n_frames - at : block);
    }
    hs_values_init(&values, &a);
    hs_measuring_finish(m, &values);
    for (size_t i = 0; i < values.n; i++)
        if ((values.items[i].kind == HS_NUMBER && !__builtin_isfinite(values.items[i].number)) ||
            (values.items[i].kind == HS_ABSENT && !values.items[i].why))
            abort();
    hs_values_pack(&values, out);
    hs_measuring_free(m);
    hs_arena_free(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (n < 4)
        return 0;
    struct hs_stream stream = {.sample_rate_hz = rates_hz[data[0] % 8],
                               .n_channels = 1 + data[1] % HS_MAX_CHANNELS,
                               .codec = "pcm_f32le",
                               .container = "wav",
                               .lossless = true};
    for (int c = 0; c < stream.n_channels; c++)
        stream.layout[c] = (enum hs_channel)((c + data[3]) % (HS_CH_OTHER + 1));
    /* Few samples of input are repeated, with a factor, to a length worth measuring. */
    size_t given = (n - 4) / sizeof(float), repeat = 1 + data[2] % 16;
    size_t n_frames = given * repeat / (size_t)stream.n_channels;
    float *x = calloc(n_frames * (size_t)stream.n_channels + 1, sizeof *x);
    for (size_t i = 0; i < n_frames * (size_t)stream.n_channels; i++) {
        memcpy(&x[i], data + 4 + i % given * sizeof(float), sizeof(float));
        x[i] *= i / given % 2 ? 0.5f : 1;
    }
    struct hs_buf one = {0}, two = {0};
    measure(&stream, x, n_frames, 4096, &one);
    measure(&stream, x, n_frames, 1 + data[3] * 7, &two);
    if (one.len != two.len || (one.len && memcmp(one.data, two.data, one.len)))
        abort();
    hs_buf_free(&one);
    hs_buf_free(&two);
    free(x);
    return 0;
}
