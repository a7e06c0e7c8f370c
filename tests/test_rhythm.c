/* SPDX-License-Identifier: Apache-2.0 */
/* Onsets are counted, struck music is told from sustained, and equalisation changes nothing. */
#include "check.h"
#include "judge/builtin.h"
#include "signals.h"

/* Strokes of decaying noise and low tone over a quiet chord. */
static struct signal beats(double per_s, double seconds, double stroke)
{
    struct signal s = signal_new(44100, 2);
    struct hs_rng rng = {3};
    signal_extend(&s, seconds);
    for (size_t i = 0; i < s.n; i++) {
        double t = (double)i / s.rate, at = fmod(t, 1 / per_s);
        double x =
            stroke * exp(-25 * at) * (hs_rng_uniform(&rng) - 0.5 + 0.5 * sin(2 * HS_PI * 70 * at));
        for (int h = 1; h < 12; h++)
            x += 0.02 / h * sin(2 * HS_PI * 196 * h * t + h);
        s.x[0][i] = (float)x, s.x[1][i] = (float)(0.9 * x);
    }
    return s;
}

/* A shelf of the first order: g above hz. */
static void shelf(struct signal *s, double hz, double db)
{
    double a = exp(-2 * HS_PI * hz / s->rate), g = hs_amplitude_from_db(db);
    for (int c = 0; c < s->n_channels; c++) {
        double low = 0;
        for (size_t i = 0; i < s->n; i++) {
            double x = (double)s->x[c][i];
            low += (1 - a) * (x - low);
            s->x[c][i] = (float)(low + g * (x - low));
        }
    }
}

static double read(const struct signal *s, const char *key)
{
    struct hs_arena arena = {0};
    struct hs_values v = signal_measure(s, &arena);
    double x = hs_values_or_nan(&v, key);
    hs_arena_free(&arena);
    return x;
}

/* How far the expected curve moves with the percussiveness, where it moves most. */
static double expected_moves_db(double change)
{
    double most = 0;
    for (size_t i = 0; i < HS_BANDS; i++)
        most = fmax(most, fabs(hs_builtin_bands[i].slope * change));
    for (size_t i = 0; i < hs_n_builtin_rules; i++)
        most = fmax(most, fabs(hs_builtin_rules[i].slope * change));
    return most;
}

int main(void)
{
    double rates[] = {1, 2, 4};
    for (int i = 0; i < 3; i++) {
        struct signal s = beats(rates[i], 20, 1.5);
        CHECK_NEAR(read(&s, "onset_rate_hz"), rates[i], 0.11);
        CHECK_NEAR(read(&s, "low_onset_rate_hz"), rates[i], 0.11);
        signal_free(&s);
    }
    struct signal soft = beats(2, 20, 0.1), hard = beats(2, 20, 1.5), chord = beats(2, 20, 0);
    double sustained = read(&chord, "percussiveness"), struck = read(&hard, "percussiveness");
    CHECK(sustained < 0.05);
    CHECK(read(&soft, "percussiveness") < struck);
    CHECK(struck > 0.5 && struck < 1);

    /* 6 dB of treble, of bass, and 20 dB of level leave it where it is, and with it what is
     * expected of the spectrum. */
    struct signal s = beats(3, 20, 0.5);
    double before = read(&s, "percussiveness");
    shelf(&s, 3000, 6);
    CHECK(expected_moves_db(read(&s, "percussiveness") - before) < 0.3);
    shelf(&s, 3000, -6);
    shelf(&s, 300, -6);
    CHECK(expected_moves_db(read(&s, "percussiveness") - before) < 0.3);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < s.n; i++)
            s.x[c][i] *= 0.1f;
    CHECK_NEAR(read(&s, "percussiveness"), before, 0.015);
    signal_free(&s);
    signal_free(&soft);
    signal_free(&hard);
    signal_free(&chord);

    s = signal_new(44100, 2);
    signal_extend(&s, 20);
    CHECK(isnan(read(&s, "percussiveness")));
    signal_free(&s);
    return check_done();
}
