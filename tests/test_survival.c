/* SPDX-License-Identifier: Apache-2.0 */
/* test-labels: once */
/* Where music holds up: the gains of services against what they publish, the loudness of a release
 * against one measurement of all its music, and models against figures worked out by hand. */
#include "check.h"
#include "measure/loudness_blocks.h"
#include "media/library.h"
#include "model/survival.h"
#include "report/survival_words.h"
#include "signals.h"
#include "survival/cabin.h"
#include "survival/hear.h"
#include "survival/lost.h"
#include "survival/platforms.h"

#include <stdlib.h>

static struct hs_platform_row gain(const char *name, double lufs, double peak)
{
    static const struct hs_platform none = {.name = ""};
    struct hs_arena a = {0};
    size_t n;
    struct hs_platform_row row = {&none, NAN, NAN, NAN, NAN};
    const struct hs_platform *p = hs_platforms(NULL, &a, &n);
    for (size_t i = 0; i < n; i++)
        if (!strcmp(p[i].name, name))
            row = hs_platform_gain(&p[i], lufs, peak, NAN, NAN);
    hs_arena_free(&a);
    return row;
}

static void test_platforms(void)
{
    /* Spotify's own example: -20 LUFS with peaks of -5 plays at -16. */
    CHECK_NEAR(gain("Spotify", -20, -5).gain_db, 4, 1e-9);
    CHECK_NEAR(gain("Spotify", -20, -5).never_reaches_db, 2, 1e-9);
    CHECK_NEAR(gain("Spotify", -8.7, -0.5).gain_db, -5.3, 1e-9);
    CHECK_NEAR(gain("Spotify", -8.7, -0.5).unused_headroom_db, 4.8, 1e-9);
    CHECK_NEAR(gain("YouTube", -8.7, -0.5).gain_db, -5.3, 1e-9);
    CHECK_NEAR(gain("YouTube Music", -8.7, -0.5).gain_db, 0, 1e-9);
    CHECK_NEAR(gain("Apple Music", -8.7, -0.5).gain_db, -7.3, 1e-9);
    CHECK_NEAR(gain("YouTube Music", -5.3, 0).gain_db, -1.7, 1e-9);
    CHECK_NEAR(gain("Spotify", -18, -0.2).gain_db, 0, 1e-9);
    CHECK_NEAR(gain("YouTube", -18, -0.2).gain_db, 0, 1e-9);
    CHECK(isnan(gain("YouTube", -8.7, -0.5).never_reaches_db));
}

/* The targets of a job stand in the place of the built-in ones; "off" leaves one out. */
static void test_job_platforms(void)
{
    static const struct hs_platform_setting mine[] = {
        {"Spotify", -12}, {"Tidal", NAN}, {"Our radio", -20}, {"Spotify, album", -15}};
    struct hs_job job = {.platforms = mine, .n_platforms = 3};
    struct hs_arena a = {0};
    size_t n, seen = 0;
    const struct hs_platform *p = hs_platforms(&job, &a, &n);
    for (size_t i = 0; i < n; i++) {
        CHECK(strcmp(p[i].name, "Tidal") != 0);
        seen += !strcmp(p[i].name, "Spotify") && p[i].target_lufs == -12;
        seen += !strcmp(p[i].name, "Spotify, album") && p[i].target_lufs == -12; /* follows it */
        seen += !strcmp(p[i].name, "Our radio") && p[i].target_lufs == -20 && !p[i].raises;
    }
    CHECK(seen == 3);
    job.n_platforms = 4; /* unless it is named itself */
    p = hs_platforms(&job, &a, &n);
    for (size_t i = 0; i < n; i++)
        CHECK(strcmp(p[i].name, "Spotify, album") || p[i].target_lufs == -15);
    hs_arena_free(&a);
}

static const double *blocks_of(const struct hs_values *v)
{
    return hs_values_doubles(v, "loudness_blocks", HS_LOUDNESS_BINS);
}

