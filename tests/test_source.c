/* SPDX-License-Identifier: Apache-2.0 */
/* Bandwidth, holes, hum and noise: what is there is found with its size, and what only looks
 * like it is not. */
#include "check.h"
#include "dsp/fft.h"
#include "signals.h"

/* Noise whose spectrum is shaped by gain(f), repeated; stereo. */
static struct signal shaped(int rate, double seconds, double (*gain)(double))
{
    struct signal s = signal_new(rate, 2);
    struct hs_rng rng = {11};
    struct hs_fft fft;
    signal_extend(&s, seconds);
    hs_fft_init(&fft, s.n / 2 * 2);
    for (int c = 0; c < 2; c++) {
        fft.freq[0] = fft.freq[fft.n / 2] = 0;
        for (size_t k = 1; k < fft.n / 2; k++)
            fft.freq[k] = (float complex)(gain((double)k * rate / (double)fft.n) *
                                          cexp(2 * HS_PI * I * hs_rng_uniform(&rng)));
        hs_fft_inverse(&fft);
        for (size_t i = 0; i < fft.n; i++)
            s.x[c][i] = fft.time[i] * 0.3f / sqrtf((float)fft.n);
    }
    hs_fft_free(&fft);
    return s;
}

static double tone_like_song(double f)
{
    return f < 100 ? 1 : pow(f / 100, -0.75);
}
static double cut(double f, double at)
{
    return f < at         ? tone_like_song(f)
           : f < at + 200 ? tone_like_song(f) * (at + 200 - f) / 200 + 1e-6
                          : 1e-6;
}
static double cut_16000(double f)
{
    return cut(f, 16000);
}
static double cut_19000(double f)
{
    return cut(f, 19000);
}
static double cut_21700(double f)
{
    return cut(f, 21700);
}
static double cut_10700(double f)
{
    return cut(f, 10700);
}
/* A short resampling filter from 44.1 kHz: -12 dB at 22.05 kHz, 100 dB down at 26.5 kHz. */
static double gentle_22050(double f)
{
    double down = f < 19800   ? 0
                  : f < 22050 ? 12 * (f - 19800) / 2250
                  : f < 26400 ? 12 + 90 * (f - 22050) / 4350
                              : 102;
    return tone_like_song(f) * pow(10, -down / 20) + 1e-7;
}
static double white(double f)
{
    (void)f;
    return 1;
}
/* 24 dB/oct above 2 kHz: music without treble */
static double soft(double f)
{
    return f < 2000 ? 1 : pow(f / 2000, -4);
}
/* A dull sound over the steady floor of a converter. */
static double dull_with_floor(double f)
{
    return (f < 2000 ? 1 : pow(f / 2000, -4)) + 1e-4;
}

