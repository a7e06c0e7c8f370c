/* SPDX-License-Identifier: Apache-2.0 */
/* Consonants of a drawn voice: their level is followed, drums are no consonants, and no
 * voice is claimed anywhere. */
#include "check.h"
#include "signals.h"

/* Vowels of 200 Hz with a consonant of hissing noise at the end of every one. */
static struct signal sing(double hiss, double hit)
{
    struct signal s = signal_new(44100, 2);
    struct hs_rng rng = {23};
    double past = 0, past2 = 0;
    signal_extend(&s, 15);
    for (size_t i = 0; i < s.n; i++) {
        double t = (double)i / s.rate, at = fmod(t, 0.6), x = 0;
        if (at < 0.45)
            for (int h = 1; h < 18; h++)
                x += 0.05 / h * sin(2 * HS_PI * 200 * h * t + h);
        double noise = hs_rng_uniform(&rng) - 0.5, high = noise - 2 * past + past2;
        past2 = past, past = noise;
        if (at > 0.46 && at < 0.56)
            x += hiss * high;
        x += at > 0.44 && at < 0.6 ? hit * sin(2 * HS_PI * 70 * at) : 0;
        s.x[0][i] = s.x[1][i] = (float)x;
    }
    return s;
}

static double read(const struct signal *s, const char *key)
{
    struct hs_arena arena = {0};
    struct hs_values v = signal_measure(s, &arena);
    double x = hs_values_or_nan(&v, key);
    const struct hs_value *presence = hs_values_get(&v, "vocal_presence");
    CHECK(presence && presence->kind == HS_ABSENT && presence->why);
    CHECK(isnan(hs_values_or_nan(&v, "vocal_level_db")));
    hs_arena_free(&arena);
    return x;
}

int main(void)
{
    struct signal plain = sing(0, 0), soft = sing(0.05, 0), hard = sing(0.1, 0);
    struct signal drum = sing(0.1, 0.5);
    CHECK(isnan(read(&plain, "sibilance_db")));
    CHECK_NEAR(read(&hard, "sibilance_db") - read(&soft, "sibilance_db"), 6.02, 0.3);
    CHECK(isnan(read(&drum, "sibilance_db")));
    CHECK_NEAR(read(&hard, "vocal_tone_db") - read(&plain, "vocal_tone_db"), 1, 0.9);
    signal_free(&plain);
    signal_free(&soft);
    signal_free(&hard);
    signal_free(&drum);
    return check_done();
}