/* A loud song and a quiet one in a row: the release is as loud as the file that holds both. */
static void test_album(void)
{
    struct hs_arena a = {0};
    struct signal loud, quiet, both;
    loud = signal_new(48000, 2);
    quiet = signal_new(48000, 2);
    both = signal_new(48000, 2);
    signal_song(&loud, 20, 0.5, 1);
    signal_song(&quiet, 30, 0.06, 2);
    signal_song(&both, 20, 0.5, 1);
    signal_song(&both, 30, 0.06, 2);
    struct hs_values v[3] = {signal_measure(&loud, &a), signal_measure(&quiet, &a),
                             signal_measure(&both, &a)};
    const double *parts[2] = {blocks_of(&v[0]), blocks_of(&v[1])}, *one[1] = {blocks_of(&v[2])};
    if (CHECK(parts[0] && parts[1] && one[0])) {
        double whole = hs_values_or_nan(&v[2], "integrated_lufs");
        CHECK_NEAR(hs_album_lufs(one, 1), whole, 0.02);
        CHECK_NEAR(hs_album_lufs(parts, 2), whole, 0.1);
        double mean = (hs_values_or_nan(&v[0], "integrated_lufs") +
                       hs_values_or_nan(&v[1], "integrated_lufs")) /
                      2;
        CHECK(fabs(mean - whole) > 2); /* the mean of loudnesses is another thing */
    }
    CHECK(isnan(hs_album_lufs(NULL, 0)));
    signal_free(&loud);
    signal_free(&quiet);
    signal_free(&both);
    hs_arena_free(&a);
}

/* Partials 1/k of a note of 50 Hz up to `most`, every `step`-th. */
static void add_note(struct signal *s, int most, int step)
{
    size_t from = signal_extend(s, 12);
    for (size_t i = from; i < s->n; i++)
        for (int k = 1; k <= most; k += step)
            for (int c = 0; c < s->n_channels; c++)
                s->x[c][i] += (float)(0.2 / k * sin(2 * HS_PI * 50 * k * (double)i / s->rate));
}

/* sum 1/k^2 of the partials from 350 to 900 Hz over those below 250 Hz */
static double carried(int step)
{
    double bass = 0, heard = 0;
    for (int k = 1; k < 18; k += step) {
        bass += k < 5 ? 1.0 / (k * k) : 0;
        heard += k >= 7 ? 1.0 / (k * k) : 0;
    }
    return 10 * log10(heard / bass);
}

static void test_bass_on_a_phone(void)
{
    struct hs_arena a = {0};
    struct signal s[3];
    for (int i = 0; i < 3; i++)
        s[i] = signal_new(44100, 2);
    add_note(&s[0], 60, 1); /* a saw */
    add_note(&s[1], 60, 2); /* a square */
    add_note(&s[2], 1, 1);  /* a sine */
    struct hs_values saw = signal_measure_for(&s[0], HS_TO_PHONE, &a);
    struct hs_values square = signal_measure_for(&s[1], HS_TO_PHONE, &a);
    struct hs_values sine = signal_measure_for(&s[2], HS_TO_PHONE, &a);
    CHECK_NEAR(hs_values_or_nan(&saw, "phone.carried_db"), carried(1), 0.1);
    CHECK_NEAR(hs_values_or_nan(&square, "phone.carried_db"), carried(2), 0.1);
    CHECK(hs_values_or_nan(&sine, "phone.carried_db") < -50);
    CHECK_NEAR(hs_values_or_nan(&sine, "phone.harmonics"), 0, 0);
    CHECK(hs_values_or_nan(&saw, "phone.harmonics") >= 3);
    CHECK(hs_values_or_nan(&sine, "phone.loss_lu") < -40);
    for (int i = 0; i < 3; i++)
        signal_free(&s[i]);
    hs_arena_free(&a);
}

/* Behind a Butterworth high-pass of fourth order a tone loses 10 log10(1 + (fc / f)^8); out of
 * phase in one channel nothing is left; less bass costs less. */
