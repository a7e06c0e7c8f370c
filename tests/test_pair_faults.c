/* SPDX-License-Identifier: Apache-2.0 */
/* test-labels: once */
/* test-cost: 40 */
/* What is broken in a master and not in its mix: clicks, other sound, skips. What mastering does on
 * purpose is none of it. */
#include "core/alloc.h"
#include "core/num.h"
#include "made_pair.h"
#include "made_song.h"
#include "pair/devices.h"
#include "pair/encoder.h"
#include "pair/foreign.h"
#include "pair/pass.h"
#include "pair/result_faults.h"
#include "pair/values.h"

enum { SECONDS = 20, LONG_SECONDS = 90 };
static struct hs_arena arena;
static struct signal mix, long_mix;

static struct signal copy_of(const struct signal *s)
{
    return part(s, 0, s->n);
}

static struct hs_pair against(const struct signal *from, struct signal *master)
{
    struct hs_pair p = pair_of(from, master, &arena);
    CHECK(p.state == HS_PAIR_ALIGNED);
    signal_free(master);
    return p;
}

static const double at_s[] = {1.37, 3.91, 7.23, 9.66, 12.84, 17.49};
enum { CLICKS = sizeof at_s / sizeof *at_s };

static void put_click(struct signal *s, double time_s, double height)
{
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < 3; i++)
            s->x[c][(size_t)(time_s * RATE) + i] += (float)height;
}

static void clicks(double height)
{
    struct signal master = copy_of(&mix);
    for (size_t i = 0; i < CLICKS; i++)
        put_click(&master, at_s[i], height);
    struct hs_pair p = against(&mix, &master);
    const struct hs_value *at = hs_values_get(&p.values, "clicks");
    CHECK(value(&p, "clicks_n") == CLICKS);
    if (!CHECK(at && at->kind == HS_ARRAY && at->n == CLICKS))
        return;
    for (size_t i = 0; i < CLICKS; i++)
        CHECK_NEAR(at->array[i], at_s[i], 0.01);
    CHECK_NEAR(value(&p, "clicks_db"), hs_db_from_amplitude(height), 2);
}

/* Two that follow each other at once are no break besides. */
static void two_clicks(double apart_s)
{
    struct signal master = copy_of(&mix);
    put_click(&master, 7.23, 0.5);
    put_click(&master, 7.23 + apart_s, 0.5);
    struct hs_pair p = against(&mix, &master);
    CHECK(value(&p, "clicks_n") == 2);
    CHECK(!hs_values_get(&p.values, "breaks"));
}

/* In a pair that is not read from end to end. */
static void one_click(void)
{
    struct signal master = copy_of(&long_mix);
    put_click(&master, 47.3, 0.5);
    struct hs_pair p = against(&long_mix, &master);
    const struct hs_value *at = hs_values_get(&p.values, "clicks");
    if (CHECK(at && at->kind == HS_ARRAY && at->n == 1))
        CHECK_NEAR(at->array[0], 47.3, 0.01);
}

/* A place of a row of so many numbers. */
static void check_place(const struct hs_pair *p, const char *key, size_t width, double from_s,
                        double to_s)
{
    const struct hs_value *x = hs_values_get(&p->values, key);
    if (!CHECK(x && x->kind == HS_ARRAY && x->n == width))
        return;
    CHECK_NEAR(x->array[0], from_s, 0.1);
    CHECK_NEAR(x->array[1], to_s, 0.1);
}

/* A tone instead of a word. */
static void bleep(const struct signal *from, size_t at)
{
    struct signal master = copy_of(from);
    for (int c = 0; c < 2; c++)
        for (size_t i = at * RATE; i < at * RATE + 6 * RATE / 10; i++)
            master.x[c][i] = 0.15f * (float)sin(2 * HS_PI * 1000 * (double)i / RATE);
    struct hs_pair p = against(from, &master);
    check_place(&p, "foreign", 3, (double)at, (double)at + 0.6);
    CHECK(!hs_values_get(&p.values, "drops"));
    CHECK(value(&p, "rest_residual_db") < -50);
}

