/* SPDX-License-Identifier: Apache-2.0 */
/* Clipping by how flat the tops are: vectors of an independent implementation in numpy on
 * generated signals (20 s, 44.1 kHz). */
#include "dsp/ceiling_verdict.h"
#include "dsp/low_end.h"
#include "measure/clip_ceiling.h"
#include "pair/distortion.h"

#include "check.h"
#include "core/alloc.h"
#include "core/arena.h"
#include "core/num.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { RATE = 44100, N = 20 * RATE, PAD = HS_CEILING_REACH_MOST };

/* Uniform in -1..1. */
static void lcg(double *out, size_t n, uint32_t seed)
{
    for (size_t i = 0; i < n; i++) {
        seed = seed * 1664525u + 1013904223u;
        out[i] = seed / 2147483648.0 - 1;
    }
}

static void one_pole(double *x, size_t n, double hz)
{
    double p = exp(-2 * M_PI * hz / RATE), y = 0;
    for (size_t i = 0; i < n; i++)
        x[i] = y = (1 - p) * x[i] + p * y;
}

/* Noise through two one-poles (pink-like, 60 Hz-1.5 kHz), swelling every 0.5 s; peak 1. */
static double *music(void)
{
    double *x = HS_NEW_ARRAY(double, N), *low = HS_NEW_ARRAY(double, N), most = 0;
    lcg(x, N, 1);
    one_pole(x, N, 1500);
    one_pole(x, N, 1500);
    memcpy(low, x, N * sizeof *x);
    one_pole(low, N, 60);
    for (size_t i = 0; i < N; i++) {
        x[i] = (x[i] - low[i]) * (0.3 + exp(-fmod((double)i / RATE, 0.5) / 0.12));
        most = fmax(most, fabs(x[i]));
    }
    for (size_t i = 0; i < N; i++)
        x[i] /= most;
    hs_free(low);
    return x;
}

static struct hs_ceiling_verdict look_at(const double *x, size_t n, int rate_hz)
{
    float *padded = HS_NEW_ARRAY(float, n + 2 * PAD);
    struct hs_ceiling c;
    struct hs_ceiling_verdict v;
    for (size_t i = 0; i < n; i++)
        padded[PAD + i] = (float)x[i];
    hs_ceiling_init(&c, rate_hz);
    CHECK(hs_ceiling_reach(&c) <= PAD);
    for (size_t i = 0; i < n; i += HS_CEILING_BLOCK)
        hs_ceiling_look(&c, padded + PAD + i, n - i < HS_CEILING_BLOCK ? n - i : HS_CEILING_BLOCK,
                        true);
    hs_ceiling_verdict(&c, 2000, &v);
    hs_ceiling_free(&c);
    hs_free(padded);
    return v;
}

static struct hs_ceiling_verdict look(const double *x, size_t n)
{
    return look_at(x, n, RATE);
}

static void clip(const double *x, double drive_db, double *y)
{
    double gain = pow(10, drive_db / 20);
    for (size_t i = 0; i < N; i++)
        y[i] = fmin(fmax(gain * x[i], -1), 1);
}

/* What follows a clipper is what hides it. */
static void add_noise(double *y)
{
    double *noise = HS_NEW_ARRAY(double, N), mean = 0, square = 0;
    for (size_t i = 0; i < N; i++) {
        mean += y[i] / N;
        square += y[i] * y[i] / N;
    }
    lcg(noise, N, 7);
    for (size_t i = 0; i < N; i++)
        y[i] += 0.2 * sqrt(square - mean * mean) * noise[i];
    hs_free(noise);
}

/* A Butterworth high-pass of second order, by the bilinear transform. */
static void high_pass(double *y, double hz)
{
    double k = tan(M_PI * hz / RATE), norm = 1 / (1 + M_SQRT2 * k + k * k);
    double a1 = 2 * (k * k - 1) * norm, a2 = (1 - M_SQRT2 * k + k * k) * norm, z1 = 0, z2 = 0;
    for (size_t i = 0; i < N; i++) {
        double x = y[i], out = norm * x + z1;
        z1 = -2 * norm * x - a1 * out + z2;
        z2 = norm * x - a2 * out;
        y[i] = out;
    }
}

