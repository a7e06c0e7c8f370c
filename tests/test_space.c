/* SPDX-License-Identifier: Apache-2.0 */
/* Decays of known length, known mixtures of one source and diffuse sound, ducking of known
 * depth; equalisation and level change none of it. */
#include "check.h"
#include "signals.h"

static double read(const struct signal *s, const char *key)
{
    struct hs_arena arena = {0};
    struct hs_values v = signal_measure(s, &arena);
    double x = hs_values_or_nan(&v, key);
    hs_arena_free(&arena);
    return x;
}

/* Bursts of noise that die away with a reverberation time, one a second. */
static struct signal bursts(double rt60_s, double seconds)
{
    struct signal s = signal_new(44100, 2);
    signal_extend(&s, seconds);
    signal_add_noise(&s, 0, 0.5, 3);
    for (size_t i = 0; i < s.n; i++) {
        float g = (float)exp(-6.9078 * fmod((double)i / s.rate, 1) / rt60_s);
        s.x[0][i] *= g, s.x[1][i] *= g;
    }
    return s;
}

static void test_decay(void)
{
    double times[] = {0.5, 1, 2}, fall = INFINITY, modulation = INFINITY;
    for (int i = 0; i < 3; i++) {
        struct signal s = bursts(times[i], 45);
        CHECK_NEAR(read(&s, "decay_s"), times[i], 0.25 * times[i]);
        CHECK(read(&s, "fall_db_per_s") < fall);
        CHECK(read(&s, "modulation_db") < modulation);
        fall = read(&s, "fall_db_per_s");
        modulation = read(&s, "modulation_db");
        double decay = read(&s, "decay_s");
        for (int c = 0; c < 2; c++) { /* 6 dB per octave and -12 dB */
            float past = 0;
            for (size_t k = 0; k < s.n; k++) {
                float x = s.x[c][k];
                s.x[c][k] = 0.25f * (x - past);
                past = x;
            }
        }
        CHECK_NEAR(read(&s, "decay_s"), decay, 0.06 * decay);
        CHECK_NEAR(read(&s, "modulation_db"), modulation, 0.3);
        signal_free(&s);
    }
}

/* One source in the middle and independent noise on either side. */
static void test_diffuse(void)
{
    double shares[] = {0, 0.3, 0.7, 1};
    for (int i = 0; i < 4; i++) {
        struct signal s = signal_new(44100, 2), source = signal_new(44100, 1);
        signal_extend(&s, 22);
        signal_extend(&source, 22);
        signal_add_noise(&s, 0, 0.3, 4);
        signal_add_noise(&source, 0, 0.3, 5);
        for (int c = 0; c < 2; c++)
            for (size_t k = 0; k < s.n; k++)
                s.x[c][k] = (float)(sqrt(shares[i]) * (double)s.x[c][k] +
                                    sqrt(1 - shares[i]) * (double)source.x[0][k]);
        /* 93 ms of a narrow band are few degrees of freedom: noise looks less diffuse */
        CHECK_NEAR(read(&s, "diffuseness"), shares[i], 0.17);
        signal_free(&s);
        signal_free(&source);
    }
    struct signal mono = signal_new(44100, 1);
    signal_extend(&mono, 22);
    signal_add_noise(&mono, 0, 0.3, 4);
    CHECK(isnan(read(&mono, "diffuseness")));
    CHECK(isfinite(read(&mono, "modulation_db")));
    mono.n = 44100 * 10;
    CHECK(isnan(read(&mono, "modulation_db")));
    signal_free(&mono);
}

/* A kick twice a second over a chord of noise, which ducks by `db` and comes back. */
static struct signal ducked(double db, double back_s)
{
    struct signal s = signal_new(44100, 2);
    signal_extend(&s, 25);
    signal_add_noise(&s, 0, 0.1, 6);
    for (size_t i = 0; i < s.n; i++) {
        double t = fmod((double)i / s.rate, 0.5);
        double duck = back_s > 0 ? db * exp(-t / back_s) : db * (1 - t / 0.5);
        double kick = 0.6 * exp(-t / 0.05) * sin(2 * HS_PI * 60 * t);
        for (int c = 0; c < 2; c++)
            s.x[c][i] = (float)((double)s.x[c][i] * hs_amplitude_from_db(-duck) + kick);
    }
    return s;
}

static void test_pumping(void)
{
    double depth[] = {0, 2, 4, 8}, before = -1;
    for (int i = 0; i < 4; i++) {
        struct signal s = ducked(depth[i], 0.12);
        double found = read(&s, "pumping_db"), share = read(&s, "pumping_share");
        CHECK_NEAR(found, 0.62 * depth[i], 0.12 * depth[i] + 0.3);
        CHECK(found > before);
        CHECK(depth[i] > 2 ? share > 0.9 : depth[i] > 0 || share < 0.1);
        before = found;
        signal_free(&s);
    }
    struct signal s = signal_new(44100, 2);
    signal_extend(&s, 25);
    signal_add_noise(&s, 0, 0.1, 6);
    CHECK(read(&s, "pumping_db") < 0.5); /* its own fluctuations are no hits that duck */
    signal_free(&s);
}

int main(void)
{
    test_decay();
    test_diffuse();
    test_pumping();
    return check_done();
}
