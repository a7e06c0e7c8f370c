/* SPDX-License-Identifier: Apache-2.0 */
/* test-labels: once */
/* Codecs there and back: the delay on a Gabor burst, what is lost and added against figures that
 * follow from the signal, and rows with a reason. */
#include "check.h"
#include "core/alloc.h"
#include "core/num.h"
#include "media/library.h"
#include "media/lossy.h"
#include "model/survival.h"
#include "signals.h"
#include "survival/codec_compare.h"
#include "survival/codec_row.h"

#include <math.h>

/* A tone under a bell, and where it lies in what came back: the lag of the highest correlation,
 * between the samples by a parabola. */
static double burst_lag(enum hs_lossy codec, int rate)
{
    size_t n = (size_t)rate * 3, made = 0, at = n / 2, reach = (size_t)rate / 20;
    float *x = HS_NEW_ARRAY(float, n), *y[2] = {HS_NEW_ARRAY(float, n), HS_NEW_ARRAY(float, n)};
    const float *const in[2] = {x, x};
    struct hs_error err = {0};
    for (size_t i = 0; i < n; i++) {
        double t = ((double)i - (double)at) / rate;
        x[i] = (float)(0.5 * exp(-t * t / (2 * 0.004 * 0.004)) * sin(2 * HS_PI * 1000 * t));
    }
    CHECK(hs_lossy_round_trip(codec, rate, in, n, y, &made, &err) == HS_OK);
    CHECK(made <= n && made + 1200 > n);
    double best = 0, value[3] = {0}, lag = NAN;
    for (int k = -1500; k <= 1500; k++) {
        double sum[3] = {0};
        for (int d = -1; d <= 1; d++)
            for (size_t i = at - reach; i < at + reach; i++)
                sum[d + 1] += (double)x[i] * (double)y[1][(size_t)((long)i + k + d)];
        if (sum[1] > best) {
            best = sum[1];
            memcpy(value, sum, sizeof value);
            lag = k;
        }
    }
    lag += 0.5 * (value[0] - value[2]) / (value[0] - 2 * value[1] + value[2]);
    hs_free(x);
    hs_free(y[0]);
    hs_free(y[1]);
    return lag;
}

static void test_delays(void)
{
    static const int rates[] = {32000, 44100, 48000};
    for (int c = 0; c < HS_N_LOSSY; c++)
        for (int r = 0; r < 3; r++) {
            char name[128];
            int rate = hs_lossy_rate_hz((enum hs_lossy)c, rates[r]);
            if (!CHECK(hs_lossy_encoder((enum hs_lossy)c, name, sizeof name)))
                continue;
            double lag = burst_lag((enum hs_lossy)c, rate);
            CHECK_NEAR(lag, 0, 0.2); /* Vorbis moves the bell itself by a tenth */
        }
}

static double normal(struct hs_rng *rng)
{
    double u = 1 - hs_rng_uniform(rng);
    return sqrt(-2 * log(u)) * cos(2 * HS_PI * hs_rng_uniform(rng));
}

enum { RATE = 44100, SECONDS = 12 };

/* Left and right before and behind. */
struct trip {
    struct signal x, y;
};

static struct trip trip_new(void)
{
    struct trip t = {signal_new(RATE, 2), signal_new(RATE, 2)};
    signal_song(&t.x, SECONDS, 0.3, 11);
    signal_extend(&t.y, SECONDS);
    for (int c = 0; c < 2; c++)
        memcpy(t.y.x[c], t.x.x[c], t.x.n * sizeof(float));
    return t;
}

/* What is told of it; `shift` frames late. The trip is gone behind it. */
static bool compare(struct trip *t, size_t shift, struct hs_codec_result *out)
{
    struct hs_codec_compare *c = hs_codec_compare_new(RATE);
    const float *const x[2] = {t->x.x[0] + shift, t->x.x[1] + shift};
    const float *const y[2] = {t->y.x[0], t->y.x[1]};
    bool aligned = hs_codec_compare_add(c, x, y, t->x.n - shift);
    hs_codec_compare_result(c, out);
    hs_codec_compare_free(c);
    signal_free(&t->x);
    signal_free(&t->y);
    return aligned;
}