/* Surf over five seconds, half as loud as the music: the rest is still the mix. */
static void laid_over(void)
{
    struct signal master = copy_of(&mix);
    struct hs_rng rng = {9};
    for (int c = 0; c < 2; c++)
        for (size_t i = 9 * RATE; i < 14 * RATE; i++)
            master.x[c][i] += 0.25f * (float)(hs_rng_uniform(&rng) - 0.5);
    struct hs_pair p = against(&mix, &master);
    check_place(&p, "foreign", 3, 9, 14);
}

/* One channel is gone for a third of the song and more: what both play is the mix still. */
static void one_channel_gone(size_t from_s, size_t to_s, float left)
{
    struct signal master = copy_of(&mix);
    for (size_t i = from_s * RATE; i < to_s * RATE; i++)
        master.x[1][i] *= left;
    struct hs_pair p = against(&mix, &master);
    check_place(&p, "drops", 4, (double)from_s, (double)to_s);
    const struct hs_value *x = hs_values_get(&p.values, "drops");
    CHECK(x && x->array[2] > 40 && x->array[3] == 1);
    CHECK(value(&p, "residual_db") < -50);
    CHECK_NEAR(value(&p, "balance_change_db"), 0, 0.1);
}

/* The bit that ends at 9 s is heard so many times in all. */
static void heard_again(size_t length, size_t times)
{
    const size_t again = (times - 1) * length, at = 9 * RATE;
    struct signal master = signal_new(RATE, 2);
    signal_extend(&master, (double)(mix.n + again) / RATE);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < master.n; i++)
            master.x[c][i] = mix.x[c][i < at           ? i
                                      : i < at + again ? at - length + (i - at) % length
                                                       : i - again];
    struct hs_pair p = pair_of(&mix, &master, &arena);
    CHECK(p.state == HS_PAIR_EDITED);
    const struct hs_value *x = hs_values_get(&p.values, "skips");
    check_place(&p, "skips", 5, 9, 9 + (double)again / RATE);
    if (CHECK(x && x->kind == HS_ARRAY && x->n == 5)) {
        CHECK_NEAR(x->array[3], (double)length / RATE, 0.02);
        CHECK(x->array[4] == (double)times);
    }
    CHECK(!hs_values_get(&p.values, "foreign") && !hs_values_get(&p.values, "drops"));
    signal_free(&master);
}

/* So many frames are left out at 9 s, or those before it are heard again: still the same master. */
static void short_skip(const struct signal *from, size_t length, bool again)
{
    const size_t at = 9 * RATE;
    struct signal master = signal_new(RATE, 2);
    signal_extend(&master, (double)(again ? from->n + length : from->n - length) / RATE);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < master.n; i++)
            master.x[c][i] = from->x[c][i < at ? i : again ? i - length : i + length];
    struct hs_pair p = against(from, &master);
    const struct hs_value *x = hs_values_get(&p.values, again ? "skips" : "lost");
    if (!CHECK(x && x->kind == HS_ARRAY && x->n == (again ? 5 : 3)))
        return;
    CHECK_NEAR(x->array[0], 9, 0.05);
    CHECK_NEAR(x->array[again ? 3 : 2], (double)length / RATE, 1e-4);
    CHECK(value(&p, "residual_db") < -40 && value(&p, "wow_ms") < 0.1);
    CHECK(!hs_values_get(&p.values, "foreign") && !hs_values_get(&p.values, "drops"));
}

/* A short place is not the mix. */
static void check_break(struct signal *master, size_t at, size_t n, bool silent)
{
    struct hs_pair p = against(&mix, master);
    const struct hs_value *x = hs_values_get(&p.values, "breaks");
    if (!CHECK(x && x->kind == HS_ARRAY && x->n == 4))
        return;
    CHECK_NEAR(x->array[0], (double)at / RATE, 0.005);
    CHECK_NEAR(x->array[1] - x->array[0], (double)n / RATE, 0.008);
    CHECK((x->array[3] > 0) == silent);
}

