/* SPDX-License-Identifier: Apache-2.0 */
/* What is broken in a master and not in its mix: clicks. What mastering does on purpose is none. */
#include "core/alloc.h"
#include "core/num.h"
#include "made_pair.h"
#include "made_song.h"
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

static void no_clicks(struct signal *master)
{
    struct hs_pair p = against(&mix, master);
    CHECK(!hs_values_get(&p.values, "clicks"));
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
    no_clicks(&master);
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
    no_clicks(&master);
}

static void untouched(void)
{
    struct signal same = copy_of(&mix), louder = copy_of(&mix);
    no_clicks(&same);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < louder.n; i++)
            louder.x[c][i] = (float)rint((double)louder.x[c][i] * 1.3 * 32768) / 32768;
    no_clicks(&louder);
}

int main(void)
{
    mix = song(SECONDS, 12);
    long_mix = song(LONG_SECONDS, 21);
    untouched();
    clicks(0.5);
    clicks(0.25);
    one_click();
    clipped();
    bursts();
    signal_free(&mix);
    signal_free(&long_mix);
    hs_arena_free(&arena);
    return check_done();
}