struct expected {
    double drive_db, z, flatter, ppm;
    bool found;
};

static void check_row(const struct expected *e, const struct hs_ceiling_verdict *v,
                      const char *what)
{
    bool ok = v->told && v->found == e->found && fabs(v->flatter - e->flatter) < 0.02 &&
              fabs(v->z - e->z) < 0.12 * e->z + 1;
    if (e->ppm > 0)
        ok = ok && fabs(v->ppm / e->ppm - 1) < 0.12;
    if (!CHECK(ok))
        fprintf(stderr, "%s %g dB: found %d, z %.1f, flatter %.3f, %.0f ppm\n", what, e->drive_db,
                v->found, v->z, v->flatter, v->ppm);
}

static void the_vectors(void)
{
    static const struct expected bare[] = {{0, 1.1, .031, 0, false},
                                           {3, 8.2, .129, 526, true},
                                           {6, 55, .268, 4440, true},
                                           {12, 204, .309, 53856, true},
                                           {18, 272, .328, 207207, true}},
                                 noisy[] = {{0, 1.0, .027, 0, false},
                                            {3, 4.4, .094, 0, false},
                                            {6, 20, .145, 0, true},
                                            {12, 72, .207, 0, true},
                                            {18, 113, .185, 0, true}};
    static const double passed[] = {.036, .097, .089, .156, .172};
    double *x = music(), *y = HS_NEW_ARRAY(double, N);
    for (size_t i = 0; i < 5; i++) {
        clip(x, bare[i].drive_db, y);
        struct hs_ceiling_verdict v = look(y, N);
        check_row(&bare[i], &v, "clipped");
        add_noise(y);
        v = look(y, N);
        check_row(&noisy[i], &v, "with noise");
        clip(x, bare[i].drive_db, y);
        high_pass(y, 20);
        v = look(y, N);
        CHECK_NEAR(v.flatter, passed[i], 0.02);
        CHECK(v.found == (i >= 2) && !v.square);
    }
    hs_free(x);
    hs_free(y);
}

/* The same music at other rates: what is counted in samples follows the rate. Beside the clipper a
 * low-pass of one pole, which leaves no flat runs. */
static void other_rates(void)
{
    static const int rates[] = {22050, 44100, 88200, 176400};
    double *x = music(), *y = HS_NEW_ARRAY(double, 4 * N);
    for (size_t r = 0; r < sizeof rates / sizeof *rates; r++)
        for (int drive_db = 0; drive_db <= 12; drive_db += 12) {
            size_t n = (size_t)(20 * rates[r]) - 4;
            double gain = pow(10, drive_db / 20.0), cut = 0, level = 0;
            for (size_t i = 0; i < n; i++) {
                double at = (double)i * RATE / rates[r], within = at - floor(at);
                const double *of = x + (size_t)at;
                double now = gain * (of[0] + within * (of[1] - of[0]));
                cut += fabs(now) > 1;
                level += 0.9 * (fmin(fmax(now, -1), 1) - level) * fmin(1, (double)RATE / rates[r]);
                y[i] = level;
            }
            struct hs_ceiling_verdict v = look_at(y, n, rates[r]);
            if (!CHECK(v.told && v.found == (drive_db > 0) && !v.square && !v.limited) ||
                !CHECK(!drive_db || (v.z > 80 && v.flatter > 0.2 &&
                                     fabs(v.ppm * (double)n / 1e6 / cut - 1) < 0.25)))
                fprintf(stderr, "%d Hz, %d dB: z %.1f, flatter %.3f, %.0f of %.0f ppm\n", rates[r],
                        drive_db, v.z, v.flatter, v.ppm, 1e6 * cut / (double)n);
        }
    hs_free(x);
    hs_free(y);
}

