/* SPDX-License-Identifier: Apache-2.0 */
/* Third octaves, slope and stereo bands against signals whose spectrum is known line by
 * line, a naive DFT, and relations that must hold whatever the signal. */
#include "check.h"
#include "dsp/fft.h"
#include "model/measure.h"
#include "signals.h"

#include <stdlib.h>

static struct hs_values measure(const struct signal *s, struct hs_arena *arena)
{
    struct hs_stream stream = signal_stream(s);
    return signal_measure_as(s, &stream, 4096, arena);
}

/* `seconds` of a signal that repeats every second: lines at 1, 2, ... Hz of power
 * density(f) and random phase, the same in all channels; scaled to a peak of 0.5. */
static struct signal lines(int rate, int seconds, int n_channels, double (*density)(double))
{
    struct signal s = signal_new(rate, n_channels);
    struct hs_rng rng = {(uint64_t)rate};
    struct hs_fft fft;
    hs_fft_init(&fft, (size_t)rate);
    fft.freq[0] = 0;
    for (int k = 1; k <= rate / 2; k++) {
        double phase = 2 * HS_PI * hs_rng_uniform(&rng), a = sqrt(density(k));
        fft.freq[k] = 2 * k == rate ? 0 : (float complex)(a * cexp(I * phase));
    }
    hs_fft_inverse(&fft);
    float peak = 0;
    for (int i = 0; i < rate; i++)
        peak = fmaxf(peak, fabsf(fft.time[i]));
    signal_extend(&s, seconds);
    for (int c = 0; c < n_channels; c++)
        for (size_t i = 0; i < s.n; i++)
            s.x[c][i] = fft.time[i % (size_t)rate] * 0.5f / peak;
    hs_fft_free(&fft);
    return s;
}

static double white(double f)
{
    (void)f;
    return 1;
}
static double pink(double f)
{
    return 1 / f;
}
/* Popular music, roughly: -4.5 dB/oct over a bass plateau. */
static double song(double f)
{
    return f < 100 ? 1 : pow(f / 100, -1.5);
}
/* A resonance of 8 dB at 250 Hz, a hole of 10 dB at 3 kHz over pink noise. */
static double coloured(double f)
{
    double a = log2(f / 250), b = log2(f / 3000);
    return pow(10, 0.8 * exp(-4 * a * a) - exp(-4 * b * b)) / f;
}

/* The definition, line by line. */
static void expected_bands(double (*density)(double), int rate, double out[HS_BANDS])
{
    double ref[11];
    for (size_t b = 0; b < HS_BANDS; b++) {
        double sum = 0;
        for (int k = 1; k < rate / 2; k++)
            if (k >= hs_band_low_hz(b) && k < hs_band_high_hz(b))
                sum += density(k);
        out[b] = 10 * log10(sum);
        if (b >= 10 && b <= 20)
            ref[b - 10] = out[b];
    }
    double median = hs_median(ref, 11);
    for (size_t b = 0; b < HS_BANDS; b++)
        out[b] -= median;
}

static double expected_tilt(double (*density)(double))
{
    double sx = 0, sy = 0, sxx = 0, sxy = 0, n = 0;
    for (size_t b = 7; b <= 23; b++) {
        double sum = 0, x = log2(hs_band_hz(b)), width = hs_band_high_hz(b) - hs_band_low_hz(b);
        for (double f = hs_band_low_hz(b); f < hs_band_high_hz(b); f += width / 1000)
            sum += density(f) / 1000;
        double y = 10 * log10(sum);
        n++, sx += x, sy += y, sxx += x * x, sxy += x * y;
    }
    return (n * sxy - sx * sy) / (n * sxx - sx * sx);
}