static void test_losses(void)
{
    struct hs_arena a = {0};
    struct signal s, opposite;
    s = signal_new(44100, 2);
    opposite = signal_new(44100, 2);
    signal_sine(&s, 12, 400, -12);
    signal_sine(&opposite, 12, 1000, -12);
    for (size_t i = 0; i < opposite.n; i++)
        opposite.x[1][i] = -opposite.x[0][i];
    struct hs_values tone = signal_measure_for(&s, HS_TO_PHONE, &a);
    struct hs_values gone = signal_measure_for(&opposite, HS_TO_PHONE, &a);
    CHECK_NEAR(hs_values_or_nan(&tone, "phone.loss_lu"), -10 * log10(1 + pow(350.0 / 400, 8)), 0.1);
    CHECK_NEAR(hs_values_or_nan(&tone, "laptop.loss_lu"), -10 * log10(1 + pow(180.0 / 400, 8)),
               0.1);
    CHECK(isnan(hs_values_or_nan(&gone, "phone.loss_lu")));
    CHECK_NEAR(hs_values_or_nan(&gone, "laptop.loss_lu"), 0, 0.1);
    signal_free(&s);
    signal_free(&opposite);
    hs_arena_free(&a);
}

/* One tone a third octave, each at the same distance from the noise of the cabin. */
static void add_comb(struct signal *s, double over_db, double speed)
{
    size_t from = signal_extend(s, 12);
    for (size_t b = 3; b <= 28; b++) {
        double hz = hs_band_hz(b), f = fmin(fmax(log2(hz / 250) / 3, 0), 1);
        double noise = 35.2 - 6.65 * log2(hz / 1000) + (30 + 20 * f) * log10(speed / 40);
        double level = noise + over_db - (hz <= 100 ? 6 : 0) - 100; /* 100 dB SPL is full scale */
        double peak = sqrt(2) * pow(10, level / 20);
        for (size_t i = from; i < s->n; i++)
            for (int c = 0; c < s->n_channels; c++)
                s->x[c][i] += (float)(peak * sin(2 * HS_PI * hz * (double)i / s->rate));
    }
}

/* The level is set by ear, to 75 dB(A) at 100 km/h: what counts is the shape. A comb that follows
 * the noise is heard in all bands or, turned down by ten where the weighting is strong, not. */
static void test_car(void)
{
    struct hs_arena a = {0};
    struct signal even, bassless, quiet;
    even = signal_new(48000, 2);
    bassless = signal_new(48000, 2);
    quiet = signal_new(48000, 2);
    add_comb(&even, 10, 100);
    signal_sine(&bassless, 20, 2000, -12);
    signal_sine(&quiet, 10, 1000, -12);
    size_t from = signal_extend(&quiet, 20);
    for (size_t i = from; i < quiet.n; i++)
        for (int c = 0; c < 2; c++)
            quiet.x[c][i] = (float)(1e-4 * sin(0.1 * (double)i));
    struct hs_values v[3] = {signal_measure_for(&even, HS_TO_CAR, &a),
                             signal_measure_for(&bassless, HS_TO_CAR, &a),
                             signal_measure_for(&quiet, HS_TO_CAR, &a)};
    const double *heard = hs_values_doubles(&v[0], "car_100.audible", 4);
    const double *none = hs_values_doubles(&v[1], "car_100.audible", 4);
    if (CHECK(heard && none)) {
        CHECK_NEAR(heard[0], 1, 0.02);
        CHECK_NEAR(heard[1], 1, 0.02);
        CHECK_NEAR(heard[2], 1, 0.02);
        CHECK_NEAR(none[0], 0, 0);
    }
    CHECK_NEAR(hs_values_or_nan(&v[2], "car_100.lost_s"), 0, 0); /* the tail: no room leaves it */
    signal_free(&even);
    signal_free(&bassless);
    signal_free(&quiet);
    hs_arena_free(&a);
}

/* Where it disappears: the longer of two quiet passages first; what is silent anyway is not
 * lost. */
static void test_lost_passages(void)
{
    static const double quiet[2][2] = {{10, 15}, {25, 33}};
    struct hs_arena a = {0};
    struct signal s = signal_new(44100, 2);
    struct hs_lost_passage lost[HS_LOST_PASSAGES];
    signal_song(&s, 43, 0.3, 12);
    for (int k = 0; k < 2; k++)
        for (size_t i = (size_t)(quiet[k][0] * s.rate); i < (size_t)(quiet[k][1] * s.rate); i++)
            for (int c = 0; c < 2; c++)
                s.x[c][i] *= 0.008F;
    signal_extend(&s, 6);
    struct hs_values v = signal_measure_for(&s, HS_TO_CAR, &a);
    if (CHECK(hs_lost_passages(&v, 100, lost) == 2))
        for (int k = 0; k < 2; k++) {
            CHECK_NEAR(lost[k].from_s, quiet[1 - k][0], 0.3);
            CHECK_NEAR(lost[k].to_s, quiet[1 - k][1], 0.3);
        }
    CHECK_NEAR(hs_values_or_nan(&v, "car_100.lost_s"), 5 + 8, 4 * 0.2); /* four borders */
    signal_free(&s);
    hs_arena_free(&a);
}