static void give_back(double *y)
{
    enum { GROUPS = N / HS_LOW_END_GROUP };
    float *x = HS_NEW_ARRAY(float, N), *out = HS_NEW_ARRAY(float, N);
    float *added = HS_NEW_ARRAY(float, GROUPS);
    struct hs_low_end l;
    for (size_t i = 0; i < N; i++)
        out[i] = x[i] = (float)y[i];
    hs_low_end_init(&l, RATE);
    hs_low_end_run(&l, x, GROUPS, added);
    hs_low_end_give_back(x, added, GROUPS - 1, out + HS_LOW_END_GROUP / 2);
    for (size_t i = 0; i < N; i++)
        y[i] = (double)out[i];
    hs_free(x);
    hs_free(out);
    hs_free(added);
}

/* A high-pass at 25 Hz, given back, is one at 3 Hz. */
static void given_back_is_what_was_taken(void)
{
    double *x = music(), *y = HS_NEW_ARRAY(double, N), left = 0, all = 0;
    for (size_t i = 0; i < N; i++)
        y[i] = x[i] += 0.3 * sin(2 * M_PI * 33 * (double)i / RATE);
    high_pass(x, 3);
    high_pass(y, 25);
    give_back(y);
    for (size_t i = HS_LOW_END_GROUP; i < N - HS_LOW_END_GROUP; i++) {
        left += (y[i] - x[i]) * (y[i] - x[i]);
        all += x[i] * x[i];
    }
    CHECK(10 * log10(left / all) < -38);
    hs_free(x);
    hs_free(y);
}

/* Music with much bass into a clipper, then a high-pass: its ceiling goes up and down with the
 * bass that is gone, and stands still when that is given back. */
static void behind_a_high_pass(void)
{
    static const double at_hz[] = {20, 30};
    double *x = music(), *y = HS_NEW_ARRAY(double, N);
    for (size_t i = 0; i < N; i++)
        x[i] =
            0.6 * x[i] + 0.4 * sin(2 * M_PI * (38 + 6 * sin((double)i / RATE)) * (double)i / RATE);
    for (size_t k = 0; k < sizeof at_hz / sizeof *at_hz; k++) {
        double cut = 0;
        clip(x, 12, y);
        for (size_t i = 0; i < N; i++)
            cut += fabs(y[i]) >= 1;
        high_pass(y, at_hz[k]);
        struct hs_ceiling_verdict before = look(y, N);
        give_back(y);
        struct hs_ceiling_verdict after = look(y, N);
        CHECK(!before.found && after.z > before.z + 5 && after.flatter > before.flatter + 0.03);
        if (at_hz[k] < 25) {
            CHECK(after.found);
            CHECK_NEAR(after.ppm / (1e6 * cut / N), 1, 0.15);
        }
        clip(x, 0, y);
        high_pass(y, at_hz[k]);
        give_back(y);
        CHECK(!look(y, N).found);
    }
    hs_free(x);
    hs_free(y);
}

/* Whether the analyser takes one channel for clipped behind a high-pass. */
static bool is_filtered(const double *x, double *level_dbfs)
{
    struct hs_arena arena = {0};
    struct hs_clip_ceiling c;
    struct hs_values v;
    float *held = HS_NEW_ARRAY(float, N);
    double peak = 0;
    for (size_t i = 0; i < N; i++) {
        held[i] = (float)x[i];
        peak = fmax(peak, fabs(x[i]));
    }
    hs_values_init(&v, &arena);
    hs_clip_ceiling_init(&c, RATE, N);
    hs_clip_ceiling_hold(&c, held);
    for (size_t at = 2 * HS_CEILING_REACH; at + 4 * HS_CEILING_REACH < N; at += HS_CEILING_BLOCK)
        hs_clip_ceiling_look(&c, held, at, true);
    hs_clip_ceiling_put(&c, peak, true, &v);
    *level_dbfs = hs_values_or_nan(&v, "clip_level_dbfs");
    bool filtered = hs_values_or_nan(&v, "ceiling_filtered") > 0;
    hs_clip_ceiling_free(&c);
    hs_free(held);
    hs_arena_free(&arena);
    return filtered;
}

