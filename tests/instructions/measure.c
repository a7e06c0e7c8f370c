/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What tests/test_instructions.sh counts: all analysers over signals that never change, at
 * the level that HINDSIGHT_CPU names. Linked without libav, whose libraries hold
 * instructions that valgrind does not know. With --compiler it says what made it.
 */
#include "measure/measure.h"
#include "core/alloc.h"
#include "core/num.h"
#include "dsp/kernels.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { RATE = 44100, PART = 4096 };

struct signal {
    struct hs_stream stream;
    float *channel[HS_MAX_CHANNELS];
    size_t n;
};

/* Tones, a beat with decay, noise, and tops cut off at 0.9: something for everybody. */
static float sample(size_t i, int channel, uint64_t *noise)
{
    *noise = *noise * 6364136223846793005u + 1442695040888963407u;
    double t = (double)i / RATE, beat = fmod(t, 0.5), x = 0;
    for (int k = 1; k < 6; k++)
        x += 0.12 / k * sin(2 * HS_PI * 110 * k * (1 + 0.001 * channel) * t);
    x += 0.7 * exp(-12 * beat) * sin(2 * HS_PI * 55 * beat);
    x += 0.2 * exp(-40 * beat) * ((double)(*noise >> 11) / 9007199254740992.0 - 0.5);
    x += 0.01 * ((double)(*noise >> 33) / 2147483648.0 - 0.5);
    return (float)fmin(fmax(1.1 * x, -0.9), 0.9);
}

static struct signal make(int n_channels, double seconds)
{
    static const enum hs_channel layout[] = {HS_CH_LEFT, HS_CH_RIGHT,         HS_CH_CENTRE,
                                             HS_CH_LFE,  HS_CH_LEFT_SURROUND, HS_CH_RIGHT_SURROUND};
    struct signal s = {.n = (size_t)(seconds * RATE)};
    s.stream = (struct hs_stream){.sample_rate_hz = RATE,
                                  .n_channels = n_channels,
                                  .codec = "pcm_s16le",
                                  .container = "wav",
                                  .lossless = true,
                                  .bits = 16,
                                  .duration_s = seconds};
    for (int c = 0; c < n_channels; c++) {
        uint64_t noise = (uint64_t)c + 1;
        s.stream.layout[c] = n_channels == 1 ? HS_CH_CENTRE : layout[c];
        s.channel[c] = hs_aligned(s.n, sizeof(float));
        for (size_t i = 0; i < s.n; i++)
            s.channel[c][i] = sample(i, c, &noise);
    }
    return s;
}

/* Counting begins and ends with this function. */
__attribute__((noinline)) static size_t counted(const struct signal *s)
{
    struct hs_measuring *m;
    struct hs_error err = {0};
    struct hs_arena arena = {0};
    struct hs_values values;
    hs_values_init(&values, &arena);
    if (hs_measuring_start(&m, &s->stream, HS_ALL_ANALYSERS, NULL, &err) != HS_OK)
        return 0;
    for (size_t at = 0; at < s->n; at += PART) {
        const float *part[HS_MAX_CHANNELS];
        for (int c = 0; c < s->stream.n_channels; c++)
            part[c] = s->channel[c] + at;
        hs_measuring_block(m, part, s->n - at < PART ? s->n - at : PART);
    }
    hs_measuring_finish(m, &values);
    size_t n = values.n;
    hs_measuring_free(m);
    hs_arena_free(&arena);
    return n;
}

static const char *compiler(void)
{
#ifdef __clang__
    return "clang-" __clang_version__;
#else
    return "gcc-" __VERSION__;
#endif
}

int main(int argc, char **argv)
{
    static const struct {
        int n_channels;
        double seconds;
    } kinds[] = {{2, 15}, {1, 4}, {6, 2}};
    if (argc > 1 && !strcmp(argv[1], "--compiler"))
        return puts(compiler()) < 0;
    printf("%s\n", hs_kernels_choose()->name);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        struct signal s = make(kinds[k].n_channels, kinds[k].seconds);
        if (!counted(&s))
            return 1;
        for (int c = 0; c < s.stream.n_channels; c++)
            hs_free(s.channel[c]);
    }
    return 0;
}