/* Less bass in the music is less bass over the noise. */
static void test_monotony(void)
{
    struct hs_arena a = {0};
    double last = 2;
    for (int i = 0; i < 3; i++) {
        struct signal s;
        s = signal_new(44100, 2);
        signal_song(&s, 15, 0.3, 7);
        for (int c = 0; c < 2; c++)
            for (size_t k = s.n - 1; i && k >= (size_t)i; k--) /* differences take the bass away */
                s.x[c][k] -= (i == 1 ? 0.9F : 0.99F) * s.x[c][k - 1];
        struct hs_values v = signal_measure_for(&s, HS_TO_CAR | HS_TO_PHONE, &a);
        const double *heard = hs_values_doubles(&v, "car_100.audible", 4);
        CHECK(heard && heard[0] < last);
        last = heard ? heard[0] : -1;
        signal_free(&s);
    }
    hs_arena_free(&a);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Tones on the air by themselves: each as the filters of a station turn and raise it. */
static double on_air(const double *hz, const double *peak, size_t n, bool sharp, bool sent)
{
    enum { STEPS = 400000 };
    double *x = HS_NEW_ARRAY(double, STEPS);
    for (size_t i = 0; i < STEPS; i++) {
        double t = 0.02 * (double)i / STEPS;
        for (size_t k = 0; k < n; k++) {
            double f = hz[k], turn = -8 * atan(f / 200) + atan2(sqrt(2) * f / 30, f * f / 900 - 1);
            double gain = f * f / 900 / sqrt(pow(1 - f * f / 900, 2) + 2 * f * f / 900);
            double up = sharp ? 2 * HS_PI * f * 50e-6 : 0;
            if (!sent)
                turn = 0, gain = 1;
            x[i] += peak[k] * gain * sqrt(1 + up * up) * sin(2 * HS_PI * f * t + turn + atan(up));
        }
        x[i] = fabs(x[i]);
    }
    qsort(x, STEPS, sizeof *x, by_size);
    double most = x[(size_t)(0.9999 * STEPS)];
    hs_free(x);
    return 20 * log10(most);
}

static void add_tones(struct signal *s, const double *hz, const double *peak, size_t n)
{
    size_t from = signal_extend(s, 25);
    for (size_t i = from; i < s->n; i++)
        for (size_t k = 0; k < n; k++)
            for (int c = 0; c < s->n_channels; c++)
                s->x[c][i] += (float)(peak[k] * sin(2 * HS_PI * hz[k] * (double)i / s->rate));
}

/* Against the same chain worked out tone by tone. */
static void test_fm(void)
{
    static const double hz[] = {150, 400, 1250, 3150, 8050, 12500};
    static const double peak[] = {0.2, 0.15, 0.1, 0.08, 0.06, 0.05};
    struct hs_arena a = {0};
    for (int rate = 44100; rate <= 96000; rate += 51900) {
        struct signal s = signal_new(rate, 2);
        add_tones(&s, hz, peak, 6);
        struct hs_values v = signal_measure_for(&s, HS_TO_FM, &a);
        double after = on_air(hz, peak, 6, true, true);
        CHECK_NEAR(hs_values_or_nan(&v, "fm.regrowth_db"),
                   after - on_air(hz, peak, 6, false, false), 0.1);
        CHECK_NEAR(hs_values_or_nan(&v, "fm.hf_drive_db"), after - on_air(hz, peak, 6, false, true),
                   0.1);
        signal_free(&s);
    }
    struct signal sine = signal_new(48000, 1), silent = signal_new(48000, 2);
    signal_sine(&sine, 25, 1000, -12);
    signal_extend(&silent, 25);
    struct hs_values one = signal_measure_for(&sine, HS_TO_FM, &a),
                     none = signal_measure_for(&silent, HS_TO_FM, &a);
    CHECK_NEAR(hs_values_or_nan(&one, "fm.regrowth_db"), 0.41, 0.05);
    CHECK_NEAR(hs_values_or_nan(&one, "fm.sdr_bs412_db"), 80, 0);
    CHECK_TEXT(hs_values_why(&one, "fm.side_noise_db"), "no side");
    CHECK_TEXT(hs_values_why(&none, "fm.regrowth_db"), "silent");
    signal_free(&sine);
    signal_free(&silent);
    hs_arena_free(&a);
}

/* More limiting, more regrowth; more treble, more drive, and more for the clipper to spoil. */
static void test_fm_grows(void)
{
    struct hs_arena a = {0};
    double regrowth = -9, drive = -9, spoilt = 99;
    for (int i = 0; i < 3; i++) {
        struct signal hard = signal_new(44100, 2), bright = signal_new(44100, 2);
        signal_song(&hard, 25, 0.4, 5);
        signal_song(&bright, 25, 0.3, 5);
        double most = i == 0 ? 9 : i == 1 ? 0.2 : 0.1;
        for (int c = 0; c < 2; c++)
            for (size_t k = hard.n - 1; k > 0; k--) {
                hard.x[c][k] = (float)fmin(fmax((double)hard.x[c][k], -most), most);
                bright.x[c][k] += (float)i * (bright.x[c][k] - bright.x[c][k - 1]);
            }
        struct hs_values v = signal_measure_for(&hard, HS_TO_FM, &a),
                         w = signal_measure_for(&bright, HS_TO_FM, &a);
        CHECK(hs_values_or_nan(&v, "fm.regrowth_db") > regrowth);
        CHECK(hs_values_or_nan(&w, "fm.hf_drive_db") > drive);
        CHECK(hs_values_or_nan(&w, "fm.hf_sdr_db") < spoilt);
        regrowth = hs_values_or_nan(&v, "fm.regrowth_db");
        drive = hs_values_or_nan(&w, "fm.hf_drive_db");
        spoilt = hs_values_or_nan(&w, "fm.hf_sdr_db");
        signal_free(&hard);
        signal_free(&bright);
    }
    hs_arena_free(&a);
}

/* What was not asked for is not there; what cannot be said has a reason. */
static void test_asked(void)
{
    struct hs_arena a = {0};
    struct signal s, low;
    unsigned set;
    s = signal_new(44100, 1);
    low = signal_new(8000, 6);
    signal_song(&s, 6, 0.3, 3);
    signal_song(&low, 12, 0.3, 3);
    struct hs_values plain = signal_measure_for(&s, 0, &a),
                     brief = signal_measure_for(&s, HS_TO_ALL, &a);
    struct hs_values narrow = signal_measure_for(&low, HS_TO_ALL, &a);
    CHECK(!hs_values_get(&plain, "phone.loss_lu") && !hs_values_get(&plain, "car_50.lost_s"));
    CHECK_TEXT(hs_values_why(&brief, "phone.loss_lu"), "shorter than 10 s");
    CHECK_TEXT(hs_values_why(&brief, "car_50.audible"), "shorter than 10 s");
    CHECK_TEXT(hs_values_why(&narrow, "fm.regrowth_db"), "nothing up to 15 kHz is stored");
    CHECK_TEXT(hs_values_why(&narrow, "car_100.audible"), "nothing above 12.5 kHz is stored");
    CHECK(isfinite(hs_values_or_nan(&narrow, "phone.loss_lu")));
    CHECK(hs_destinations_parse("car,phone", &set) && set == (HS_TO_CAR | HS_TO_PHONE));
    CHECK(hs_destinations_parse("all", &set) && set == HS_TO_ALL);
    CHECK(!hs_destinations_parse("car,boat", &set) && !hs_destinations_parse("", &set));
    signal_free(&s);
    signal_free(&low);
    hs_arena_free(&a);
}

/* Of every destination that is asked for, a number or a reason: silent, too short, one channel,
 * six, and what is sampled too slowly for it. */
static void test_bad_input(void)
{
    static const char *const keys[] = {"fm.regrowth_db",
                                       "car_100.lost_s",
                                       "phone.loss_lu",
                                       "laptop.loss_lu",
                                       "small_speaker.loss_lu",
                                       "codecs.aac_256.overshoot_db",
                                       "codecs.opus_128.overshoot_db"};
    static const struct {
        int rate, channels;
        double seconds, level;
        unsigned known; /* a bit for each key that has a number */
        const char *why;
    } inputs[] = {{44100, 2, 12, 0, 0, "silent"},
                  {44100, 2, 8, 0.3, 0, "shorter than 10 s"},
                  {44100, 1, 11, 0.3, 127, NULL},
                  {48000, 6, 11, 0.2, 127, NULL},
                  {8000, 2, 11, 0.3, 28, NULL},
                  {192000, 2, 11, 0.3, 30, "sample rates over 96 kHz are not modelled"}};
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        struct hs_arena a = {0};
        struct signal s = signal_new(inputs[i].rate, inputs[i].channels);
        if (inputs[i].level > 0)
            signal_song(&s, inputs[i].seconds, inputs[i].level, 3);
        else
            signal_extend(&s, inputs[i].seconds);
        struct hs_values v = signal_measure_for(&s, HS_TO_ALL & ~(unsigned)HS_TO_ALL_CODECS, &a);
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
            bool known = isfinite(hs_values_or_nan(&v, keys[k]));
            if (!CHECK(known == (inputs[i].known >> k & 1)))
                fprintf(stderr, "input %zu, %s: %s\n", i, keys[k], hs_values_why(&v, keys[k]));
            CHECK(known || strcmp(hs_values_why(&v, keys[k]), "not measured") != 0);
            if (!known && inputs[i].why)
                CHECK_TEXT(hs_values_why(&v, keys[k]), inputs[i].why);
        }
        signal_free(&s);
        hs_arena_free(&a);
    }
}