static void test_lines(void)
{
    double (*densities[])(double) = {white, pink, song, coloured};
    int rates[] = {44100, 48000, 96000, 32000};
    for (int d = 0; d < 4; d++)
        for (int r = 0; r < 4; r++) {
            struct hs_arena arena = {0};
            struct signal s = lines(rates[r], 8, 2, densities[d]);
            struct hs_values v = measure(&s, &arena);
            double expected[HS_BANDS];
            expected_bands(densities[d], rates[r], expected);
            const double *db = hs_values_doubles(&v, "bands_db", HS_BANDS);
            CHECK(db != NULL);
            for (size_t b = 0; db && b < HS_BANDS; b++) {
                bool above = hs_band_high_hz(b) > rates[r] / 2.0 * 1.02;
                CHECK(above == isnan(db[b]));
                /* lines of 1 Hz at the edges of bands of 5 to 20 Hz */
                double tolerance = b < 5 ? 1.2 : b < 13 ? 0.45 : 0.22;
                if (!above)
                    CHECK_NEAR(db[b], expected[b], tolerance);
            }
            CHECK_NEAR(hs_values_or_nan(&v, "tilt_db_per_oct"), expected_tilt(densities[d]), 0.05);
            signal_free(&s);
            hs_arena_free(&arena);
        }
}

/* Noise that repeats every second, and a discrete Fourier transform of one second. */
static void test_naive_dft(void)
{
    enum { RATE = 8000 };
    struct hs_arena arena = {0};
    struct signal s = signal_new(RATE, 2);
    struct hs_rng rng = {5};
    signal_extend(&s, 12);
    for (int i = 0; i < RATE; i++)
        for (size_t k = (size_t)i; k < s.n; k += RATE)
            for (int c = 0; c < 2; c++)
                s.x[c][k] = k == (size_t)i ? (float)(hs_rng_uniform(&rng) - 0.5) : s.x[c][i];
    static double cosine[RATE];
    for (int i = 0; i < RATE; i++)
        cosine[i] = cos(2 * HS_PI * i / RATE);
    double band[HS_BANDS] = {0}, ref[11];
    for (int k = 18; k < RATE / 2; k++) {
        double power = 0;
        for (int c = 0; c < 2; c++) {
            double re = 0, im = 0;
            for (int i = 0; i < RATE; i++) {
                int at = (int)((long)k * i % RATE);
                re += (double)s.x[c][i] * cosine[at];
                im += (double)s.x[c][i] * cosine[(at + RATE / 4) % RATE];
            }
            power += (re * re + im * im) / 2;
        }
        for (size_t b = 0; b < HS_BANDS; b++)
            if (k >= hs_band_low_hz(b) && k < hs_band_high_hz(b))
                band[b] += power;
    }
    for (size_t b = 10; b <= 20; b++)
        ref[b - 10] = 10 * log10(band[b]);
    double median = hs_median(ref, 11);
    struct hs_values v = measure(&s, &arena);
    const double *db = hs_values_doubles(&v, "bands_db", HS_BANDS);
    for (size_t b = 8; db && hs_band_high_hz(b) < RATE / 2; b++)
        CHECK_NEAR(db[b], 10 * log10(band[b]) - median, b < 13 ? 0.5 : 0.2);
    signal_free(&s);
    hs_arena_free(&arena);
}

/* One tone in the middle of every band, each 1.5 dB weaker than the one below. */
static void test_tones_and_sweep(void)
{
    struct hs_arena arena = {0};
    struct signal s = signal_new(48000, 2);
    signal_extend(&s, 10);
    for (size_t b = 0; b < HS_BANDS; b++)
        for (size_t i = 0; i < s.n; i++)
            s.x[0][i] += (float)(0.05 * pow(10, -0.075 * (double)b) *
                                 sin(2 * HS_PI * hs_band_hz(b) * (double)i / 48000 + (double)b));
    memcpy(s.x[1], s.x[0], s.n * sizeof(float));
    struct hs_values v = measure(&s, &arena);
    const double *db = hs_values_doubles(&v, "bands_db", HS_BANDS);
    for (size_t b = 0; db && b < HS_BANDS; b++)
        CHECK_NEAR(db[b], 1.5 * (15 - (double)b), b < 2 ? 0.5 : 0.1);

    /* A logarithmic sweep stays equally long in every band. */
    for (size_t i = 0; i < s.n; i++) {
        double t = (double)i / 48000, k = log(22000.0 / 15) / 10;
        s.x[0][i] = s.x[1][i] = (float)(0.5 * sin(2 * HS_PI * 15 / k * (exp(k * t) - 1)));
    }
    v = measure(&s, &arena);
    db = hs_values_doubles(&v, "bands_db", HS_BANDS);
    for (size_t b = 2; db && b < 30; b++)
        CHECK_NEAR(db[b], 0, 0.4);
    CHECK_NEAR(hs_values_or_nan(&v, "tilt_db_per_oct"), -10 * log10(2), 0.05);
    signal_free(&s);
    hs_arena_free(&arena);
}