/* A buffer that was lost; a bit that stutters in place; a thump. */
static void breaks(void)
{
    static const size_t silent[] = {128, 512, 1024}, again[] = {300, 2700};
    const size_t at = 9 * RATE, at_note = at + 5000;
    for (size_t k = 0; k < sizeof silent / sizeof *silent; k++) {
        struct signal master = copy_of(&mix);
        for (int c = 0; c < 2; c++)
            for (size_t i = 0; i < silent[k]; i++)
                master.x[c][at + i] = 0;
        check_break(&master, at, silent[k], true);
    }
    for (size_t k = 0; k < sizeof again / sizeof *again; k++) {
        struct signal master = copy_of(&mix);
        for (int c = 0; c < 2; c++)
            for (size_t i = 0; i < again[k]; i++)
                master.x[c][at_note + i] = mix.x[c][at_note - again[k] + i];
        check_break(&master, at_note, again[k], false);
    }
    struct signal thump = copy_of(&mix);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < 200; i++)
            thump.x[c][at + i] += 0.3f * (float)sin(HS_PI * (double)i / 200);
    check_break(&thump, at, 200, false);
}

/* Right behind a full second of a pair that is not read from end to end. */
static void late_thump(double from_s)
{
    const size_t at = (size_t)(from_s * RATE);
    struct signal master = copy_of(&long_mix);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < 400; i++)
            master.x[c][at + i] += 0.5f * (float)sin(HS_PI * (double)i / 200);
    struct hs_pair p = against(&long_mix, &master);
    const struct hs_value *x = hs_values_get(&p.values, "breaks");
    if (CHECK(x && x->kind == HS_ARRAY && x->n == 4))
        CHECK_NEAR(x->array[0], from_s, 0.01);
}

/* Channels that changed places, also of a song that is nearly mono; a crossover swaps nothing. */
static void swapped(void)
{
    for (int k = 0; k < 4; k++) {
        const float width = k % 2 ? 0.02f : 1;
        const bool exchanged = k > 1;
        struct signal from = signal_new(RATE, 2), master;
        struct hs_rng rng = {17};
        signal_extend(&from, SECONDS);
        signal_add_noise(&from, 0, 1, 5);
        float level = 0;
        for (size_t i = 0, step = RATE / 2; i < from.n; i++) {
            level = i % step ? level : 0.02f + 0.3f * (float)hs_rng_uniform(&rng);
            const float mid = level * (from.x[0][i] + from.x[1][i]) / 2;
            const float side = level * width * (from.x[0][i] - from.x[1][i]) / 2;
            from.x[0][i] = mid + side, from.x[1][i] = mid - side;
        }
        master = copy_of(&from);
        for (double hz = 100; !exchanged && hz < 10000; hz *= 4)
            signal_turn_phase(&master, hz, 1);
        for (size_t i = 0; exchanged && i < from.n; i++)
            master.x[0][i] = from.x[1][i], master.x[1][i] = from.x[0][i];
        struct hs_pair p = against(&from, &master);
        CHECK(value(&p, "swapped") == exchanged);
        CHECK(value(&p, "residual_db") < -30);
        signal_free(&from);
    }
}

/* Of a crossover of 12 dB an octave whose upper band is turned over the sum is an all-pass of first
 * order: its treble is upside down, the song is not. One that is turned over as a whole is, also
 * behind a high-pass. */
static void polarity(void)
{
    for (int k = 0; k < 3; k++) {
        const double w = tan(HS_PI * (k == 0 ? 600 : 25) / RATE), a = (w - 1) / (w + 1);
        struct signal master = copy_of(&mix);
        for (int c = 0; c < 2; c++) {
            double x1 = 0, y = 0;
            for (size_t i = 0; i < master.n; i++) {
                const double x = (double)master.x[c][i];
                y = a * x + x1 - a * y;
                x1 = x;
                const double high = (x - y) / 2; /* of first order */
                master.x[c][i] = (float)(k == 0 ? y : k == 1 ? -x : -high);
            }
        }
        struct hs_pair p = against(&mix, &master);
        CHECK(k == 0 ? !(value(&p, "polarity") < 0) : value(&p, "polarity") == -1);
        CHECK(value(&p, "residual_db") < -30);
    }
}

