/* SPDX-License-Identifier: Apache-2.0 */
/* Loudness against the signals of EBU Tech 3341 and 3342 (2023), all made here from the
 * documents' tables, and against relations that must hold for any signal. */
#include "check.h"
#include "signals.h"

#include "dsp/kweight.h"
#include "measure/analyser.h"

#include <complex.h>
#include <stdlib.h>

extern const struct hs_analyser hs_analyser_loudness;

/* This analyser alone, which saves the time of all others. Frees the signal. */
static double measure(struct signal *s, const char *key)
{
    const struct hs_analyser *a = &hs_analyser_loudness;
    struct hs_arena arena = {0};
    struct hs_values v;
    struct hs_stream stream = signal_stream(s);
    void *state = hs_calloc(1, a->state_size);
    CHECK(a->start(state, &stream, NULL) == HS_OK);
    struct hs_block b = {.n_frames = s->n, .n_channels = s->n_channels};
    for (int c = 0; c < s->n_channels; c++)
        b.channel[c] = s->x[c];
    b.left = s->x[0];
    b.right = s->x[s->n_channels > 1]; /* the down-mix does not matter here */
    a->block(state, &b);
    hs_values_init(&v, &arena);
    a->finish(state, &stream, (int64_t)s->n, &v);
    a->stop(state);
    hs_free(state);
    double x = hs_values_or_nan(&v, key);
    hs_arena_free(&arena);
    signal_free(s);
    return x;
}

static double complex response(const double b[3], const double a[2], double complex z1)
{
    return (b[0] + b[1] * z1 + b[2] * z1 * z1) / (1 + a[0] * z1 + a[1] * z1 * z1);
}

/* |H|^2 at a frequency. */
static double gain_at(const struct hs_kweight *k, double hz, int sample_rate_hz)
{
    double complex z1 = cexp(-2 * HS_PI * I * hz / sample_rate_hz);
    double complex h = response(k->shelf_b, k->shelf_a, z1) * response(k->high_b, k->high_a, z1);
    return creal(h) * creal(h) + cimag(h) * cimag(h);
}

/* BS.1770-5 tables 1 and 2 at 48 kHz. */
static void table_of_the_recommendation(void)
{
    struct hs_kweight k;
    hs_kweight_init(&k, 48000);
    CHECK_NEAR(k.shelf_b[0], 1.53512485958697, 1e-13);
    CHECK_NEAR(k.shelf_b[1], -2.69169618940638, 1e-13);
    CHECK_NEAR(k.shelf_b[2], 1.19839281085285, 1e-13);
    CHECK_NEAR(k.shelf_a[0], -1.69065929318241, 1e-13);
    CHECK_NEAR(k.shelf_a[1], 0.73248077421585, 1e-13);
    CHECK_NEAR(k.high_b[0], 1, 1e-15);
    CHECK_NEAR(k.high_b[1], -2, 1e-15);
    CHECK_NEAR(k.high_a[0], -1.99004745483398, 1e-13);
    CHECK_NEAR(k.high_a[1], 0.99007225036621, 1e-13);
    static const int rates[] = {8000, 22050, 32000, 44100, 88200, 96000, 192000};
    double wanted = gain_at(&k, 997, 48000);
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        hs_kweight_init(&k, rates[i]);
        CHECK_NEAR(hs_db_from_power(gain_at(&k, 997, rates[i]) / wanted), 0,
                   rates[i] < 20000 ? 0.25 : 0.03);
    }
}

struct part {
    double seconds, peak_dbfs;
};

static struct signal parts(int rate, const struct part *p, size_t n, int repeats)
{
    struct signal s = signal_new(rate, 2);
    for (int r = 0; r < repeats; r++)
        for (size_t i = 0; i < n; i++)
            signal_sine(&s, p[i].seconds, 1000, p[i].peak_dbfs);
    return s;
}

#define PARTS(...) ((const struct part[]){__VA_ARGS__})
#define N_PARTS(...) (sizeof PARTS(__VA_ARGS__) / sizeof(struct part))
#define EXPECT(key, expected, tolerance, repeats, ...)                                             \
    do {                                                                                           \
        struct signal s_ = parts(rate, PARTS(__VA_ARGS__), N_PARTS(__VA_ARGS__), repeats);         \
        CHECK_NEAR(measure(&s_, key), expected, tolerance);                                        \
    } while (0)

