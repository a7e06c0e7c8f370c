/* SPDX-License-Identifier: Apache-2.0 */
/* Masters that were on a tape, whose speed wanders: made here, so that the path is known. */
#include "dsp/sinc.h"
#include "made_pair.h"
#include "made_song.h"

enum { START_S = 1 }; /* of the master in the mix */

static struct hs_arena arena;

/* Wow moves the music by up to `most_s` either way, `hz` times a second. */
struct tape {
    double most_s, hz;
};

/* Of so much of the speed. */
static struct tape with_wow(double of_speed, double hz)
{
    return (struct tape){of_speed / (2 * HS_PI * hz), hz};
}

static double moved_s(const struct tape *t, double master_s)
{
    return t->most_s * sin(2 * HS_PI * t->hz * master_s);
}

/* The mix from START_S on, as the tape plays it. */
static struct signal on_tape(const struct signal *mix, const struct tape *t, double seconds)
{
    struct hs_sinc sinc;
    struct signal master = signal_new(RATE, 2);
    const size_t step = 32;
    signal_extend(&master, seconds);
    hs_sinc_init(&sinc);
    for (size_t i = 0; i + step <= master.n; i += step) {
        const double at_s = (double)i / RATE, next_s = at_s + (double)step / RATE;
        const double from_s = at_s + moved_s(t, at_s), to_s = next_s + moved_s(t, next_s);
        hs_sinc_read(&sinc, mix->x[0], mix->x[1], (from_s + START_S) * RATE,
                     (to_s - from_s) * RATE / (double)step, step, master.x[0] + i, master.x[1] + i);
    }
    hs_sinc_free(&sinc);
    return master;
}

static struct hs_pair taped(struct signal *mix, const struct tape *t, double seconds)
{
    struct signal master = on_tape(mix, t, seconds);
    const struct hs_pair p = pair_of(mix, &master, &arena);
    CHECK(p.state == HS_PAIR_ALIGNED);
    signal_free(&master);
    signal_free(mix);
    return p;
}

/* A tape that wanders by a tenth of a millisecond either way every 17 s. */
static void wandering_speed(void)
{
    const struct tape t = {0.0001, 1.0 / 17};
    struct signal mix = song(60, 12);
    const struct hs_pair p = taped(&mix, &t, 58);
    /* Robust deviation of a sine: 1.4826 * 0.707 of its height. */
    CHECK_NEAR(value(&p, "wow_ms"), 0.105, 0.03);
    CHECK_NEAR(value(&p, "delay_s"), START_S, 0.0001);
}

/* Half a per cent of wow at 0.6 Hz moves the music by 1.3 ms either way. */
static void half_a_per_cent(void)
{
    const struct tape t = with_wow(0.005, 0.6);
    struct signal mix = song(40, 14);
    signal_add_noise(&mix, 0, 0.02, 18); /* cymbals: tones alone look alike every period */
    const struct hs_pair p = taped(&mix, &t, 36);
    const double from = value(&p, "shared_from_s"), to = value(&p, "shared_to_s");
    CHECK_NEAR(value(&p, "drift_ppm"), 0, 5);
    CHECK_NEAR(value(&p, "mix_from_s"), START_S + from + moved_s(&t, from), 0.0003);
    CHECK_NEAR(value(&p, "mix_to_s"), START_S + to + moved_s(&t, to), 0.0003);
    CHECK_NEAR(value(&p, "wow_ms"), 1.4, 0.3);
    CHECK(value(&p, "residual_db") < -25);
}

/* A loop of 3.2 s under a song: off their path the windows agree as well two turns earlier. */
static void loop(void)
{
    const struct tape t = with_wow(0.002, 1);
    struct signal turn = song(3.2, 10), mix = song(40, 1010);
    signal_add_noise(&turn, 0, 0.02, 17);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < mix.n; i++)
            mix.x[c][i] = turn.x[c][i % turn.n] + 0.15F * mix.x[c][i];
    signal_free(&turn);
    const struct hs_pair p = taped(&mix, &t, 36);
    CHECK_NEAR(value(&p, "delay_s"), START_S, 0.0003);
    CHECK_NEAR(value(&p, "wow_ms"), 0.334, 0.05);
    CHECK(value(&p, "residual_db") < -30);
}

/* Soft notes that are struck one by one, each on a place of its own. */
static struct signal sparse(double seconds)
{
    struct signal s = signal_new(RATE, 2);
    struct hs_rng rng = {5};
    signal_extend(&s, seconds);
    signal_add_noise(&s, 0, 1e-5, 3);
    for (size_t at = 0; at < s.n; at += RATE / 4 + (size_t)(hs_rng_uniform(&rng) * RATE / 4)) {
        const double pan = hs_rng_uniform(&rng), hz = 110 * pow(2, 4 * hs_rng_uniform(&rng));
        const double gain[2] = {0.1 * pan, 0.1 * (1 - pan)};
        for (size_t i = at; i < s.n && i < at + RATE; i++) {
            const double t = (double)(i - at) / RATE, hit = hs_rng_uniform(&rng) - 0.5;
            const double x = sin(2 * HS_PI * hz * t) + 0.3 * sin(4 * HS_PI * hz * t);
            for (int c = 0; c < 2; c++)
                s.x[c][i] += (float)(gain[c] * (x * exp(-4 * t) + hit * exp(-40 * t)));
        }
    }
    return s;
}

/* Phase is not time, and turns no channel over: a crossover in front of a soft and sparse song. One
 * channel that was turned over is told behind it, too. */
static void crossover(bool inverted)
{
    struct signal mix = sparse(40), master = part(&mix, 0, mix.n);
    for (double hz = 100; hz < 10000; hz *= 4)
        signal_turn_phase(&master, hz, 1);
    for (size_t i = 0; inverted && i < master.n; i++)
        master.x[1][i] = -master.x[1][i];
    const struct hs_pair p = pair_of(&mix, &master, &arena);
    const struct hs_value *sign = hs_values_get(&p.values, "polarity");
    CHECK(p.state == HS_PAIR_ALIGNED && value(&p, "wow_ms") == 0);
    CHECK(value(&p, "drift_ppm") == 0);
    CHECK((sign && sign->kind == HS_ARRAY) == inverted);
    CHECK(value(&p, "residual_db") < -30);
    CHECK_NEAR(value(&p, "width_change_db"), 0, 0.5);
    signal_free(&mix);
    signal_free(&master);
}

int main(void)
{
    wandering_speed();
    half_a_per_cent();
    loop();
    crossover(false);
    crossover(true);
    hs_arena_free(&arena);
    return check_done();
}
