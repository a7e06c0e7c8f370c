/* SPDX-License-Identifier: Apache-2.0 */
/* Silence that a file shows to be no rest: the wave is cut through at both ends. */
#include "check.h"
#include "signals.h"

enum { RATE = 44100 };

static void silence(struct signal *s, double from_s, double len_s, double fade_s)
{
    size_t from = (size_t)(from_s * RATE), to = from + (size_t)(len_s * RATE);
    size_t fade = (size_t)(fade_s * RATE);
    for (int c = 0; c < s->n_channels; c++) {
        for (size_t i = from; i < to; i++)
            s->x[c][i] = 0;
        for (size_t k = 0; k < fade; k++) {
            float gain = (float)k / (float)fade;
            s->x[c][from - 1 - k] *= gain;
            s->x[c][to + k] *= gain;
        }
    }
}

static struct signal song(void)
{
    struct signal s = signal_new(RATE, 2);
    signal_song(&s, 20, 0.4, 3);
    return s;
}

static void expect(const struct signal *s, double n, double seconds, double first_s)
{
    static const size_t pieces[] = {5000, 1, 31, 4097}; /* the same bytes however it comes */
    struct hs_stream stream = signal_stream(s);
    for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
        struct hs_arena arena = {0};
        struct hs_values v = signal_measure_as(s, &stream, pieces[p], &arena);
        CHECK_NEAR(hs_values_or_nan(&v, "dropouts"), n, 0);
        CHECK_NEAR(hs_values_or_nan(&v, "dropouts_s"), seconds, 1e-4);
        if (n > 0)
            CHECK_NEAR(hs_values_or_nan(&v, "dropout_times[0]"), first_s, 1e-4);
        hs_arena_free(&arena);
        if (s->n > 3 * RATE)
            break; /* one frame at a time takes long */
    }
}

int main(void)
{
    struct signal s = song();
    expect(&s, 0, 0, 0);
    silence(&s, 4.0137, 0.4, 0);
    silence(&s, 9.117, 0.0073, 0);
    silence(&s, 15, 0.002, 0); /* too short to be told from a wave that rests */
    expect(&s, 2, 0.4 + 0.0073, 4.0137);
    signal_free(&s);

    s = song(); /* gates and edits go down to nothing */
    silence(&s, 4, 0.4, 0.002);
    silence(&s, 9, 0.1, 0.0007);
    silence(&s, 0, 1, 0); /* begins late and ends early */
    silence(&s, 19, 1, 0);
    expect(&s, 0, 0, 0);
    signal_free(&s);

    s = song(); /* one side alone may be a part that is played there */
    for (size_t i = 4 * RATE; i < 5 * RATE; i++)
        s.x[1][i] = 0;
    expect(&s, 0, 0, 0);
    signal_free(&s);

    s = signal_new(RATE, 2); /* short, so that every division is tried */
    signal_song(&s, 2.5, 0.4, 3);
    silence(&s, 0.537, 0.2131, 0);
    silence(&s, 1.317, 0.2869, 0);
    expect(&s, 2, 0.5, 0.537);
    signal_free(&s);
    return check_done();
}
