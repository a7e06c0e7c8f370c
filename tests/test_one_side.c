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
