/* SPDX-License-Identifier: Apache-2.0 */
/* test-labels: once */
/* What no stem explains and follows one: sources that stand wide, and wetness. */
#include "made_stems.h"

/* Phrases of 0.9 s with pauses of 0.6 s. */
static struct signal phrases(const struct signal *x)
{
    struct signal s = scaled(x, 1);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < s.n; i++)
            s.x[c][i] *= fmod((double)i / RATE, 1.5) < 0.9;
    return s;
}

/* Both sides of a stem are other noises; it is given as their sum: half of its power is not found,
 * and its bound says so. */
static void wide_one_in_mono(void)
{
    struct signal mix = silence(), sum = silence(), wide = phrases(&a);
    add(&mix, &wide, 0.5, LATE);
    add(&mix, &b, 0.25, LATE);
    for (size_t i = 0; i < sum.n; i++)
        sum.x[0][i] = sum.x[1][i] = (wide.x[0][i] + wide.x[1][i]) / 2;
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&sum, &b}, 2, false);
    /* Gains of a channel are half, and the sum of both has half the power. */
    struct hs_instruments y = fit(&mix, NULL, (const struct signal *[]){&wide, &b}, 2, false);
    const double truth = level(&y, 0), found = level(&x, 0);
    CHECK_NEAR(found, truth - 3.01, 0.2);
    CHECK(of(&x, 0, false)->number[HS_INSTRUMENT_BOUND_LU] > truth - found);
    CHECK(!of(&y, 0, false)->why);
    CHECK(of(&x, 0, false)->why && strstr(of(&x, 0, false)->why, "given in mono"));
    CHECK(!of(&x, 1, false)->why);
    SIGNALS_FREE(&mix, &sum, &wide);
}

/* Its convolution with noise that falls by 60 dB in 1.2 s, wet_db under it; by blocks of 1 ms, each
 * with an echo of its own and a sign of its own. */
/* Quarters of a second of one melody, each partial where the string happened to be: another take
 * for every player. */
static struct signal take_of(uint64_t player)
{
    enum { PARTIALS = 24, NOTE = RATE / 4 };
    struct signal s = silence();
    struct hs_rng rng = {21}, hand = {player};
    double phase[PARTIALS], hz = 0;
    for (size_t i = 0; i < s.n; i++) {
        const size_t at = i % NOTE;
        double x = 0;
        if (!at) {
            hz = 82 * pow(2, floor(12 * hs_rng_uniform(&rng)) / 12);
            for (int h = 0; h < PARTIALS; h++)
                phase[h] = 2 * M_PI * hs_rng_uniform(&hand);
        }
        for (int h = 0; h < PARTIALS; h++)
            x += sin(2 * M_PI * hz * (h + 1) * (double)at / RATE + phase[h]) / (h + 1);
        s.x[0][i] = s.x[1][i] = (float)(0.1 * x * exp(-(double)at / NOTE));
    }
    return s;
}

/* Two takes stand left and right and were exported as one mono stem, of which neither side is the
 * half: not judged, or inside its bound. */
static void two_takes_in_mono(void)
{
    struct signal mix = silence(), one = take_of(31), two = take_of(32), stem = silence();
    struct signal pair = silence();
    memcpy(pair.x[0], one.x[0], pair.n * sizeof(float));
    memcpy(pair.x[1], two.x[0], pair.n * sizeof(float));
    add(&stem, &one, 0.5, 0);
    add(&stem, &two, 0.5, 0);
    add(&mix, &pair, 1, LATE);
    add(&mix, &a, 0.4, LATE);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){&a, &stem}, 2, false);
    const struct hs_instrument *in = of(&x, 1, false);
    const double truth = loudness_of(&pair) - loudness_of(&mix);
    CHECK(in->why || fabs(level(&x, 1) - truth) <= in->number[HS_INSTRUMENT_BOUND_LU]);
    CHECK(!of(&x, 0, false)->why);
    SIGNALS_FREE(&mix, &one, &two, &stem, &pair);
}

