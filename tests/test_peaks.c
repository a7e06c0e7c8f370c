/* SPDX-License-Identifier: Apache-2.0 */
/* True peak against the signals of EBU Tech 3341 and against a long interpolator; the
 * marks of clipping against waves that were clipped here. */
#include "check.h"
#include "dsp/flat_tops.h"
#include "dsp/windowed_sinc.h"
#include "signals.h"

#include "dsp/truepeak.h"

#include <stdlib.h>

struct reading {
    double sample, top;
};

static struct reading peaks(struct signal *s, size_t piece)
{
    struct hs_arena arena = {0};
    struct hs_stream stream = signal_stream(s);
    struct hs_values v = signal_measure_as(s, &stream, piece, &arena);
    struct reading r = {hs_values_or_nan(&v, "sample_peak_dbfs"),
                        hs_values_or_nan(&v, "true_peak_dbtp")};
    hs_arena_free(&arena);
    return r;
}

/* 10 ms of fade at both ends. */
static void fade(struct signal *s)
{
    size_t n = (size_t)s->rate / 100;
    for (int c = 0; c < s->n_channels; c++)
        for (size_t i = 0; i < n && i < s->n; i++) {
            float g = (float)i / (float)n;
            s->x[c][i] *= g;
            s->x[c][s->n - 1 - i] *= g;
        }
}

/* Signals 15 to 19: sines of a few samples per period with a phase that hides the peak. */
static void hidden_peaks(int rate)
{
    static const struct {
        double per_period, amplitude, degrees, expected;
    } table[] = {
        {4, 0.5, 0, -6}, {4, 0.5, 45, -6}, {6, 0.5, 60, -6}, {8, 0.5, 67.5, -6}, {4, 1.41, 45, 3}};
    for (size_t k = 0; k < 5; k++) {
        struct signal s = signal_new(rate, 2);
        signal_extend(&s, 2);
        for (size_t i = 0; i < s.n; i++)
            for (int c = 0; c < 2; c++)
                s.x[c][i] =
                    (float)(table[k].amplitude *
                            sin(2 * HS_PI *
                                ((double)i / table[k].per_period + table[k].degrees / 360)));
        fade(&s);
        struct reading r = peaks(&s, 5000);
        CHECK(r.top <= table[k].expected + 0.2 && r.top >= table[k].expected - 0.4);
        CHECK(r.top >= r.sample);
        signal_free(&s);
    }
}

/* Signals 20 to 23: one period of fs/4 at full scale within fs/6 at half, made at four
 * times the rate, low-passed and thinned out with each of four offsets. */
static void hidden_burst(int rate)
{
    enum { N = 4 * 8000, TAPS = 383 };
    static float wide[N];
    static double h[TAPS];
    double phase = 0, sum = 0;
    size_t burst_from = N / 2, burst = 16;
    for (size_t i = 0; i < N; i++) {
        int in_burst = i >= burst_from && i < burst_from + burst;
        wide[i] = (float)((in_burst ? 1.0 : 0.5) * sin(2 * HS_PI * phase));
        phase += in_burst ? 1.0 / 16 : 1.0 / 24;
        if (!in_burst && i + 1 == burst_from)
            phase = 0; /* 16000 is no multiple of 24: begin the period at a zero */
    }
    for (int k = 0; k < TAPS; k++) { /* cut at 0.45 of the lower rate */
        double t = k - TAPS / 2,
               w = 0.42 + 0.5 * cos(2 * HS_PI * t / TAPS) + 0.08 * cos(4 * HS_PI * t / TAPS);
        h[k] = w * (k == TAPS / 2 ? 2 * 0.45 / 4 : sin(2 * HS_PI * 0.45 / 4 * t) / (HS_PI * t));
        sum += h[k];
    }
    for (size_t offset = 0; offset < 4; offset++) {
        struct signal s = signal_new(rate, 2);
        signal_extend(&s, (double)(N - 2 * TAPS) / 4 / rate);
        for (size_t i = 0; i < s.n && 4 * i + offset + TAPS < N; i++) {
            double y = 0;
            for (int k = 0; k < TAPS; k++)
                y += h[k] * (double)wide[4 * i + offset + (size_t)k];
            s.x[0][i] = s.x[1][i] = (float)(y / sum);
        }
        fade(&s);
        struct reading r = peaks(&s, 5000);
        CHECK(r.top <= 0.2 && r.top >= -0.4);
        signal_free(&s);
    }
}