/* Fewer overtones of the bass, less of it carried. */
static void test_less_carried(void)
{
    struct hs_arena a = {0};
    double last = 99;
    for (int i = 0; i < 3; i++) {
        struct signal s = signal_new(44100, 2);
        add_note(&s, 60, 1);
        double low[2] = {0, 0}, share = i == 0 ? 1 : i == 1 ? 0.05 : 0.02; /* one-pole low-pass */
        for (size_t k = 0; k < s.n; k++)
            for (int c = 0; c < 2; c++) {
                low[c] += share * ((double)s.x[c][k] - low[c]);
                s.x[c][k] = (float)low[c];
            }
        struct hs_values v = signal_measure_for(&s, HS_TO_PHONE, &a);
        CHECK(hs_values_or_nan(&v, "phone.carried_db") < last - 1);
        last = hs_values_or_nan(&v, "phone.carried_db");
        signal_free(&s);
    }
    hs_arena_free(&a);
}

static double power_of(const struct signal *s, size_t from)
{
    double sum = 0;
    for (size_t i = from; i < s->n; i++)
        for (int c = 0; c < 2; c++)
            sum += (double)s->x[c][i] * (double)s->x[c][i];
    return sum / (double)(s->n - from);
}

static struct signal hear(enum hs_hearing h, const struct signal *s, double lufs)
{
    struct signal out = signal_new(s->rate, 2);
    const float *const in[2] = {s->x[0], s->x[1]};
    signal_extend(&out, (double)s->n / s->rate);
    struct hs_error err = {0};
    CHECK(hs_hear(h, s->rate, in, s->n, lufs, out.x, &err) == HS_OK);
    return out;
}

