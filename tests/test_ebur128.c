/* SPDX-License-Identifier: Apache-2.0 */
/* A second opinion: libebur128 on the same made-up songs, at several rates. */
#include "check.h"
#include "signals.h"

#include "dsp/kweight.h"

#include <ebur128.h>

static void compare(int rate, int n_channels, uint64_t seed, float limit)
{
    struct signal s = signal_new(rate, n_channels);
    signal_song(&s, 20, 0.5, seed);
    signal_extend(&s, 2.3);
    signal_song(&s, 17, 0.1, seed + 1);
    signal_add_noise(&s, 0, 0.001, seed);
    for (size_t i = 0; i < s.n; i++)
        for (int c = 0; c < n_channels; c++)
            s.x[c][i] = fminf(fmaxf(s.x[c][i], -limit), limit);

    ebur128_state *e = ebur128_init((unsigned)n_channels, (unsigned long)rate,
                                    EBUR128_MODE_I | EBUR128_MODE_LRA | EBUR128_MODE_SAMPLE_PEAK |
                                        EBUR128_MODE_TRUE_PEAK);
    if (n_channels == 1)
        ebur128_set_channel(e, 0, EBUR128_DUAL_MONO);
    if (n_channels == 6) {
        static const int roles[] = {EBUR128_LEFT,   EBUR128_RIGHT,         EBUR128_CENTER,
                                    EBUR128_UNUSED, EBUR128_LEFT_SURROUND, EBUR128_RIGHT_SURROUND};
        for (unsigned c = 0; c < 6; c++)
            ebur128_set_channel(e, c, roles[c]);
    }
    float *frames = hs_malloc(s.n * (size_t)n_channels * sizeof *frames);
    for (size_t i = 0; i < s.n; i++)
        for (int c = 0; c < n_channels; c++)
            frames[i * (size_t)n_channels + (size_t)c] = s.x[c][i];
    CHECK(ebur128_add_frames_float(e, frames, s.n) == EBUR128_SUCCESS);
    double loudness, range, top = 0;
    CHECK(ebur128_loudness_global(e, &loudness) == EBUR128_SUCCESS);
    /* Tech 3342: 1.5 s of silence belong to the range of a file. */
    size_t silence = (size_t)rate * 3 / 2;
    memset(frames, 0, silence * (size_t)n_channels * sizeof *frames);
    CHECK(ebur128_add_frames_float(e, frames, silence) == EBUR128_SUCCESS);
    CHECK(ebur128_loudness_range(e, &range) == EBUR128_SUCCESS);
    /* It leaves the numerator of the high-pass as the table of 48 kHz has it. */
    struct hs_kweight k;
    hs_kweight_init(&k, rate);
    double scale = hs_db_from_amplitude(k.high_b[0]);
    for (unsigned c = 0; c < (unsigned)n_channels; c++) {
        double peak;
        CHECK(ebur128_true_peak(e, c, &peak) == EBUR128_SUCCESS);
        top = fmax(top, peak);
    }
    struct hs_arena arena = {0};
    struct hs_values v = signal_measure(&s, &arena);
    CHECK_NEAR(hs_values_or_nan(&v, "integrated_lufs"), loudness + scale, 0.01);
    CHECK_NEAR(hs_values_or_nan(&v, "loudness_range_lu"), range, 0.3);
    /* Its 49 taps read up to a few tenths too low or too high, and more after clipping
     * (what lies next to half the sample rate). */
    if (limit > 1)
        CHECK_NEAR(hs_values_or_nan(&v, "true_peak_dbtp"), hs_db_from_amplitude(top), 0.4);
    ebur128_destroy(&e);
    hs_free(frames);
    hs_arena_free(&arena);
    signal_free(&s);
}

int main(void)
{
    compare(44100, 2, 1, 10);
    compare(44100, 2, 2, 0.2f);
    compare(48000, 2, 3, 10);
    compare(22050, 2, 4, 10);
    compare(32000, 1, 5, 10);
    compare(48000, 6, 6, 10);
    return check_done();
}