/* Takes away what lies next to half the sample rate, where no interpolator settles. */
static void smooth(struct signal *s)
{
    for (int c = 0; c < s->n_channels; c++)
        for (int pass = 0; pass < 2; pass++)
            for (size_t i = 0; i + 1 < s->n; i++)
                s->x[c][i] = 0.5f * (s->x[c][i] + s->x[c][i + 1]);
}

/* The largest of eight interpolated values per sample, by 512 taps everywhere. */
static double long_reference(const struct signal *s)
{
    enum { TAPS = 512 };
    static float taps[HS_TP_PHASES][TAPS];
    double most = 0;
    for (int p = 0; p < HS_TP_PHASES; p++)
        for (int k = 0; k < TAPS; k++)
            taps[p][k] = (float)hs_windowed_sinc(k - (TAPS / 2 - 1 + (double)p / HS_TP_PHASES),
                                                 TAPS / 2, 1, 8);
    for (int c = 0; c < s->n_channels; c++)
        for (long i = -4; i < (long)s->n + 4; i++)
            for (int p = 0; p < HS_TP_PHASES; p++) {
                double y = 0;
                for (long k = 0; k < TAPS; k++) {
                    long at = i - (TAPS / 2 - 1) + k;
                    if (at >= 0 && at < (long)s->n)
                        y += (double)s->x[c][at] * (double)taps[p][k];
                }
                most = fmax(most, fabs(y));
            }
    return hs_db_from_amplitude(most);
}

static void against_reference(void)
{
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct signal s = signal_new(44100, 2);
        signal_song(&s, 0.4, 0.5, seed);
        signal_add_noise(&s, 0, 0.1 * (double)seed, seed);
        for (size_t i = 0; i < s.n && seed % 2; i++) /* clipped: peaks between samples */
            for (int c = 0; c < 2; c++)
                s.x[c][i] = fminf(fmaxf(s.x[c][i], -0.3f), 0.3f);
        smooth(&s);
        fade(&s);
        CHECK_NEAR(peaks(&s, 5000).top, long_reference(&s), 0.1);
        signal_free(&s);
    }
}

/* The end of a file is followed by silence, so a step there overshoots. */
static void ends(void)
{
    struct signal s = signal_new(44100, 1);
    signal_extend(&s, 0.1);
    for (size_t i = s.n - 300; i < s.n; i++)
        s.x[0][i] = 0.5f;
    CHECK_NEAR(peaks(&s, 1000).top, long_reference(&s), 0.05);
    CHECK(peaks(&s, 1000).top > -6.02 + 0.5);
    signal_free(&s);
    s = signal_new(44100, 1);
    signal_extend(&s, 1.0 / 44100);
    s.x[0][0] = -0.5f;
    CHECK_NEAR(peaks(&s, 1000).sample, -6.02, 0.01);
    CHECK_NEAR(peaks(&s, 1000).top, -6.02, 0.01);
    signal_free(&s);
}

static const char *const keys[] = {"true_peak_dbtp", "sample_peak_dbfs", "clipped_runs",
                                   "clipped_ppm",    "flat_tops",        "flat_top_share",
                                   "top_squareness", "psr_p10_db",       "plr_db"};
enum { N_KEYS = sizeof keys / sizeof *keys };

static void clip_values(double gain, double over_db, size_t piece, int swap, double out[N_KEYS])
{
    struct hs_arena arena = {0};
    struct signal s = signal_new(44100, 2);
    signal_song(&s, 10, 1, 3);
    float top = 0;
    for (size_t i = 0; i < s.n; i++)
        top = fmaxf(top, fmaxf(fabsf(s.x[0][i]), fabsf(s.x[1][i])));
    float limit = top * (float)hs_amplitude_from_db(-over_db);
    for (size_t i = 0; i < s.n; i++)
        for (int c = 0; c < 2; c++)
            s.x[c][i] = (float)gain * fminf(fmaxf(s.x[c][i], -limit), limit);
    if (swap) {
        float *left = s.x[0];
        s.x[0] = s.x[1];
        s.x[1] = left;
    }
    struct hs_stream stream = signal_stream(&s);
    struct hs_values v = signal_measure_as(&s, &stream, piece, &arena);
    for (size_t k = 0; k < N_KEYS; k++)
        out[k] = hs_values_or_nan(&v, keys[k]);
    signal_free(&s);
    hs_arena_free(&arena);
}