/* Tech 3341 signals 1 to 5, 9 and 12. */
static void steady_signals(int rate)
{
    EXPECT("integrated_lufs", -23, 0.1, 1, {20, -23});
    EXPECT("momentary_max_lufs", -23, 0.1, 1, {20, -23});
    EXPECT("short_term_max_lufs", -23, 0.1, 1, {20, -23});
    EXPECT("integrated_lufs", -33, 0.1, 1, {20, -33});
    EXPECT("momentary_max_lufs", -33, 0.1, 1, {20, -33});
    EXPECT("short_term_max_lufs", -33, 0.1, 1, {20, -33});
    EXPECT("integrated_lufs", -23, 0.1, 1, {10, -36}, {60, -23}, {10, -36});
    EXPECT("integrated_lufs", -23, 0.1, 1, {10, -72}, {10, -36}, {60, -23}, {10, -36}, {10, -72});
    EXPECT("integrated_lufs", -23, 0.1, 1, {20, -26}, {20.1, -20}, {20, -26});
    EXPECT("short_term_max_lufs", -23, 0.1, 5, {1.34, -20}, {1.66, -30});
    EXPECT("momentary_max_lufs", -23, 0.1, 25, {0.18, -20}, {0.22, -30});
}

/* Signal 6: 5.0, the surrounds weighted by 1.41. */
static void surround(void)
{
    struct signal s = signal_new(48000, 6);
    double levels[] = {-28, -28, -24, -INFINITY, -30, -30};
    signal_tone(&s, 20, 1000, levels);
    CHECK_NEAR(measure(&s, "integrated_lufs"), -23, 0.1);
    s = signal_new(48000, 6);
    double low[] = {-28, -28, -24, 0, -30, -30}; /* the LFE does not count */
    signal_tone(&s, 20, 1000, low);
    CHECK_NEAR(measure(&s, "integrated_lufs"), -23, 0.1);
}

/* Signals 10, 11, 13 and 14: bursts that do not begin on the grid of the meter. */
static void bursts(int rate)
{
    for (int i = 0; i < 20; i++) {
        double level = -38 + i;
        EXPECT("short_term_max_lufs", -23, 0.1, 1, {i * 0.15, -INFINITY}, {3, -23}, {1, -INFINITY});
        EXPECT("short_term_max_lufs", level, 0.1, 1, {i * 0.15, -INFINITY}, {3, level},
               {3 - i * 0.15, -INFINITY});
        EXPECT("momentary_max_lufs", -23, 0.1, 1, {i * 0.02, -INFINITY}, {0.4, -23},
               {1, -INFINITY});
        EXPECT("momentary_max_lufs", level, 0.1, 1, {i * 0.02, -INFINITY}, {0.4, level},
               {0.4 - i * 0.02, -INFINITY});
    }
}

/* Tech 3342 signals 1 to 4, and each of them twice over. */
static void loudness_range(int rate)
{
    for (int repeats = 1; repeats <= 2; repeats++) {
        EXPECT("loudness_range_lu", 10, 1, repeats, {20, -20}, {20, -30});
        EXPECT("loudness_range_lu", 5, 1, repeats, {20, -20}, {20, -15});
        EXPECT("loudness_range_lu", 20, 1, repeats, {20, -40}, {20, -20});
        EXPECT("loudness_range_lu", 15, 1, repeats, {20, -50}, {20, -35}, {20, -20}, {20, -35},
               {20, -50});
    }
}

/* Section 2.9 of Tech 3341: 0 dBFS in one of two channels reads -3.01. */
static void calibration(void)
{
    struct signal s = signal_new(48000, 2);
    double left_only[] = {0, -INFINITY};
    signal_tone(&s, 5, 997, left_only);
    CHECK_NEAR(measure(&s, "integrated_lufs"), -3.01, 0.01);
    s = signal_new(48000, 2);
    signal_sine(&s, 5, 1000, -18);
    CHECK_NEAR(measure(&s, "integrated_lufs"), -18, 0.02);
    s = signal_new(48000, 1); /* one channel is measured as two equal ones */
    signal_sine(&s, 5, 1000, -18);
    CHECK_NEAR(measure(&s, "integrated_lufs"), -18, 0.02);
}