/* What is heard is what the models say: a tone behind the phone, the station that changes nothing
 * but its treble's peaks, the noise of the cabin at its level and in its bands, the codec and what
 * it changes. */
static void test_hearing(void)
{
    struct hs_arena a = {0};
    struct signal tone = signal_new(44100, 2), none = signal_new(48000, 2), song, out, loss;
    signal_sine(&tone, 5, 400, -20);
    signal_extend(&none, 15);
    out = hear(HS_HEAR_PHONE, &tone, -20);
    CHECK_NEAR(10 * log10(power_of(&out, 44100) / power_of(&tone, 44100)),
               -10 * log10(1 + pow(350.0 / 400, 8)), 0.02);
    signal_free(&out);
    out = hear(HS_HEAR_STATION, &tone, -20);
    CHECK_NEAR(10 * log10(power_of(&out, 44100) / power_of(&tone, 44100)), 0, 0.02);
    signal_free(&out);
    out = hear(HS_HEAR_CAR, &none, -20);
    double expected = 0, full_db = hs_cabin_listening_db(100) + 20;
    for (size_t b = 0; b < HS_BANDS - 1; b++)
        expected += pow(10, (hs_cabin_noise_db(b, 100) - full_db) / 10);
    CHECK_NEAR(10 * log10(power_of(&out, 48000)), 10 * log10(expected), 0.5);
    struct hs_values v = signal_measure(&out, &a);
    const double *bands = hs_values_doubles(&v, "bands_db", HS_BANDS);
    for (size_t b = 3; bands && b < 28; b++)
        CHECK_NEAR(bands[b] - bands[17], hs_cabin_noise_db(b, 100) - hs_cabin_noise_db(17, 100), 2);
    CHECK(bands != NULL);
    signal_free(&out);
    song = signal_new(44100, 2);
    signal_song(&song, 6, 0.3, 9);
    out = hear(HS_HEAR_CODEC, &song, -20);
    loss = hear(HS_HEAR_LOSS, &song, -20);
    double worst = 0;
    for (size_t i = 0; i < song.n; i++)
        worst =
            fmax(worst, fabs((double)out.x[0][i] - (double)song.x[0][i] - (double)loss.x[0][i]));
    CHECK_NEAR(worst, 0, 1e-6);
    CHECK(power_of(&loss, 0) < 0.1 * power_of(&song, 0));
    signal_free(&out);
    signal_free(&loss);
    signal_free(&song);
    signal_free(&tone);
    signal_free(&none);
    hs_arena_free(&a);
}

