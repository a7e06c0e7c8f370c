/* SPDX-License-Identifier: Apache-2.0 */
/* Kick, snare and bass of a drawn band: found where they are, absent where they are not, and
 * followed by the measures when their faders move. Wetness follows a known decay. */
#include "check.h"
#include "signals.h"

/* Gains; 0 leaves the player out. */
struct band {
    double kick, snare, bass, chord;
};

static struct signal play(struct band g, double tail_s)
{
    struct signal s = signal_new(44100, 2);
    struct hs_rng rng = {17};
    signal_extend(&s, 30);
    for (size_t i = 0; i < s.n; i++) {
        double t = (double)i / s.rate, beat = fmod(t, 0.5), back = fmod(t + 0.25, 0.5);
        double note = 41.2 * exp2(floor(fmod(t, 4)) / 12);
        double x = g.kick * exp(-beat / 0.045) *
                   (sin(2 * HS_PI * 58 * beat) + 0.15 * (hs_rng_uniform(&rng) - 0.5));
        x += g.snare * exp(-back / tail_s) * (hs_rng_uniform(&rng) - 0.5);
        x += g.bass * (sin(2 * HS_PI * note * t) + 0.5 * sin(4 * HS_PI * note * t));
        double side = 0;
        for (int h = 1; h < 9; h++) {
            x += g.chord / h * sin(2 * HS_PI * 270 * h * t + h);
            side += g.chord / h * sin(2 * HS_PI * 331 * h * t + 2 * h);
        }
        s.x[0][i] = (float)(x + side);
        s.x[1][i] = (float)(x - side);
    }
    return s;
}

static struct hs_values measure(struct band g, double tail_s, struct hs_arena *arena)
{
    struct signal s = play(g, tail_s);
    struct hs_values v = signal_measure(&s, arena);
    signal_free(&s);
    return v;
}

static double of(const struct hs_values *v, const char *key)
{
    return hs_values_or_nan(v, key);
}

int main(void)
{
    struct hs_arena arena = {0};
    struct band all = {0.3, 0.6, 0.03, 0.006};
    struct hs_values v = measure(all, 0.06, &arena);
    CHECK(of(&v, "kick_presence") > 0.9 && of(&v, "snare_presence") > 0.9);
    CHECK(of(&v, "bass_presence") > 0.9);
    CHECK_NEAR(of(&v, "onset_rate_hz"), 2, 0.1); /* the kick has no click to speak of */

    struct band quiet = all, loud = all;
    quiet.kick /= 2, loud.kick *= 2;
    struct hs_values q = measure(quiet, 0.06, &arena), l = measure(loud, 0.06, &arena);
    double lufs = of(&v, "integrated_lufs");
    CHECK_NEAR(of(&q, "kick_level_db") + of(&q, "integrated_lufs") - of(&v, "kick_level_db") - lufs,
               -6, 0.7);
    CHECK_NEAR(of(&l, "kick_level_db") + of(&l, "integrated_lufs") - of(&v, "kick_level_db") - lufs,
               6, 0.7);

    quiet = loud = all;
    quiet.snare /= 2, loud.snare *= 2;
    q = measure(quiet, 0.06, &arena), l = measure(loud, 0.06, &arena);
    CHECK_NEAR(of(&q, "snare_level_db") + of(&q, "integrated_lufs") - of(&v, "snare_level_db") -
                   lufs,
               -6, 0.7);
    CHECK_NEAR(of(&l, "snare_level_db") + of(&l, "integrated_lufs") - of(&v, "snare_level_db") -
                   lufs,
               6, 0.7);

    loud = all;
    loud.bass *= 2;
    l = measure(loud, 0.06, &arena);
    CHECK_NEAR(of(&l, "bass_level_db") + of(&l, "integrated_lufs") - of(&v, "bass_level_db") - lufs,
               6, 1);

    struct band chord = {0, 0, 0, 0.05}, no_snare = all, no_kick = all;
    q = measure(chord, 0.06, &arena);
    CHECK(of(&q, "kick_presence") < 0.1 && of(&q, "snare_presence") < 0.1);
    CHECK(of(&q, "bass_presence") < 0.5 && isnan(of(&q, "kick_level_db")));
    no_snare.snare = 0, no_kick.kick = 0;
    q = measure(no_snare, 0.06, &arena);
    CHECK(of(&q, "snare_presence") < 0.5 && of(&q, "kick_presence") > 0.9);
    q = measure(no_kick, 0.06, &arena);
    CHECK(of(&q, "kick_presence") < 0.5);

    /* Low hits that add next to nothing to the whole, as syllables do, are no drum. */
    struct band faint = {0.035, 0, 0, 0.05}, soft = {0.1, 0, 0, 0.05};
    q = measure(faint, 0.06, &arena), l = measure(soft, 0.06, &arena);
    CHECK(of(&q, "kick_presence") < 0.1 && of(&l, "kick_presence") > 0.9);

    /* The snare in a longer room: wetter. */
    l = measure(all, 0.2, &arena);
    CHECK(of(&l, "wetness") > of(&v, "wetness") + 0.2);
    CHECK(fabs(of(&l, "wetness")) <= 4 && fabs(of(&v, "wetness")) <= 4);
    hs_arena_free(&arena);
    return check_done();
}