/* A high-pass leaves no offset. One that is raised as if it were bass carries the tops to one
 * level. */
static void an_offset_is_no_bass(void)
{
    double *x = music(), level;
    for (size_t i = 0; i < N; i++)
        x[i] = 0.6 * x[i] + 0.4 * sin(2 * M_PI * 41 * (double)i / RATE);
    clip(x, 12, x);
    high_pass(x, 20);
    CHECK(is_filtered(x, &level));
    for (size_t i = 0; i < N; i++)
        x[i] += 0.0004;
    CHECK(is_filtered(x, &level)); /* a converter's last bits */
    for (size_t i = 0; i < N; i++)
        x[i] += 0.006;
    CHECK(!is_filtered(x, &level));
    hs_free(x);
}

/* The ceiling is told at the level of the highest sample where nothing came after the clipper, and
 * below the peaks that noise puts on it. */
static void the_level_of_the_ceiling(void)
{
    double *x = music(), *y = HS_NEW_ARRAY(double, N), level;
    struct hs_rng rng = {5};
    clip(x, 12, x);
    for (size_t i = 0; i < N; i++)
        x[i] *= pow(10, -1.0 / 20);
    CHECK(!is_filtered(x, &level));
    CHECK_NEAR(level, -1, 1e-6);
    for (size_t i = 0; i < N; i++)
        y[i] = x[i] + 0.2 * (2 * hs_rng_uniform(&rng) - 1);
    CHECK(!is_filtered(y, &level));
    CHECK_NEAR(level, -1, 0.7);
    hs_free(x);
    hs_free(y);
}

/* The mean curve of the pair, with the noise of vector 3; what is true is -38.1 to -7.3 dB. */
static void with_the_mix(void)
{
    static const struct {
        double drive_db, read_db, share;
    } rows[] = {
        {3, -39.1, 358e-6}, {6, -24.9, 5127e-6}, {12, -12.5, 65494e-6}, {18, -7.4, 260201e-6}};
    double *x = music(), *y = HS_NEW_ARRAY(double, N);
    float *in = HS_NEW_ARRAY(float, N), *out = HS_NEW_ARRAY(float, N);
    struct hs_distortion d;
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        clip(x, rows[r].drive_db, y);
        add_noise(y);
        for (size_t i = 0; i < N; i++) {
            in[i] = (float)x[i];
            out[i] = (float)y[i];
        }
        hs_distortion_find((const float *const[]){in, in}, (const float *const[]){out, out}, N, 1,
                           &d);
        CHECK_NEAR(d.db, rows[r].read_db, 0.5);
        CHECK_NEAR(log(d.cut_share / rows[r].share), 0, 0.25);
        /* of a straight line nothing is left, whatever the gain and the polarity */
        for (size_t i = 0; i < N; i++)
            out[i] = -0.3f * in[i];
        hs_distortion_find((const float *const[]){in, in}, (const float *const[]){out, out}, N, 4,
                           &d);
        CHECK(d.db < -100);
    }
    memset(in, 0, N * sizeof *in);
    hs_distortion_find((const float *const[]){in, in}, (const float *const[]){in, in}, N, 1, &d);
    CHECK(d.db <= -120 && d.cut_share == 0);
    hs_free(x);
    hs_free(y);
    hs_free(in);
    hs_free(out);
}