static const char *const keys[] = {"bands_db",         "mid_bands_db",      "side_bands_db",
                                   "band_correlation", "side_mid_bands_db", "mono_loss_bands_db"};

static void same(const struct hs_values *a, const struct hs_values *b, double tolerance)
{
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        const struct hs_value *x = hs_values_get(a, keys[k]), *y = hs_values_get(b, keys[k]);
        CHECK(x && y && x->kind == HS_ARRAY && y->kind == HS_ARRAY);
        double worst = 0;
        for (size_t i = 0; i < x->n; i++)
            if (!(isnan(x->array[i]) && isnan(y->array[i])))
                worst = fmax(worst, fabs(x->array[i] - y->array[i]));
        CHECK(worst <= tolerance);
    }
}

static void test_relations(void)
{
    struct hs_arena arena = {0};
    struct signal s = signal_new(44100, 2);
    signal_song(&s, 7.3, 0.5, 3);
    signal_add_noise(&s, 0, 0.001, 4);
    struct hs_stream stream = signal_stream(&s);
    struct hs_values whole = signal_measure_as(&s, &stream, s.n, &arena);
    size_t pieces[] = {1, 7, 5000};
    for (int i = 0; i < 3; i++) {
        struct hs_values v = signal_measure_as(&s, &stream, pieces[i], &arena);
        same(&whole, &v, 0);
    }
    float *swap = s.x[0];
    s.x[0] = s.x[1], s.x[1] = swap;
    struct hs_values swapped = measure(&s, &arena);
    same(&whole, &swapped, 1e-9);
    const double *a = hs_values_doubles(&whole, "band_balance_db", HS_STEREO_BANDS);
    const double *b = hs_values_doubles(&swapped, "band_balance_db", HS_STEREO_BANDS);
    for (int i = 0; a && b && i < HS_STEREO_BANDS; i++)
        CHECK_NEAR(a[i], -b[i], 1e-9);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < s.n; i++)
            s.x[c][i] *= 0.1f;
    struct hs_values quiet = measure(&s, &arena);
    same(&whole, &quiet, 1e-3);
    CHECK_NEAR(hs_values_or_nan(&whole, "bands_reference_db") -
                   hs_values_or_nan(&quiet, "bands_reference_db"),
               20, 1e-3);
    signal_free(&s);
    hs_arena_free(&arena);
}

/* Noise of a known correlation, another one in the bass. */
static void test_stereo(void)
{
    struct hs_arena arena = {0};
    struct signal s = signal_new(44100, 2);
    signal_extend(&s, 30);
    signal_add_noise(&s, 0, 0.25, 9);
    for (size_t i = 0; i < s.n; i++)
        s.x[1][i] = 0.6f * s.x[0][i] + 0.8f * s.x[1][i];
    struct hs_values v = measure(&s, &arena);
    for (int b = 1; b < HS_STEREO_BANDS; b++) {
        char key[40];
        snprintf(key, sizeof key, "band_correlation[%d]", b);
        CHECK_NEAR(hs_values_or_nan(&v, key), 0.6, 0.02);
        snprintf(key, sizeof key, "side_mid_bands_db[%d]", b);
        CHECK_NEAR(hs_values_or_nan(&v, key), 10 * log10(0.4 / 1.6), 0.2);
        snprintf(key, sizeof key, "mono_loss_bands_db[%d]", b);
        CHECK_NEAR(hs_values_or_nan(&v, key), 10 * log10(2 / 1.6), 0.1);
    }
    CHECK_NEAR(hs_values_or_nan(&v, "sides_mid_db"), 10 * log10(0.4 / 1.6), 0.1);
    CHECK_NEAR(hs_values_or_nan(&v, "bass_side_mid_db"), 10 * log10(0.4 / 1.6), 0.5);

    for (size_t i = 0; i < s.n; i++)
        s.x[1][i] = s.x[0][i];
    v = measure(&s, &arena);
    CHECK(hs_values_or_nan(&v, "band_correlation[2]") == 1);
    CHECK_TEXT(hs_values_why(&v, "side_mid_bands_db"), "no side");
    CHECK_TEXT(hs_values_why(&v, "side_bands_db"), "no signal in any band");
    CHECK_NEAR(hs_values_or_nan(&v, "mono_loss_bands_db[3]"), 0, 1e-9);

    for (size_t i = 0; i < s.n; i++)
        s.x[1][i] = -s.x[0][i];
    v = measure(&s, &arena);
    CHECK(hs_values_or_nan(&v, "band_correlation[0]") == -1);
    CHECK(!hs_values_doubles(&v, "mid_bands_db", HS_BANDS));

    memset(s.x[1], 0, s.n * sizeof(float));
    v = measure(&s, &arena);
    CHECK(!hs_values_doubles(&v, "band_correlation", HS_STEREO_BANDS));
    CHECK_NEAR(hs_values_or_nan(&v, "side_mid_bands_db[1]"), 0, 1e-6);
    signal_free(&s);
    hs_arena_free(&arena);
}