static void test_unchanged(void)
{
    struct hs_codec_result r;
    struct trip t = trip_new();
    CHECK(compare(&t, 0, &r));
    CHECK_NEAR(r.overshoot_db, 0, 0);
    CHECK_NEAR(r.overs_per_min, 0, 0);
    CHECK_NEAR(r.side_loss_db, 0, 1e-6);
    CHECK(r.sdr_db[2] > 90);
    t = trip_new();
    CHECK(!compare(&t, 3, &r)); /* three samples late: no row */
    t = trip_new();
    CHECK(compare(&t, 1, &r));
}

/* Louder is no distortion, but overshoot and overs; and these are counted. */
static void test_gain(void)
{
    struct hs_codec_result r;
    struct trip t = trip_new();
    const double gain = 1.25;
    size_t at = RATE * 5;
    for (int c = 0; c < 2; c++) {
        for (size_t i = 0; i < t.y.n; i++)
            t.y.x[c][i] *= (float)gain;
        t.x.x[c][at] = 0.9F;
        t.y.x[c][at] = (float)(0.9 * gain);
        t.y.x[c][10] = 3; /* in the first tenth of a second, which is not looked at */
    }
    t.x.x[0][10] = t.x.x[1][10] = 3;
    CHECK(compare(&t, 0, &r));
    CHECK_NEAR(r.overshoot_db, 20 * log10(gain), 0.01);
    CHECK_NEAR(r.overs_per_min, 2 / ((SECONDS - 0.2) / 60), 0.01);
    CHECK(r.sdr_db[1] > 60);
}

/* White noise of known power in, the side turned down, the top taken away. */
static void test_losses(void)
{
    struct hs_codec_result r;
    struct trip t = trip_new();
    for (size_t i = 0; i < t.x.n; i++) {
        float side = (t.x.x[0][i] - t.x.x[1][i]) / 2, mid = (t.x.x[0][i] + t.x.x[1][i]) / 2;
        t.y.x[0][i] = mid + side / 2;
        t.y.x[1][i] = mid - side / 2;
    }
    CHECK(compare(&t, 0, &r));
    CHECK_NEAR(r.side_loss_db, 20 * log10(0.5), 0.01);

    struct hs_rng rng = {5};
    t = trip_new();
    for (size_t i = 0; i < t.x.n; i++)
        for (int c = 0; c < 2; c++) {
            t.x.x[c][i] = (float)(0.2 * normal(&rng));
            t.y.x[c][i] = t.x.x[c][i] + (float)(0.02 * normal(&rng));
        }
    CHECK(compare(&t, 0, &r));
    for (int b = 0; b < HS_STEREO_BANDS; b++)
        CHECK_NEAR(r.sdr_db[b], 20, b ? 0.15 : 0.5);
}

/* A click every half second over a soft tone; the codec puts noise before each of them. */
static void test_pre_echo(void)
{
    struct hs_codec_result r;
    struct trip t = trip_new();
    struct hs_rng rng = {6};
    const double ahead = 0.004, hit = 0.5;
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < t.x.n; i++) {
            double phase = fmod((double)i / RATE, 0.5) - 0.25, quiet = 1e-4 * sin(0.05 * (double)i);
            bool on = phase >= 0 && phase < 0.02;
            t.x.x[c][i] = (float)(quiet + (on ? hit * sin(0.3 * (double)i) : 0));
            t.y.x[c][i] = t.x.x[c][i];
            if (phase > -0.02 && phase < -0.002)
                t.y.x[c][i] += (float)(ahead * normal(&rng));
        }
    CHECK(compare(&t, 0, &r));
    /* 18 ms of noise over 20 ms of a sine */
    CHECK_NEAR(r.tail_db, 10 * log10(ahead * ahead * 18 / (hit * hit / 2 * 20)), 0.3);
}

