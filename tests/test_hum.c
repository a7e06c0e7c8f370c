/* SPDX-License-Identifier: Apache-2.0 */
/* test-labels: once */
/* Hum and noise that are a floor, and those that are music: vectors of a second implementation on
 * generated signals (20 s, 44.1 kHz). */
#include "check.h"
#include "core/num.h"
#include "signals.h"

#include <stdint.h>

enum { RATE = 44100, SECONDS = 20, N = SECONDS * RATE, NOTE = RATE / 4 };

/* Uniform in -1..1. */
static void lcg(double *out, uint32_t seed)
{
    for (size_t i = 0; i < N; i++) {
        seed = seed * 1664525u + 1013904223u;
        out[i] = seed / 2147483648.0 - 1;
    }
}

static double spread_of(const double *x)
{
    double mean = 0, square = 0;
    for (size_t i = 0; i < N; i++) {
        mean += x[i] / N;
        square += x[i] * x[i] / N;
    }
    return sqrt(square - mean * mean);
}

/* Notes for 3 s, then 1 s of pause, again and again; a floor at -80 dB. */
static void notes(double *x)
{
    double *floor = HS_NEW_ARRAY(double, N);
    lcg(floor, 5);
    for (size_t i = 0; i < N; i++) {
        size_t j = i / NOTE;
        double t = (double)(i % NOTE) / RATE;
        double hz = 220 * pow(2, (double)(j * 7 % 12) / 12);
        x[i] = j % 16 < 12 ? 0.3 * sin(2 * HS_PI * hz * t) * exp(-t / 0.1) : 0;
        x[i] += 2e-5 * floor[i];
    }
    hs_free(floor);
}

/* The notes with `added` at so many dB of them. */
static struct hs_values heard(const double *added, double db, struct hs_arena *arena)
{
    struct signal s = signal_new(RATE, 1);
    double *x = HS_NEW_ARRAY(double, N), scale = 0;
    signal_extend(&s, SECONDS);
    notes(x);
    scale = isfinite(db) ? spread_of(x) / spread_of(added) * hs_amplitude_from_db(db) : 1;
    for (size_t i = 0; i < N; i++)
        s.x[0][i] = (float)((isfinite(db) ? x[i] : 0) + scale * added[i]);
    struct hs_values v = signal_measure(&s, arena);
    signal_free(&s);
    hs_free(x);
    return v;
}

static void mains(double *out, double hz)
{
    static const double order[] = {1, 2, 3, 5}, db[] = {0, -6, -10, -15};
    for (size_t i = 0; i < N; i++) {
        out[i] = 0;
        for (int k = 0; k < 4; k++)
            out[i] +=
                hs_amplitude_from_db(db[k]) * sin(2 * HS_PI * hz * order[k] * (double)i / RATE);
    }
}

static void floors_of_lines(void)
{
    static const struct {
        double hz, db, read_hz, read_db;
    } rows[] = {{50, -30, 50.02, -30.1},
                {50, -15, NAN, NAN}, /* as loud as music: a drone */
                {59.1, -30, 59.09, -30.1},
                {60.6, -30, 60.60, NAN},
                {46.0, -30, NAN, NAN}};
    double *x = HS_NEW_ARRAY(double, N);
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        struct hs_arena arena = {0};
        mains(x, rows[r].hz);
        struct hs_values v = heard(x, rows[r].db, &arena);
        double hz = hs_values_or_nan(&v, "hum_hz"), db = hs_values_or_nan(&v, "hum_db");
        if (!CHECK(isnan(rows[r].read_hz) ? isnan(hz) : fabs(hz - rows[r].read_hz) < 0.1))
            fprintf(stderr, "%g Hz at %g dB: %g Hz\n", rows[r].hz, rows[r].db, hz);
        if (isfinite(rows[r].read_db))
            CHECK_NEAR(db, rows[r].read_db, 1);
        /* what is too loud to be told from music is not told as absent */
        if (isnan(hz))
            CHECK((hs_values_absence(&v, "hum_db") == HS_NOTHING_THERE) == (rows[r].hz < 50));
        hs_arena_free(&arena);
    }
    hs_free(x);
}

/* A line that swings with the beat, swells, or beats with another is music. */
static void lines_of_music(void)
{
    static const double levels_db[] = {0, -12, -24};
    double *x = HS_NEW_ARRAY(double, N);
    for (int kind = 0; kind < 4; kind++)
        for (size_t l = 0; l < sizeof levels_db / sizeof *levels_db; l++) {
            struct hs_arena arena = {0};
            double hz = kind == 1 ? 60 : 50;
            for (size_t i = 0; i < N; i++) {
                double t = (double)i / RATE, beat = fmod(t, 0.5);
                double tone = sin(2 * HS_PI * hz * t);
                x[i] = kind < 2    ? sin(2 * HS_PI * hz * beat) * exp(-beat / 0.3)
                       : kind == 2 ? tone * (0.3 + pow(sin(2 * HS_PI * t / 7), 2))
                                   : tone + 0.6 * sin(2 * HS_PI * 50.4 * t);
            }
            struct hs_values v = heard(x, levels_db[l], &arena);
            if (!CHECK(isnan(hs_values_or_nan(&v, "hum_db"))))
                fprintf(stderr, "kind %d at %g dB: %g Hz\n", kind, levels_db[l],
                        hs_values_or_nan(&v, "hum_hz"));
            hs_arena_free(&arena);
        }
    hs_free(x);
}

static void floors_of_noise(void)
{
    static const struct {
        double db, read_db;
    } rows[] = {{-20, NAN}, {-30, -37.5}, {-50, -57.4}, {NAN, NAN}};
    double *x = HS_NEW_ARRAY(double, N);
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        struct hs_arena arena = {0};
        lcg(x, 9);
        struct hs_values v = heard(x, rows[r].db, &arena);
        double db = hs_values_or_nan(&v, "noise_floor_db");
        if (!CHECK(isnan(rows[r].read_db) ? isnan(db) : fabs(db - rows[r].read_db) < 1))
            fprintf(stderr, "noise at %g dB reads %g\n", rows[r].db, db);
        hs_arena_free(&arena);
    }
    struct hs_arena arena = {0};
    for (size_t i = 0; i < N; i++) /* surf */
        x[i] *= 0.15 + pow(sin(2 * HS_PI * (double)i / RATE / 9), 2);
    struct hs_values v = heard(x, NAN, &arena);
    CHECK(isnan(hs_values_or_nan(&v, "noise_floor_db")));
    v = heard(x, -20, &arena);
    CHECK(isnan(hs_values_or_nan(&v, "noise_floor_db")));
    hs_arena_free(&arena);
    hs_free(x);
}

int main(void)
{
    floors_of_lines();
    lines_of_music();
    floors_of_noise();
    return check_done();
}
