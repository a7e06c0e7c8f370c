/* SPDX-License-Identifier: Apache-2.0 */
/* Drums alone: few sounds, each in one place, with silence between. Middle and side of a hit are
 * one sound, and each hit has its own spectrum and its own reduction; tone, width and balance are
 * those of what was done all the same. */
#include "core/alloc.h"
#include "core/num.h"
#include "made_pair.h"
#include "made_song.h"

enum { SECONDS = 24, BAND_50 = 4, BAND_125 = 8, BAND_10K = 27 };
static struct hs_arena arena;
static struct signal mix;

/* A hit that dies away: of a sine, with a share of noise, always the same. */
static void hit(struct signal *s, size_t at, double hz, double noise, double decay_s,
                const double level[2])
{
    struct hs_rng rng = {(uint64_t)hz};
    double before = 0;
    for (size_t i = 0; i < RATE / 2 && at + i < s->n; i++) {
        double t = (double)i / RATE, white = 2 * hs_rng_uniform(&rng) - 1;
        double bright = noise > 0.9 ? white - before : white;
        double x = (1 - noise) * sin(2 * HS_PI * hz * t) + noise * bright;
        before = white;
        for (int c = 0; c < 2; c++)
            s->x[c][at + i] += (float)(level[c] * x * exp(-t / decay_s));
    }
}

/* Kick and snare to the left, hats to the right, each harder or softer. */
static struct signal drums(void)
{
    struct signal s = signal_new(RATE, 2);
    struct hs_rng rng = {7};
    signal_extend(&s, SECONDS);
    for (size_t beat = 0; beat < 4 * SECONDS; beat++) {
        const size_t at = beat * RATE / 4;
        const double hard = 0.1 * (0.4 + 0.6 * hs_rng_uniform(&rng));
        if (beat % 4 == 0 || beat % 7 == 3)
            hit(&s, at, 62, 0.02, 0.09, (double[]){hard, hard * 0.7});
        else if (beat % 4 == 2)
            hit(&s, at, 190, 0.6, 0.06, (double[]){hard, hard * 0.5});
        hit(&s, at + RATE / 8, 8000, 1, 0.02, (double[]){hard * 0.2, hard * 0.6});
    }
    signal_add_noise(&s, 0, 0.00003, 11);
    return s;
}

static struct hs_pair against(struct signal *master)
{
    struct hs_pair p = pair_of(&mix, master, &arena);
    signal_free(master);
    return p;
}

/* A shelf on the treble: the bass stays, and so do width and balance. */
static void brighter(void)
{
    struct signal master = part(&mix, 0, mix.n);
    for (int c = 0; c < 2; c++) {
        double low = 0;
        for (size_t i = 0; i < master.n; i++) {
            const double x = (double)master.x[c][i];
            low += 0.4 * (x - low); /* from some 3.5 kHz on the rest is 6 dB up */
            master.x[c][i] = (float)(low + 2 * (x - low));
        }
    }
    struct hs_pair p = against(&master);
    const double *eq = hs_values_doubles(&p.values, "eq_db", HS_BANDS);
    CHECK(p.state == HS_PAIR_ALIGNED);
    for (size_t b = BAND_50; eq && b <= BAND_125; b++)
        CHECK(!isfinite(eq[b]) || fabs(eq[b]) < 0.5);
    CHECK(eq && eq[BAND_10K] > 4);
    CHECK_NEAR(value(&p, "balance_change_db"), 0, 0.3);
    CHECK_NEAR(value(&p, "width_change_db"), 0, 0.5);
}

/* Down within 4 ms, up over 50; both channels alike. */
static void limited(void)
{
    struct signal master = part(&mix, 0, mix.n);
    const float drive = 6, ceiling = 0.5f;
    float gain = 1;
    for (size_t i = 0; i < master.n; i++) {
        float most = 0;
        for (size_t k = i; k < i + RATE / 250 && k < master.n; k++)
            most = fmaxf(most, drive * fmaxf(fabsf(mix.x[0][k]), fabsf(mix.x[1][k])));
        const float wanted = most > ceiling ? ceiling / most : 1;
        gain += wanted < gain ? (wanted - gain) / 48 : (wanted - gain) / (0.05f * RATE);
        for (int c = 0; c < 2; c++)
            master.x[c][i] *= drive * gain;
    }
    struct hs_pair p = against(&master);
    const double *eq = hs_values_doubles(&p.values, "eq_db", HS_BANDS);
    CHECK(p.state == HS_PAIR_ALIGNED && p.n_chain == 1);
    CHECK(p.n_chain && p.chain[0].kind == HS_DEVICE_LIMITER);
    for (size_t b = BAND_50; eq && b <= BAND_125; b++)
        CHECK(!isfinite(eq[b]) || fabs(eq[b]) < 1);
    CHECK_NEAR(value(&p, "width_change_db"), 0, 0.5);
}

int main(void)
{
    mix = drums();
    brighter();
    limited();
    signal_free(&mix);
    hs_arena_free(&arena);
    return check_done();
}