/* A chorus that is played again is an edit. */
static void played_again(void)
{
    const size_t again = 4 * RATE, at = 10 * RATE;
    struct signal master = signal_new(RATE, 2);
    signal_extend(&master, (double)(mix.n + again) / RATE);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < master.n; i++)
            master.x[c][i] = mix.x[c][i < at ? i : i - again];
    struct hs_pair p = pair_of(&mix, &master, &arena);
    CHECK(p.state == HS_PAIR_EDITED && !hs_values_get(&p.values, "skips"));
    signal_free(&master);
}

/* Silence, or noise that is soft, put in at 10 s is an edit. */
static void put_in(double seconds, double noise)
{
    const size_t n = (size_t)(seconds * RATE), at = 10 * RATE;
    struct signal master = signal_new(RATE, 2);
    struct hs_rng rng = {3};
    signal_extend(&master, (double)(long_mix.n + n) / RATE);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < master.n; i++)
            master.x[c][i] = i < at       ? long_mix.x[c][i]
                             : i < at + n ? (float)(noise * (hs_rng_uniform(&rng) - 0.5))
                                          : long_mix.x[c][i - n];
    struct hs_pair p = pair_of(&long_mix, &master, &arena);
    CHECK(seconds < 1 || p.state == HS_PAIR_EDITED);
    CHECK(!hs_values_get(&p.values, "skips"));
    signal_free(&master);
}

/* Silence in front, then the song with a tone over a word: no segue. */
static void bleep_behind_silence(void)
{
    struct signal master = signal_new(RATE, 2);
    signal_extend(&master, 1 + (double)mix.n / RATE);
    for (int c = 0; c < 2; c++)
        for (size_t i = RATE; i < master.n; i++)
            master.x[c][i] = i >= 4 * RATE && i < 46 * RATE / 10
                                 ? 0.15f * (float)sin(2 * HS_PI * 1000 * (double)i / RATE)
                                 : mix.x[c][i - RATE];
    struct hs_pair p = against(&mix, &master);
    check_place(&p, "foreign", 3, 4, 4.6);
}

/* The song begins under the end of another one: a segue. */
static void segue(void)
{
    struct signal other = signal_new(RATE, 2), master = signal_new(RATE, 2);
    signal_add_noise(&other, 10, 0.1, 5);
    signal_extend(&master, 8 + (double)mix.n / RATE);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < master.n; i++) {
            const double in = fmin(fmax((double)i / RATE - 8, 0) / 2, 1);
            master.x[c][i] = (i < other.n ? (float)(1 - in) * other.x[c][i] : 0) +
                             (i >= 8 * RATE ? (float)in * mix.x[c][i - 8 * RATE] : 0);
        }
    struct hs_pair p = against(&mix, &master);
    CHECK(!hs_values_get(&p.values, "foreign"));
    signal_free(&other);
}

/* Ducking in time, slower than any tremolo; slower still it is a ride. */
static void swings(double hz, bool found)
{
    struct signal master = copy_of(&long_mix);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < master.n; i++)
            master.x[c][i] *= (float)fmin(0.5 + fmod((double)i / RATE * hz, 1), 1);
    struct hs_pair p = against(&long_mix, &master);
    CHECK(isfinite(value(&p, "swing_hz")) == found);
    if (found)
        CHECK_NEAR(value(&p, "swing_hz"), hz, 0.1);
}

static void nothing(struct signal *master)
{
    static const char *const keys[] = {"clicks", "foreign", "skips", "drops", "lost", "breaks"};
    struct hs_pair p = against(&mix, master);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        CHECK(!hs_values_get(&p.values, keys[i]));
}

/* Noise all through; a gate; echoes of a second: they are everywhere, and no place. */
static void everywhere(void)
{
    struct signal noise = copy_of(&mix), gated = copy_of(&mix), echoes = copy_of(&mix);
    signal_add_noise(&noise, 0, 0.02, 3);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < mix.n; i++) {
            gated.x[c][i] *= fabsf(mix.x[c][i]) < 0.02f ? 0.3f : 1;
            for (size_t k = 1; k < 8 && i >= k * RATE / 8; k++)
                echoes.x[c][i] += 0.3f / (float)k * mix.x[c][i - k * RATE / 8];
        }
    nothing(&noise);
    nothing(&gated);
    nothing(&echoes);
}