static double of(const struct hs_values *v, enum hs_lossy codec, enum hs_codec_column column)
{
    char key[HS_CODEC_KEY];
    return hs_values_or_nan(v, hs_codec_key(HS_CODEC_LOUDEST, codec, column, key));
}

static const char *why(const struct hs_values *v, enum hs_lossy codec)
{
    char key[HS_CODEC_KEY];
    return hs_values_why(v, hs_codec_key(HS_CODEC_LOUDEST, codec, HS_CODEC_OVERSHOOT, key));
}

/* Noise up to half the rate: each codec ends where it is known to end, one that is given more
 * bits keeps more, and a file of one channel is as its copy in two. */
static void test_rows(void)
{
    struct hs_arena a = {0};
    struct signal s = signal_new(RATE, 2), one = signal_new(RATE, 1);
    struct hs_rng rng = {7};
    size_t from = signal_extend(&s, 11);
    signal_extend(&one, 11);
    for (size_t i = from; i < s.n; i++) {
        double common = normal(&rng), own = normal(&rng);
        s.x[0][i] = (float)(0.05 * common + 0.02 * own);
        s.x[1][i] = (float)(0.05 * common - 0.02 * own);
        one.x[0][i] = (float)(0.05 * common);
    }
    struct hs_values v = signal_measure_for(&s, HS_TO_CODECS | HS_TO_ALL_CODECS, &a);
    struct hs_values mono = signal_measure_for(&one, HS_TO_CODECS, &a);
    CHECK_NEAR(of(&v, HS_MP3_128, HS_CODEC_BANDWIDTH), 16500, 1000);
    CHECK_NEAR(of(&v, HS_OPUS_128, HS_CODEC_BANDWIDTH), 20000, 500);
    CHECK(of(&v, HS_AAC_128, HS_CODEC_BANDWIDTH) < of(&v, HS_AAC_256, HS_CODEC_BANDWIDTH));
    double last = 99;
    static const enum hs_lossy falling[] = {HS_AAC_256, HS_AAC_128};
    for (int i = 0; i < 2; i++) {
        char key[HS_CODEC_KEY];
        const double *sdr = hs_values_doubles(
            &v, hs_codec_key(HS_CODEC_LOUDEST, falling[i], HS_CODEC_SDR, key), HS_STEREO_BANDS);
        CHECK(sdr && sdr[3] < last && sdr[3] > 0);
        last = sdr ? sdr[3] : 0;
    }
    CHECK(isfinite(of(&mono, HS_AAC_256, HS_CODEC_OVERSHOOT)));
    CHECK(!isfinite(of(&mono, HS_AAC_256, HS_CODEC_SIDE_LOSS)));
    signal_free(&s);
    signal_free(&one);
    hs_arena_free(&a);
}

/* Of what cannot be sent there is a row with a reason. */
static void test_reasons(void)
{
    struct hs_arena a = {0};
    struct signal s[3] = {signal_new(44100, 2), signal_new(48000, 2), signal_new(8000, 1)};
    signal_song(&s[0], 6, 0.3, 1);
    signal_extend(&s[1], 30);
    signal_song(&s[2], 15, 0.3, 1);
    static const char *const reasons[] = {"shorter than 10 s", "silent",
                                          "nothing up to 15 kHz is stored"};
    for (int i = 0; i < 3; i++) {
        struct hs_values v = signal_measure_for(&s[i], HS_TO_KNOWN, &a);
        for (int c = 0; c < HS_N_LOSSY; c++) {
            char key[HS_CODEC_KEY];
            CHECK_TEXT(why(&v, (enum hs_lossy)c), reasons[i]);
            hs_codec_key(HS_CODEC_WHOLE, (enum hs_lossy)c, HS_CODEC_TAIL, key);
            CHECK_TEXT(hs_values_why(&v, key), reasons[i]);
        }
        CHECK_TEXT(hs_values_why(&v, "fm.sdr_db"), reasons[i]);
        signal_free(&s[i]);
    }
    hs_arena_free(&a);
}

