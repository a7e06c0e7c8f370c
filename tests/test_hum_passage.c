/* SPDX-License-Identifier: Apache-2.0 */
/* test-labels: once */
/* Hum that is there in a passage alone, on generated music without pauses (60 s, 22.05 kHz), and
 * what is none: notes that are held, drones, bass lines. */
#include "check.h"
#include "core/num.h"
#include "signals.h"

enum { RATE = 22050, SECONDS = 60, N = RATE * SECONDS };

/* How loud the added lines are at a time, 0 to 1. */
static double intro(double t)
{
    return t < 9 ? 1 : 0;
}
static double muted_in_the_middle(double t)
{
    return t > 20 && t < 42 ? 1 : 0;
}
static double always(double t)
{
    (void)t;
    return 1;
}
static double slow_swell(double t)
{
    return 0.25 + pow(sin(HS_PI * t / 40), 2);
}
static double two_levels(double t)
{
    return t < 12 ? 0.25 : t > 30 && t < 45 ? 1 : 0;
}
static double bass_line(double t)
{
    return t < 12 && fmod(t, 0.5) < 0.35 ? 1 : 0;
}

static double in_rests(double t)
{
    return fmod(t, 20) < 3.5 ? 1 : 0;
}

/* Chords above the lines, so that nothing hides when these are away, from a time on; a floor. */
static void music(struct signal *s, double from_s)
{
    static const double chord[4][3] = {
        {440.0, 659.3, 880.0}, {493.9, 587.3, 740.0}, {523.3, 659.3, 784.0}, {466.2, 587.3, 698.5}};
    struct hs_rng rng = {4};
    for (size_t i = 0; i < N; i++) {
        double t = (double)i / RATE, x = 2e-4 * (2 * hs_rng_uniform(&rng) - 1);
        const double *hz = chord[(size_t)(t / 0.6) % 4];
        double beat = fmod(t, 0.3), swing = 0.7 + 0.3 * cos(2 * HS_PI * beat / 0.3);
        for (int k = 0; k < 3 && t >= from_s; k++)
            for (int h = 1; h <= 6; h++)
                x += 0.08 * swing / h * sin(2 * HS_PI * hz[k] * h * t);
        x += t >= from_s ? 0.02 * exp(-30 * beat) * (2 * hs_rng_uniform(&rng) - 1) : 0;
        s->x[0][i] = s->x[1][i] = (float)x;
    }
}

static double power_of(const struct signal *s)
{
    double sum = 0;
    for (size_t i = 0; i < s->n; i++)
        sum += (double)s->x[0][i] * (double)s->x[0][i];
    return sum / (double)s->n;
}

struct vector {
    const char *what;
    double hz;
    int lines;
    double db; /* of the lines where they are on, against the music */
    double (*gain)(double t);
    double music_from_s, fade_s; /* fade: of everything, at the end; below 0: music in turn with
                                    the lines */
    double from_s, to_s;         /* NaN: no hum; 0 and 0: all through */
};

static void put_lines(struct signal *s, const struct vector *v)
{
    double lines = 0, scale;
    for (int k = 1; k <= v->lines; k++)
        lines += 0.5 / k / k;
    scale = sqrt(power_of(s) * hs_power_from_db(v->db) / lines);
    for (size_t i = 0; i < N; i++) {
        double t = (double)i / RATE, x = 0, left_s = SECONDS - t;
        for (int k = 1; k <= v->lines; k++)
            x += scale / k * sin(2 * HS_PI * v->hz * k * t);
        double music = (double)s->x[0][i];
        if (v->fade_s < 0)
            music = v->gain(t) > 0 ? 0 : music + 0.2 * sin(2 * HS_PI * 82.4 * t);
        x = music + x * v->gain(t);
        if (left_s < v->fade_s)
            x *= left_s / v->fade_s;
        s->x[0][i] = s->x[1][i] = (float)x;
    }
}

int main(void)
{
    static const struct vector vectors[] = {
        {"in the intro", 50, 4, -38, intro, 6, 0, 0, 9},
        {"in the intro, 60 Hz", 60, 3, -38, intro, 6, 0, 0, 9},
        {"under music, seen before it", 50, 5, -40, always, 8, 0, 0, 0},
        {"until a channel is muted", 60, 5, -30, muted_in_the_middle, 43, 0, 20, 42},
        {"fades with all", 50, 5, -36, always, 30, 25, 0, 35},
        {"in rests", 50, 5, -36, in_rests, 0, -1, 0, 43.5},
        {"bass in rests", 55, 5, -36, in_rests, 0, -1, NAN, NAN},
        {"none", 50, 0, -30, always, 6, 0, NAN, NAN},
        {"one line that is held", 50, 1, -30, intro, 6, 0, NAN, NAN},
        {"two lines", 60, 2, -30, intro, 6, 0, NAN, NAN},
        {"G1 that is held", 49, 5, -30, intro, 6, 0, NAN, NAN},
        {"B1 that is held", 61.74, 5, -30, intro, 6, 0, NAN, NAN},
        {"off speed in a passage", 59.1, 5, -30, intro, 6, 0, NAN, NAN},
        {"as loud as music", 50, 5, -15, intro, 6, 0, NAN, NAN},
        {"a drone that swells", 50, 5, -28, slow_swell, 20, 0, NAN, NAN},
        {"a drone at two levels", 60, 5, -28, two_levels, 46, 0, NAN, NAN},
        {"a bass line", 50, 5, -28, bass_line, 10, 0, NAN, NAN},
    };
    const double window_s = 8.5;
    for (size_t k = 0; k < sizeof vectors / sizeof *vectors; k++) {
        const struct vector *v = &vectors[k];
        struct hs_arena arena = {0};
        struct signal s = signal_new(RATE, 2);
        signal_extend(&s, SECONDS);
        music(&s, v->music_from_s);
        put_lines(&s, v);
        struct hs_values got = signal_measure(&s, &arena);
        double hz = hs_values_or_nan(&got, "hum_hz"), from = hs_values_or_nan(&got, "hum_from_s");
        double to = hs_values_or_nan(&got, "hum_to_s"), db = hs_values_or_nan(&got, "hum_db");
        bool timed = fabs(from - v->from_s) < window_s / 2 && fabs(to - v->to_s) < window_s;
        bool near = fabs(db - v->db) < 1.5 + (v->fade_s > 0 ? 3 : 0);
        bool right = isnan(v->from_s) ? isnan(hz)
                     : v->fade_s < 0 /* some lines hide: lower, and in some of the rests */
                         ? fabs(hz - v->hz) < 0.1 && db < v->db + 1.5 && to <= v->to_s + window_s
                         : fabs(hz - v->hz) < 0.1 && near && (v->to_s > 0 ? timed : isnan(from));
        if (!CHECK(right))
            fprintf(stderr, "%s: %g Hz, %g dB, from %g to %g s\n", v->what, hz, db, from, to);
        hs_arena_free(&arena);
        signal_free(&s);
    }
    return check_done();
}
