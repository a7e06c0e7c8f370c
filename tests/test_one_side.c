/* SPDX-License-Identifier: Apache-2.0 */
/* One channel that is away, told from a part that is played on one side. */
#include "check.h"
#include "signals.h"

enum { RATE = 44100, WIDTH = 5 };

static struct signal song(void)
{
    struct signal s = signal_new(RATE, 2);
    signal_song(&s, 20, 0.4, 3);
    return s;
}

static void turn_down(struct signal *s, int c, double from_s, double to_s, float gain)
{
    for (size_t i = (size_t)(from_s * RATE); i < (size_t)(to_s * RATE) && i < s->n; i++)
        s->x[c][i] *= gain;
}

static struct signal mono_song(void)
{
    struct signal s = song();
    for (size_t i = 0; i < s.n; i++)
        s.x[1][i] = s.x[0][i];
    return s;
}

/* A riff hard left that plays on unchanged; the band, without its bass, comes in after 6 s, on the
 * right alone or in the middle. */
static struct signal riff_and_band(bool in_the_middle)
{
    struct signal s = song(), band = signal_new(RATE, 2);
    signal_song(&band, 20, 0.4, 8);
    for (size_t i = 0; i < s.n; i++) {
        const double bass = 0.2 * sin(2 * HS_PI * 55 * (double)i / RATE);
        const float plays = i < (size_t)6 * RATE ? 0 : band.x[0][i] - (float)bass;
        s.x[1][i] = plays;
        s.x[0][i] += in_the_middle ? plays : 0;
    }
    signal_free(&band);
    return s;
}

/* One spell, from and to, of this channel, by so many dB; common: what stands beside it is in both.
 * from_s NaN: none. The signal is freed. */
static void expect(struct signal *s, double from_s, double to_s, int channel, bool common)
{
    static const size_t pieces[] = {5000, 4097}; /* the same however it comes */
    struct hs_stream stream = signal_stream(s);
    for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
        struct hs_arena arena = {0};
        struct hs_values v = signal_measure_as(s, &stream, pieces[p], &arena);
        const struct hs_value *x = hs_values_get(&v, "one_side");
        if (CHECK(x && x->kind == HS_ARRAY && x->n == (isnan(from_s) ? 0 : WIDTH)) && x->n) {
            CHECK_NEAR(x->array[0], from_s, 0.11);
            CHECK_NEAR(x->array[1], to_s, 0.11);
            CHECK(x->array[2] == channel);
            CHECK(x->array[3] >= 40);
            CHECK((x->array[4] > 0.3) == common && (common || x->array[4] == 0));
            CHECK((x->array[4] == 1) == (x->array[1] - x->array[0] > 19.9));
        }
        hs_arena_free(&arena);
    }
    signal_free(s);
}

int main(void)
{
    struct signal s = song();
    expect(&s, NAN, 0, 0, false);

    s = song(); /* silent, and 46 dB down */
    turn_down(&s, 1, 5.03, 11.5, 0);
    expect(&s, 5.03, 11.5, 1, true);
    s = song();
    turn_down(&s, 0, 5.03, 11.5, 0.002f);
    expect(&s, 5.03, 11.5, 0, true);
    s = song();
    turn_down(&s, 0, 5.03, 11.5, 0.05f); /* 26 dB: a lean */
    expect(&s, NAN, 0, 0, false);

    s = song(); /* never comes back, comes late, is never there */
    turn_down(&s, 1, 12, 21, 0);
    expect(&s, 12, 20, 1, true);
    s = song();
    turn_down(&s, 1, 0, 6, 0);
    expect(&s, 0, 6, 1, true);
    s = song();
    turn_down(&s, 1, 0, 21, 0);
    expect(&s, 0, 20, 1, true);

    s = song(); /* an intro on one side: the song comes in on both, 9 dB louder */
    turn_down(&s, 1, 0, 6, 0);
    turn_down(&s, 0, 0, 6, 0.35f);
    expect(&s, 0, 6, 1, false);

    s = song(); /* the same, 3 dB louder; and a close on one side */
    turn_down(&s, 1, 0, 6, 0);
    turn_down(&s, 0, 0, 6, 0.708f);
    expect(&s, 0, 6, 1, false);
    s = song();
    turn_down(&s, 1, 12, 21, 0);
    turn_down(&s, 0, 12, 21, 0.708f);
    expect(&s, 12, 20, 1, false);

    s = riff_and_band(false);
    expect(&s, 0, 6, 1, false);
    s = riff_and_band(true);
    expect(&s, 0, 6, 1, false);

    s = mono_song(); /* a gap within it is not all through */
    turn_down(&s, 1, 5.03, 11.5, 0);
    expect(&s, 5.03, 11.5, 1, true);
    s = mono_song();
    turn_down(&s, 1, 12, 21, 0);
    expect(&s, 12, 20, 1, true);

    s = song(); /* two parts, one on either side, of which one has a rest */
    struct signal other = signal_new(RATE, 2);
    signal_song(&other, 20, 0.4, 8);
    for (size_t i = 0; i < s.n; i++) {
        s.x[0][i] -= 0.2f * (float)sin(2 * HS_PI * 55 * (double)i / RATE);
        s.x[1][i] = other.x[1][i] - 0.2f * (float)sin(2 * HS_PI * 55 * (double)i / RATE);
    }
    signal_free(&other);
    turn_down(&s, 1, 5, 9, 0);
    struct hs_arena arena = {0};
    struct hs_values v = signal_measure(&s, &arena);
    const struct hs_value *x = hs_values_get(&v, "one_side");
    CHECK(x && x->n == WIDTH && x->array[4] < 0.1);
    hs_arena_free(&arena);
    signal_free(&s);

    s = signal_new(RATE, 1);
    signal_song(&s, 12, 0.4, 3);
    v = signal_measure(&s, &arena);
    x = hs_values_get(&v, "one_side");
    CHECK(x && x->kind != HS_ARRAY);
    hs_arena_free(&arena);
    signal_free(&s);
    return check_done();
}