/* The cabin as the model was published, dB(A). */
static void test_cabin(void)
{
    static const double speeds[] = {50, 80, 100, 120, 130}, dba[] = {53.4, 60.5, 64.1, 67.0, 68.4};
    for (int i = 0; i < 5; i++) {
        double sum = 0;
        for (size_t b = 0; b < HS_BANDS; b++)
            sum +=
                hs_power_from_db(hs_cabin_noise_db(b, speeds[i]) + hs_a_weight_db(hs_band_hz(b)));
        CHECK_NEAR(hs_db_from_power(sum), dba[i], 0.1);
    }
}

/* The published octaves of noise rating 20, a third of the power in each third octave. */
static void test_room(void)
{
    static const struct {
        double hz, octave_db;
    } rows[] = {{63, 51.3}, {125, 39.4},  {250, 30.6},  {500, 24.3},
                {1000, 20}, {2000, 16.8}, {4000, 14.4}, {8000, 12.6}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t band = 0;
        while (hs_band_hz(band) < 0.95 * rows[i].hz)
            band++;
        CHECK_NEAR(hs_room_noise_db(band), rows[i].octave_db - 4.77, 0.35);
    }
}

/* What radio leaves, in words: no peak taken back, and what mono costs a wide song. */
static void test_radio_words(void)
{
    struct hs_arena a = {0};
    struct hs_audit audit = {.job = NULL};
    struct hs_track_result t = {.master = {.state = HS_FILE_OK}};
    const char *why;
    hs_values_init(&t.master.values, &a);
    hs_values_number(&t.master.values, "fm.regrowth_db", -0.4);
    hs_values_number(&t.master.values, "fm.hf_drive_db", 0.3);
    hs_values_number(&t.master.values, "fm.hf_sdr_db", 41);
    const char *narrow = hs_survival_words(&audit, &t, HS_AT_FM, &a, &why);
    CHECK(narrow && strstr(narrow, "stand no higher") && !strstr(narrow, "mono"));
    hs_values_number(&t.master.values, "mono_loss_db", 2.13);
    const char *wide = hs_survival_words(&audit, &t, HS_AT_FM, &a, &why);
    CHECK(wide && strstr(wide, "mono, which costs it 2.1 dB"));
    hs_arena_free(&a);
}

int main(void)
{
    hs_media_init();
    test_platforms();
    test_job_platforms();
    test_radio_words();
    test_room();
    test_album();
    test_bass_on_a_phone();
    test_losses();
    test_car();
    test_lost_passages();
    test_monotony();
    test_fm();
    test_fm_grows();
    test_asked();
    test_bad_input();
    test_less_carried();
    test_hearing();
    test_cabin();
    return check_done();
}