static void test_bandwidth(void)
{
    struct {
        int rate;
        double (*gain)(double);
        double hz, tolerance, from; /* from: 0 where it must be absent */
    } cases[] = {
        {44100, white, 22050, 0, 0},
        {44100, tone_like_song, 22050, 0, 0},
        {48000, soft, 24000, 0, 0},
        {44100, dull_with_floor, 22050, 0, 0},
        {96000, soft, 48000, 0, 0},
        {44100, cut_16000, 16100, 200, 0},
        {48000, cut_19000, 19100, 200, 0},
        {44100, cut_10700, 10800, 200, 22050},
        {48000, cut_21700, 21800, 200, 44100},
        {96000, cut_21700, 21800, 200, 44100},
        {192000, cut_21700, 21800, 200, 44100},
        {96000, gentle_22050, 48000, 0, 44100},
        {192000, gentle_22050, 96000, 0, 44100},
        {96000, white, 48000, 0, 0},
        {96000, dull_with_floor, 48000, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct hs_arena arena = {0};
        struct signal s = shaped(cases[i].rate, 6, cases[i].gain);
        struct hs_values v = signal_measure(&s, &arena);
        CHECK_NEAR(hs_values_or_nan(&v, "bandwidth_hz"), cases[i].hz, cases[i].tolerance);
        double from = hs_values_or_nan(&v, "upsampled_from_hz");
        if (cases[i].from > 0)
            CHECK_NEAR(from, cases[i].from, 0);
        else
            CHECK(isnan(from));
        CHECK(isnan(hs_values_or_nan(&v, "cliff_db")) == (cases[i].tolerance == 0));
        signal_free(&s);
        hs_arena_free(&arena);
    }
}

/* Above a wall all is empty: that is no hole of an encoder. */
static void test_wall(void)
{
    struct hs_arena arena = {0};
    struct signal s = shaped(44100, 6, cut_16000);
    struct hs_values v = signal_measure(&s, &arena);
    CHECK(hs_values_or_nan(&v, "holes_share") < 1e-3);
    signal_free(&s);
    hs_arena_free(&arena);
}

/* Twice the rate by straight lines between the samples leaves a strong image; noise that was
 * made at that rate has none. */
static void test_images(void)
{
    struct hs_arena arena = {0};
    struct signal slow = shaped(44100, 6, tone_like_song), fast = signal_new(88200, 2);
    signal_extend(&fast, 2 * (double)slow.n / 88200);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i + 1 < slow.n && 2 * i + 1 < fast.n; i++) {
            fast.x[c][2 * i] = slow.x[c][i];
            fast.x[c][2 * i + 1] = (slow.x[c][i] + slow.x[c][i + 1]) / 2;
        }
    struct hs_values v = signal_measure(&fast, &arena);
    CHECK_NEAR(hs_values_or_nan(&v, "mirrored_from_hz"), 44100, 0);
    CHECK_NEAR(hs_values_or_nan(&v, "upsampled_from_hz"), 44100, 0);
    signal_free(&slow);
    signal_free(&fast);
    slow = shaped(88200, 6, tone_like_song);
    v = signal_measure(&slow, &arena);
    CHECK(isnan(hs_values_or_nan(&v, "mirrored_from_hz")));
    CHECK(isnan(hs_values_or_nan(&v, "upsampled_from_hz")));
    signal_free(&slow);
    hs_arena_free(&arena);
}

/* Every half second one kilohertz of the treble drops out for a tenth. */
static void test_holes(void)
{
    struct hs_arena arena = {0};
    struct signal s = shaped(44100, 10, tone_like_song);
    struct hs_values v = signal_measure(&s, &arena);
    CHECK(hs_values_or_nan(&v, "holes_share") < 1e-3);
    struct hs_fft fft;
    hs_fft_init(&fft, 8192);
    for (size_t at = 0; at + 8192 < s.n; at += 22050)
        for (int c = 0; c < 2; c++) {
            memcpy(fft.time, s.x[c] + at, 8192 * sizeof(float));
            hs_fft_forward(&fft);
            for (size_t k = (size_t)(13000 / 5.383); k < (size_t)(14000 / 5.383); k++)
                fft.freq[k] = 0;
            hs_fft_inverse(&fft);
            for (size_t i = 0; i < 8192; i++)
                s.x[c][at + i] = fft.time[i] / 8192;
        }
    hs_fft_free(&fft);
    v = signal_measure(&s, &arena);
    CHECK(hs_values_or_nan(&v, "holes_share") > 0.02);
    signal_free(&s);
    hs_arena_free(&arena);
}

/* Twenty seconds of music with a pause of four in the middle. */
static struct signal song_with_pause(void)
{
    struct signal s = signal_new(44100, 2);
    signal_song(&s, 9, 0.5, 21);
    signal_extend(&s, 4);
    signal_song(&s, 9, 0.5, 22);
    return s;
}

static double programme_db(const struct signal *s)
{
    double sum = 0;
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < s->n; i++)
            sum += (double)s->x[c][i] * (double)s->x[c][i];
    return hs_db_from_power(sum / 2 / (double)s->n);
}

static void add_tone(struct signal *s, double hz, double peak, double on_s, double period_s)
{
    for (size_t i = 0; i < s->n; i++) {
        double t = (double)i / s->rate;
        double x = fmod(t, period_s) < on_s ? peak * sin(2 * HS_PI * hz * t) : 0;
        s->x[0][i] += (float)x, s->x[1][i] += (float)x;
    }
}