enum { TOP, SAMPLE, RUNS, PPM, FLAT, FLAT_SHARE };

static void clipping(void)
{
    double clean[N_KEYS], hard[N_KEYS], soft[N_KEYS], other[N_KEYS];
    clip_values(0.5, 0, 4096, 0, clean);
    clip_values(0.5, 3, 4096, 0, soft);
    clip_values(0.5, 6, 4096, 0, hard);
    CHECK(clean[RUNS] == 0 && clean[PPM] == 0 && !(clean[FLAT_SHARE] > 0.05));
    CHECK(soft[RUNS] > 0 && hard[RUNS] > 2 * soft[RUNS]);
    CHECK(soft[FLAT] > 0 && hard[FLAT] > 2 * soft[FLAT] && hard[FLAT_SHARE] > 0.2);
    static const size_t pieces[] = {1, 7, 5000};
    for (size_t p = 0; p < 3; p++) {
        clip_values(0.5, 6, pieces[p], 0, other);
        for (size_t k = 0; k < N_KEYS; k++)
            CHECK(isfinite(hard[k]) && hard[k] == other[k]);
    }
    clip_values(0.125, 6, 4096, 0, other); /* at any level */
    for (size_t k = 0; k < N_KEYS; k++)
        CHECK_NEAR(other[k], hard[k] + (k <= SAMPLE ? hs_db_from_amplitude(0.25) : 0), 1e-5);
    clip_values(0.5, 6, 4096, 1, other);
    for (size_t k = 0; k < N_KEYS; k++)
        CHECK_NEAR(other[k], hard[k], 1e-6);
}

/* Triangles whose every `cut_every`th top is cut so that `run` samples lie at its limit; the others
 * just reach it. The share of samples in flat runs, ppm. */
static double cut_triangles(int rate, int run, size_t cut_every)
{
    struct hs_arena arena = {0};
    struct signal s = signal_new(rate, 2);
    signal_extend(&s, 4);
    double step = 0.8 * 4 * 100 / rate;
    for (size_t i = 0; i < s.n; i++) {
        double phase = fmod(100.0 * (double)i / rate, 1);
        size_t top = (size_t)(200.0 * (double)i / rate);
        double over = top % cut_every ? 0 : step * (run + 1) / 2;
        double y = (0.8 + over) * (phase < 0.5 ? 1 - fabs(4 * phase - 1) : fabs(4 * phase - 3) - 1);
        s.x[0][i] = s.x[1][i] = (float)fmin(fmax(y, -0.8), 0.8);
    }
    struct hs_values v = signal_measure(&s, &arena);
    double ppm = hs_values_or_nan(&v, "clipped_ppm");
    signal_free(&s);
    hs_arena_free(&arena);
    return ppm;
}

/* What a limiter clamps are short runs on few of the tops at its limit, at any sample rate; a
 * clipper cuts all that go above, and long ones where it cuts few. */
static void clamped(void)
{
    CHECK(cut_triangles(44100, 5, 4) == 0);
    CHECK(cut_triangles(96000, 12, 4) == 0);
    CHECK(cut_triangles(44100, 5, 1) > 10000);
    CHECK(cut_triangles(44100, 12, 8) > 1000);
    CHECK(cut_triangles(96000, 24, 8) > 1000);
    /* the rates of DXD, of decoded DSD, and the highest that is read */
    CHECK(cut_triangles(352800, 88, 8) > 1000);
    CHECK(cut_triangles(768000, 192, 8) > 1000);
}

/* One square wave, the sum of two, samples that are held, and music that is driven far into a
 * clipper: how much of the flat runs is at one level, and how much of what sounds they are. */