/* Two pulses, one of them falling: flat at every level. */
static void square_waves(void)
{
    double *x = HS_NEW_ARRAY(double, N);
    for (size_t i = 0; i < N; i++) {
        double t = (double)i / RATE;
        x[i] = 0.25 * (fmod(440 * t, 1) < 0.5 ? 1 : -1) +
               0.2 * (fmod(330.3 * t, 1) < 0.25 ? 1 : -1) * (1 - fmod(2 * t, 1));
    }
    struct hs_ceiling_verdict v = look(x, N);
    CHECK(v.told && v.square);
    CHECK_NEAR(v.flatter, .243, 0.02);
    double *y = HS_NEW_ARRAY(double, N);
    memcpy(y, x, N * sizeof *y);
    give_back(y); /* nor is a ceiling made where none was */
    CHECK(!look(y, N).found);
    memcpy(y, x, N * sizeof *y);
    high_pass(y, 20);
    CHECK(!look(y, N).found || look(y, N).square);
    give_back(y);
    CHECK(!look(y, N).found || look(y, N).square);
    hs_free(y);
    memset(x, 0, N * sizeof *x);
    v = look(x, N);
    CHECK(!v.told && !v.found);
    hs_free(x);
}

/* Two equal square waves and their sum: three levels, the inner one at rest. Behind a smoothing, as
 * of a resampler, no sample of it is level any more. */
static void equal_square_waves(void)
{
    double *x = HS_NEW_ARRAY(double, N);
    for (size_t i = 0; i < N; i++) {
        double t = (double)i / RATE, tone = 1 + floor(fmod(4 * t, 7)) / 12;
        x[i] = 0.3 * (fmod(440 * t * tone, 1) < 0.5 ? 1 : -1) +
               0.3 * (fmod(663.7 * t * tone, 1) < 0.5 ? 1 : -1);
    }
    one_pole(x, N, 9000);
    one_pole(x, N, 9000);
    struct hs_ceiling_verdict v = look(x, N);
    CHECK(v.told && v.found && v.square);
    hs_free(x);
    x = music(); /* a clipper is none, however hard it is driven */
    double *y = HS_NEW_ARRAY(double, N);
    for (double drive_db = 6; drive_db < 31; drive_db += 6) {
        clip(x, drive_db, y);
        v = look(y, N);
        CHECK(v.found && !v.square);
        one_pole(y, N, 9000);
        v = look(y, N);
        CHECK(v.found && !v.square);
    }
    hs_free(x);
    hs_free(y);
}

/* The gain of a limiter bends each top that it turns down a little: all of them are flatter in the
 * mean, as those that are clipped by a few dB, and none is flat. */
static void a_bend_is_no_plateau(void)
{
    double *x = music();
    const double drive = pow(10, 8 / 20.0), limit = 1;
    size_t n_bent = 0;
    for (size_t i = 0, end; i < N; i = end) {
        double most = 0;
        for (end = i; end < N && (end == i || (x[end] < 0) == (x[i] < 0)); end++)
            most = fmax(most, fabs(x[end]) * drive);
        n_bent += most > limit;
        for (size_t k = i; k < end; k++) {
            double share = fabs(x[k]) * drive / fmax(most, 1e-9);
            double y = most > limit ? limit * (1 - pow(1 - share, 1.25)) : most * share;
            x[k] = copysign(y, x[k]);
        }
    }
    struct hs_ceiling_verdict v = look(x, N);
    CHECK(n_bent > 100 && v.told && v.z > 8 && v.flatter > 0.08);
    CHECK(v.limited && !v.found && v.flat < 0.05);
    hs_free(x);
    x = music();
    clip(x, 4, x);
    v = look(x, N);
    CHECK(v.found && !v.limited && v.flat > 0.1);
    hs_free(x);
}

int main(void)
{
    other_rates();
    a_bend_is_no_plateau();
    equal_square_waves();
    the_vectors();
    given_back_is_what_was_taken();
    behind_a_high_pass();
    an_offset_is_no_bass();
    the_level_of_the_ceiling();
    with_the_mix();
    square_waves();
    return check_done();
}