static void test_hum(void)
{
    struct {
        double hz[3], on_s, found_hz;
    } cases[] = {
        {{0, 0, 0}, 1, NAN},
        {{50, 150, 250}, 1, 50},
        {{60, 120, 180}, 1, 60},
        {{49.9, 99.8, 149.7}, 1, 49.9},
        {{59.1, 118.2, 177.3}, 1, 59.1}, /* from a tape that is slow by 1.5 % */
        {{46, 92, 138}, 1, NAN},
        {{64, 128, 192}, 1, NAN},
        {{50, 100, 150}, 0.35, NAN}, /* a bass note that happens to be at 50 Hz */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct hs_arena arena = {0};
        struct signal s = song_with_pause();
        signal_add_noise(&s, 0, 1e-4, 5);
        double peak = 0.01;
        for (int h = 0; h < 3 && cases[i].hz[0] > 0; h++)
            add_tone(&s, cases[i].hz[h], peak / (h + 1), cases[i].on_s, 1);
        struct hs_values v = signal_measure(&s, &arena);
        double hz = hs_values_or_nan(&v, "hum_hz");
        CHECK(isnan(cases[i].found_hz) ? isnan(hz) : fabs(hz - cases[i].found_hz) < 0.15);
        if (!isnan(hz)) {
            double power = peak * peak / 2 * (1 + 0.25 + 1 / 9.0);
            CHECK_NEAR(hs_values_or_nan(&v, "hum_db"), hs_db_from_power(power) - programme_db(&s),
                       1.0);
        }
        signal_free(&s);
        hs_arena_free(&arena);
    }
}

static void test_noise(void)
{
    struct hs_arena arena = {0};
    struct signal s = song_with_pause();
    struct hs_values v = signal_measure(&s, &arena);
    CHECK(isnan(hs_values_or_nan(&v, "noise_floor_db")));
    signal_add_noise(&s, 0, 0.004, 7);
    v = signal_measure(&s, &arena);
    double expected = hs_db_from_power(0.004 * 0.004 / 3 * 4000 / 22050) - programme_db(&s);
    CHECK_NEAR(hs_values_or_nan(&v, "noise_floor_db"), expected, 0.5);
    signal_free(&s);

    /* Cymbals: noise that decays between strokes is no floor. */
    s = signal_new(44100, 2);
    signal_extend(&s, 20);
    signal_add_noise(&s, 0, 0.2, 8);
    for (size_t i = 0; i < s.n; i++) {
        float decay = expf(-3.0f * (float)(i % 44100) / 44100);
        s.x[0][i] *= decay, s.x[1][i] *= decay;
    }
    v = signal_measure(&s, &arena);
    CHECK(isnan(hs_values_or_nan(&v, "noise_floor_db")));
    signal_free(&s);

    /* A long fade of music and hiss together has no level of its own. */
    s = song_with_pause();
    s.n = 9 * 44100;
    signal_add_noise(&s, 0, 0.004, 7);
    for (size_t i = 0; i < s.n; i++) {
        float fade = expf(-9.0f * (float)i / (float)s.n);
        s.x[0][i] *= fade, s.x[1][i] *= fade;
    }
    v = signal_measure(&s, &arena);
    CHECK(isnan(hs_values_or_nan(&v, "noise_floor_db")));
    signal_free(&s);
    hs_arena_free(&arena);
}

static void test_silence(void)
{
    static const char *const keys[] = {"bandwidth_hz", "cliff_db", "upsampled_from_hz",
                                       "holes_share",  "hum_db",   "noise_floor_db"};
    struct hs_arena arena = {0};
    struct signal s = signal_new(44100, 2);
    for (int part = 0; part < 2; part++) {
        struct hs_values v = signal_measure(&s, &arena);
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
            const struct hs_value *value = hs_values_get(&v, keys[k]);
            CHECK(value && value->kind == HS_ABSENT && value->why && *value->why);
        }
        signal_extend(&s, 5);
    }
    signal_free(&s);
    hs_arena_free(&arena);
}

int main(void)
{
    test_bandwidth();
    test_wall();
    test_images();
    test_holes();
    test_hum();
    test_noise();
    test_silence();
    return check_done();
}