/* Silence, one sample, a low sample rate: absent with a reason; mono as its copy. */
static void test_edges(void)
{
    struct hs_arena arena = {0};
    struct signal s = signal_new(44100, 2);
    struct hs_values v = measure(&s, &arena);
    CHECK_TEXT(hs_values_why(&v, "bands_db"), "no audio");
    signal_extend(&s, 2);
    v = measure(&s, &arena);
    CHECK_TEXT(hs_values_why(&v, "bands_db"), "silent");
    CHECK_TEXT(hs_values_why(&v, "band_correlation"), "silent");
    s.n = 1;
    s.x[0][0] = 1;
    v = measure(&s, &arena);
    CHECK(hs_values_get(&v, "bands_db") != NULL);
    signal_free(&s);

    s = signal_new(4000, 1);
    signal_extend(&s, 3);
    signal_add_noise(&s, 0, 0.3, 2);
    v = measure(&s, &arena);
    CHECK_TEXT(hs_values_why(&v, "bands_db"), "sample rate too low");
    signal_free(&s);

    struct signal mono = signal_new(44100, 1), dual = signal_new(44100, 2);
    signal_song(&mono, 4, 0.5, 8);
    signal_extend(&dual, 4);
    for (int c = 0; c < 2; c++)
        memcpy(dual.x[c], mono.x[0], mono.n * sizeof(float));
    struct hs_values a = measure(&mono, &arena), b = measure(&dual, &arena);
    const double *x = hs_values_doubles(&a, "bands_db", HS_BANDS);
    const double *y = hs_values_doubles(&b, "bands_db", HS_BANDS);
    for (size_t i = 0; x && y && i < HS_BANDS; i++)
        CHECK_NEAR(x[i], y[i], 1e-5);
    CHECK(hs_values_or_nan(&a, "band_correlation[1]") == 1);
    signal_free(&mono);
    signal_free(&dual);
    hs_arena_free(&arena);
}

/* Half loud in the bass, half in the treble: the courses tell which is when. */
static void test_zones(void)
{
    struct hs_arena arena = {0};
    struct signal s = signal_new(44100, 2);
    signal_sine(&s, 10, 80, -6);
    signal_sine(&s, 10.4, 8000, -6);
    struct hs_values v = measure(&s, &arena);
    const struct hs_value *bass = hs_values_get(&v, "zones_db.bass");
    const struct hs_value *air = hs_values_get(&v, "zones_db.air");
    CHECK(bass && air && bass->kind == HS_SERIES && bass->n == 21 && air->n == 21);
    CHECK_NEAR((double)bass->series[4], -9.03, 0.1);
    CHECK_NEAR((double)air->series[14], -9.03, 0.1);
    CHECK((double)bass->series[14] < -80 && (double)air->series[4] < -80);
    signal_free(&s);
    hs_arena_free(&arena);
}

int main(void)
{
    test_lines();
    test_naive_dft();
    test_tones_and_sweep();
    test_relations();
    test_stereo();
    test_edges();
    test_zones();
    return check_done();
}