/* Cut off at 6 dB under its top, at a few peaks: what is taken away is a few samples long, too. */
static void clipped(void)
{
    struct signal master = copy_of(&mix);
    float top = 0;
    for (size_t i = 0; i < master.n; i++)
        top = hs_larger(top, fabsf(master.x[0][i]));
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < master.n; i++)
            master.x[c][i] = fmaxf(fminf(master.x[c][i], top / 2), -top / 2);
    nothing(&master);
}

/* Bursts of noise of a hundredth of a second: drums that were laid over are no clicks. */
static void bursts(void)
{
    struct signal master = copy_of(&mix);
    struct hs_rng rng = {7};
    for (size_t i = RATE; i < master.n; i++)
        for (int c = 0; c < 2; c++)
            master.x[c][i] +=
                i % RATE < RATE / 100 ? 0.5f * (float)(hs_rng_uniform(&rng) - 0.5) : 0;
    nothing(&master);
}

static void untouched(void)
{
    struct signal same = copy_of(&mix), louder = copy_of(&mix);
    nothing(&same);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < louder.n; i++)
            louder.x[c][i] = (float)rint((double)louder.x[c][i] * 1.3 * 32768) / 32768;
    nothing(&louder);
}

/* What a gain leaves of hits and rests is no break behind a device; silence and other sound are. A
 * lone click behind an encoder is none. */
static void doubtful_faults(void)
{
    static const struct hs_break found[] = {
        {1, 1.04, -10, 0.45, false}, {2, 2.04, 0, 1.2, false}, {3, 3.04, -3, 0.45, true}};
    for (int gain = 0; gain < 2; gain++) {
        struct hs_values v;
        struct hs_pass *pass = HS_NEW(struct hs_pass);
        struct hs_devices devices = {.gain = gain};
        memcpy(pass->breaks.found, found, sizeof found);
        pass->breaks.n = sizeof found / sizeof *found;
        hs_values_init(&v, &arena);
        pass->clicks.n = 1;
        const struct hs_encoder encoder = {.found = gain};
        const struct hs_foreign nothing = {0};
        hs_result_faults(
            &(struct hs_found){
                .pass = pass, .devices = &devices, .encoder = &encoder, .foreign = &nothing},
            &v);
        CHECK((hs_values_get(&v, "clicks_n") != NULL) == !gain);
        const struct hs_value *x = hs_values_get(&v, "breaks");
        if (CHECK(x && x->n == (gain ? 8u : 12u)))
            CHECK(x->array[0] == (gain ? 2 : 1));
        hs_free(pass);
    }
}

int main(void)
{
    mix = song(SECONDS, 12);
    long_mix = song(LONG_SECONDS, 21);
    untouched();
    clicks(0.5);
    clicks(0.25);
    two_clicks(0.03);
    two_clicks(0.07);
    one_click();
    clipped();
    bursts();
    bleep(&mix, 12);
    bleep(&long_mix, 62);
    laid_over();
    one_channel_gone(4, 11, 0);
    one_channel_gone(0, 7, 0.005f);
    one_channel_gone(11, 20, 0);
    heard_again(3 * RATE / 10, 4);
    heard_again(4 * RATE / 10, 2);
    heard_again(RATE, 3);
    short_skip(&mix, RATE / 100, false);
    short_skip(&mix, RATE / 40, true);
    short_skip(&long_mix, 6 * RATE / 100, false);
    breaks();
    late_thump(52.05);
    swapped();
    polarity();
    played_again();
    segue();
    put_in(0.8, 0);
    put_in(8, 0);
    put_in(8, 0.02);
    bleep_behind_silence();
    swings(0.8, true);
    swings(2, true);
    swings(0.12, false);
    everywhere();
    signal_free(&mix);
    signal_free(&long_mix);
    hs_arena_free(&arena);
    doubtful_faults();
    return check_done();
}