static struct signal ringing(const struct signal *dry, double wet_db)
{
    enum { STEP = 441, ECHOES = 120 };
    struct signal s = silence();
    struct hs_rng rng = {77};
    double power = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t e = 1; e <= ECHOES; e++) {
            const double gain = pow(10, -3 * (double)(e * STEP) / RATE / 1.2);
            const size_t late = e * STEP + hs_rng_below(&rng, STEP);
            if (pass)
                add(&s, dry,
                    gain * (hs_rng_uniform(&rng) < .5 ? -1 : 1) / sqrt(power) *
                        pow(10, wet_db / 20),
                    late);
            else
                power += gain * gain;
        }
    return s;
}

static double wetness(const struct signal *voice, const struct signal *rings)
{
    struct signal mix = silence();
    add(&mix, voice, 0.5, LATE);
    add(&mix, &a, 0.05, LATE);
    if (rings)
        add(&mix, rings, 0.5, LATE);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){voice, &a}, 2, false);
    signal_free(&mix);
    return of(&x, 0, false)->number[HS_INSTRUMENT_WET_DB];
}

/* A dry voice whose phrases end softly: the last 0.2 s lie 15 dB lower, then all is silent. */
static double spoken_wetness(void)
{
    struct signal spoken = scaled(&b, 1);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < spoken.n; i++) {
            const double at_s = fmod((double)i / RATE, 1.5);
            spoken.x[c][i] *= at_s < 0.9 ? 1 : at_s < 1.1 ? 0.18F : 0;
        }
    const double wet_db = wetness(&spoken, NULL);
    signal_free(&spoken);
    return wet_db;
}

/* A voice beside louder hits; what rings is both of them in one room, or the voice alone. No return
 * is given. */
static double room_wetness(const struct signal *voice, bool hits_too, double wet_db)
{
    struct signal mix = silence(), hits = scaled(&a, 1), sent = silence();
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < hits.n; i++)
            hits.x[c][i] *= fmod((double)i / RATE + 0.8, 1.5) < 0.2 ? 1 : 0;
    add(&sent, voice, 0.1, 0);
    if (hits_too)
        add(&sent, &hits, 0.5, 0);
    struct signal rings = ringing(&sent, wet_db);
    add(&mix, voice, 0.1, LATE);
    add(&mix, &hits, 0.5, LATE);
    add(&mix, &rings, 1, LATE);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){voice, &hits}, 2, false);
    SIGNALS_FREE(&mix, &hits, &sent, &rings);
    return of(&x, 0, false)->number[HS_INSTRUMENT_WET_DB];
}

/* A band that was not given swells in the pauses of a dry voice: it is not the voice that rings. */
static double band_alone_wetness(const struct signal *voice)
{
    struct signal mix = silence(), band = scaled(&other, 1);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < band.n; i++)
            band.x[c][i] *= fmod((double)i / RATE, 1.5) < 0.9 ? 1 : 1.3F;
    add(&mix, voice, 0.5, LATE);
    add(&mix, &band, 0.5, LATE);
    struct hs_instruments x = fit(&mix, NULL, (const struct signal *[]){voice}, 1, false);
    SIGNALS_FREE(&mix, &band);
    return of(&x, 0, false)->number[HS_INSTRUMENT_WET_DB];
}

/* A voice is as wet with the reverb in its stem as with a reverb in the mix alone. */
static void wet_ones(void)
{
    struct signal dry = phrases(&b), rings = ringing(&dry, -10), baked = scaled(&dry, 1);
    struct signal louder = ringing(&dry, -4);
    add(&baked, &rings, 1, 0);
    const double none = wetness(&dry, NULL), inside = wetness(&baked, NULL);
    const double outside = wetness(&dry, &rings), more = wetness(&dry, &louder);
    CHECK(none < -25);
    CHECK(spoken_wetness() < -25);
    CHECK(!isfinite(band_alone_wetness(&dry)));
    CHECK_NEAR(room_wetness(&dry, true, -13), -13, 3);
    CHECK_NEAR(room_wetness(&dry, false, -6), -6, 3);
    CHECK_NEAR(inside, -10, 2.5);
    CHECK_NEAR(outside, -10, 2.5);
    CHECK_NEAR(more - outside, 6, 1.5);
    SIGNALS_FREE(&dry, &rings, &louder, &baked);
}

int main(void)
{
    stems_begin();
    wide_one_in_mono();
    two_takes_in_mono();
    wet_ones();
    return stems_end();
}