/* Six channels are sent as two, 96 kHz as 48. */
static void test_many_channels(void)
{
    struct hs_arena a = {0};
    struct signal s = signal_new(96000, 6);
    signal_song(&s, 11, 0.2, 4);
    struct hs_values v = signal_measure_for(&s, HS_TO_CODECS, &a);
    CHECK(isfinite(of(&v, HS_AAC_256, HS_CODEC_OVERSHOOT)));
    CHECK(of(&v, HS_OPUS_128, HS_CODEC_BANDWIDTH) <= 24000);
    signal_free(&s);
    hs_arena_free(&a);
}

/* A burst in a passage that is not among the loudest, behind silence, where one part ends and the
 * next begins: the whole file has it, with its overs. */
static void test_whole_file(void)
{
    enum { LOUD_S = 61, SILENT_S = 9, QUIET_S = 20 };
    static const double at_s = 4 * 19.8 + 0.1, half_s = 0.02, top = 1.2;
    struct hs_arena a = {0};
    struct signal s = signal_new(RATE, 2);
    signal_song(&s, LOUD_S, 0.3, 21);
    signal_extend(&s, SILENT_S);
    signal_song(&s, QUIET_S, 0.05, 22);
    for (size_t i = (size_t)((at_s - half_s) * RATE); i < (size_t)((at_s + half_s) * RATE); i++)
        for (int c = 0; c < 2; c++)
            s.x[c][i] = (float)(top * sin(2 * HS_PI * 700 * (double)i / RATE));
    struct hs_values v = signal_measure_for(&s, HS_TO_CODECS | HS_TO_WHOLE_CODECS, &a);
    double over = 2 * 2 * half_s * RATE * (1 - 2 / HS_PI * asin(1 / top)); /* samples */
    for (int k = 0; k < 2; k++) {
        enum hs_lossy codec = k ? HS_OPUS_128 : HS_AAC_256;
        char peak[HS_CODEC_KEY], overs[HS_CODEC_KEY];
        hs_codec_key(HS_CODEC_WHOLE, codec, HS_CODEC_TRUE_PEAK, peak);
        hs_codec_key(HS_CODEC_WHOLE, codec, HS_CODEC_OVERS, overs);
        CHECK(of(&v, codec, HS_CODEC_TRUE_PEAK) < 0);
        CHECK_NEAR(hs_values_or_nan(&v, peak), 20 * log10(top), 0.5);
        double told = hs_values_or_nan(&v, overs) * (LOUD_S + SILENT_S + QUIET_S) / 60;
        CHECK(told > 0.2 * over && told < 1.1 * over); /* codecs take some of so short a tone */
    }
    signal_free(&s);
    hs_arena_free(&a);
}

/* What was made with another encoder is measured anew, by that analyser and what it works on. */
static void test_versions(void)
{
    struct hs_arena a = {0};
    struct signal s = signal_new(8000, 1);
    signal_song(&s, 2, 0.3, 1);
    struct hs_values v = signal_measure_for(&s, HS_TO_CODECS, &a);
    struct hs_buf now = {0};
    hs_measure_put_versions(&v, &now);
    CHECK(hs_measure_stale(now.data, now.len, HS_TO_CODECS) == 0);
    unsigned char *at = memmem(now.data, now.len, "codecs", 6);
    if (CHECK(at != NULL)) {
        at[7] ^= 1; /* the version behind the name and its final zero */
        hs_analyser_set set = hs_measure_stale(now.data, now.len, HS_TO_CODECS);
        int n = 0;
        for (size_t i = 0; i < hs_n_analysers; i++)
            n += set >> i & 1 && (!strcmp(hs_analysers[i]->name, "codecs") ||
                                  !strcmp(hs_analysers[i]->name, "loudest"));
        CHECK(n == 2 && !(set & (set - 1) & ((set & (set - 1)) - 1)));
    }
    hs_buf_free(&now);
    signal_free(&s);
    hs_arena_free(&a);
}

int main(void)
{
    hs_media_init();
    test_delays();
    test_unchanged();
    test_gain();
    test_losses();
    test_pre_echo();
    test_rows();
    test_reasons();
    test_many_channels();
    test_whole_file();
    test_versions();
    return check_done();
}