static void square_waves(void)
{
    enum { ONE, TWO, HELD, PAUSES, DRIVEN, N_KINDS };
    double at_one[N_KINDS], of_sound[N_KINDS];
    for (int kind = 0; kind < N_KINDS; kind++) {
        struct hs_arena arena = {0};
        struct signal s = signal_new(44100, 2);
        signal_song(&s, 10, 1, 3);
        for (size_t i = 0; i < s.n; i++)
            for (int c = 0; c < 2; c++) {
                double t = (double)i / 44100, tone = 1 + floor(fmod(4 * t, 7)) / 12;
                float one = fmod(440 * t * tone, 1) < 0.5 ? 0.3f : -0.3f;
                float two = fmod(663.7 * t * tone, 1) < 0.25 ? 0.3f : -0.3f;
                float held = s.x[c][i - i % 5], driven = 30 * s.x[c][i];
                s.x[c][i] = kind == ONE      ? one
                            : kind == TWO    ? one + two
                            : kind == HELD   ? held
                            : kind == PAUSES ? (fmod(t, 2) < 1 ? one : 0)
                                             : fminf(fmaxf(driven, -0.5f), 0.5f);
            }
        struct hs_values v = signal_measure(&s, &arena);
        at_one[kind] = hs_values_or_nan(&v, "clipped_at_one_level");
        of_sound[kind] = hs_values_or_nan(&v, "clipped_of_sound");
        signal_free(&s);
        hs_arena_free(&arena);
    }
    CHECK(at_one[TWO] < 0.7 && at_one[HELD] < 0.5);
    CHECK(at_one[ONE] > 0.99 && at_one[PAUSES] > 0.99 && at_one[DRIVEN] > 0.99);
    CHECK(of_sound[ONE] > 0.98 && of_sound[PAUSES] > 0.98);
    if (!CHECK(of_sound[DRIVEN] > 0.1 && of_sound[DRIVEN] < 0.9))
        fprintf(stderr, "driven: %g\n", of_sound[DRIVEN]);
}

/* Crests of slow sines in 16 bits are flat by nature, and no fault. */
static void slow_crests(void)
{
    for (double hz = 10; hz < 90; hz *= 1.4)
        for (double level = 0; level > -40; level -= 13) {
            struct hs_arena arena = {0};
            struct signal s = signal_new(44100, 2);
            signal_sine(&s, 2, hz, level);
            for (size_t i = 0; i < s.n; i++)
                for (int c = 0; c < 2; c++)
                    s.x[c][i] = roundf(s.x[c][i] * 32767) / 32768;
            struct hs_stream stream = signal_stream(&s);
            stream.bits = 16;
            struct hs_values v = signal_measure_as(&s, &stream, 4096, &arena);
            CHECK(hs_values_or_nan(&v, "clipped_runs") == 0);
            CHECK(!(hs_values_or_nan(&v, "flat_top_share") > 0));
            signal_free(&s);
            hs_arena_free(&arena);
        }
}

static void silence(void)
{
    struct hs_arena arena = {0};
    struct signal s = signal_new(48000, 2);
    signal_extend(&s, 4);
    struct hs_values v = signal_measure(&s, &arena);
    for (size_t k = 0; k < 4; k++)
        CHECK_TEXT(hs_values_why(&v, keys[k]), "digital silence");
    signal_free(&s);
    hs_arena_free(&arena);
}

/* Runs at the very peak go over from what a limiter clamps to what a clipper cuts without a step: a
 * percent more of them changes little. */
static void runs_without_a_step(void)
{
    struct hs_flat_tops t;
    struct hs_flat_tops_summary s;
    const size_t at = 16 * HS_FLAT_TOPS_STEPS; /* full scale */
    double before = 0;
    hs_flat_tops_init(&t, 16, 44100);
    t.peak = 1;
    t.n = t.levels[at].n = 10000;
    for (uint32_t percent = 1; percent <= 40; percent++) {
        t.levels[at].run_samples = 100 * percent;
        hs_flat_tops_summary(&t, &s);
        CHECK((double)s.run_samples >= before && (double)s.run_samples - before < 500);
        CHECK(percent > 13 || !s.run_samples);
        CHECK(percent < 19 || s.run_samples == 100 * percent);
        before = (double)s.run_samples;
    }
    hs_flat_tops_free(&t);
}

int main(void)
{
    runs_without_a_step();
    hidden_peaks(48000);
    hidden_peaks(44100);
    hidden_burst(48000);
    against_reference();
    ends();
    clipping();
    clamped();
    square_waves();
    slow_crests();
    silence();
    return check_done();
}