static const char *const keys[] = {"integrated_lufs", "momentary_max_lufs", "short_term_max_lufs",
                                   "loudness_range_lu", "balance_db"};
enum { N_KEYS = sizeof keys / sizeof *keys };

static void song_values(int rate, double gain, size_t piece, int swap, double out[N_KEYS])
{
    struct hs_arena arena = {0};
    struct signal s = signal_new(rate, 2);
    signal_song(&s, 8, 0.4 * gain, 7);
    signal_song(&s, 8, 0.1 * gain, 8);
    for (size_t i = 0; i < s.n; i++)
        s.x[0][i] *= 0.8f;
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

static void relations(int rate)
{
    double plain[N_KEYS], other[N_KEYS];
    song_values(rate, 1, 4096, 0, plain);
    static const size_t pieces[] = {1, 7, 5000};
    for (size_t p = 0; p < 3; p++) {
        song_values(rate, 1, pieces[p], 0, other);
        for (size_t k = 0; k < N_KEYS; k++)
            CHECK(isfinite(plain[k]) && plain[k] == other[k]);
    }
    song_values(rate, 0.5, 4096, 0, other); /* a power of two: exact in floats */
    for (size_t k = 0; k < N_KEYS; k++)
        CHECK_NEAR(other[k], plain[k] + (k < 3 ? hs_db_from_amplitude(0.5) : 0), 1e-5);
    song_values(rate, 1, 4096, 1, other);
    for (size_t k = 0; k < N_KEYS; k++)
        CHECK_NEAR(other[k], k == 4 ? -plain[k] : plain[k], 1e-9);
    CHECK(plain[4] < -1 && plain[4] > -3);
}

static void states(void)
{
    struct hs_arena arena = {0};
    struct signal s = signal_new(44100, 2);
    signal_extend(&s, 5);
    struct hs_values v = signal_measure(&s, &arena);
    for (size_t k = 0; k < N_KEYS; k++)
        CHECK_TEXT(hs_values_why(&v, keys[k]), "below the absolute gate of -70 LUFS");
    CHECK(hs_values_get(&v, "_block_power") == NULL);
    signal_free(&s);
    s = signal_new(44100, 2);
    signal_sine(&s, 0.39, 1000, -10);
    v = signal_measure(&s, &arena);
    CHECK_TEXT(hs_values_why(&v, "integrated_lufs"), "shorter than 400 ms");
    CHECK_TEXT(hs_values_why(&v, "loudness_range_lu"), "shorter than 3 s");
    CHECK_NEAR(hs_values_or_nan(&v, "duration_s"), 0.39, 1e-9);
    signal_free(&s);
    s = signal_new(44100, 2); /* no frame at all */
    v = signal_measure(&s, &arena);
    CHECK_TEXT(hs_values_why(&v, "integrated_lufs"), "shorter than 400 ms");
    hs_arena_free(&arena);
}

static void invalid_samples(void)
{
    struct hs_arena arena = {0};
    struct signal s = signal_new(44100, 2);
    signal_sine(&s, 2, 1000, -18);
    s.x[0][5] = NAN;
    s.x[1][5] = INFINITY;
    s.x[1][88100] = -INFINITY;
    struct hs_values v = signal_measure(&s, &arena);
    CHECK(hs_values_or_nan(&v, "invalid_samples") == 3);
    CHECK_NEAR(hs_values_or_nan(&v, "integrated_lufs"), -18, 0.1);
    signal_free(&s);
    hs_arena_free(&arena);
}

int main(void)
{
    static const int rates[] = {44100, 48000, 96000, 22050};
    table_of_the_recommendation();
    for (size_t i = 0; i < 4; i++) {
        int rate = rates[i];
        steady_signals(rate);
        relations(rate);
    }
    bursts(48000);
    loudness_range(48000);
    surround();
    calibration();
    states();
    invalid_samples();
    return check_done();
}
