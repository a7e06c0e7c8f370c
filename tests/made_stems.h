/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Made mixes of stems whose faders are known, and what the fit says of them. For tests of stems/
 * alone: one `arena` and three noises (`a` and `other` in stereo, `b` in mono) belong to the test
 * that includes this, between stems_begin() and stems_end().
 */
#ifndef HS_TESTS_MADE_STEMS_H
#define HS_TESTS_MADE_STEMS_H

#include "dsp/sinc.h"
#include "made_pair.h"
#include "stems/analyse.h"

enum { RATE = 44100, SECONDS = 12, LATE = 1000 };

static struct hs_arena arena;
static bool unmeasured; /* stems as a separator gives them */
static enum hs_stem_origin origin;
static struct signal a, b, other;

static inline struct signal noise(uint64_t seed, bool stereo)
{
    struct signal s = signal_new(RATE, 2);
    signal_extend(&s, SECONDS);
    struct hs_rng rng = {seed};
    for (size_t i = 0; i < s.n; i++)
        for (int c = 0; c < 2; c++)
            s.x[c][i] = c && !stereo ? s.x[0][i] : (float)(0.4 * hs_rng_uniform(&rng) - 0.2);
    return s;
}

/* Adds gain times x, `late` samples later. */
static inline void add(struct signal *to, const struct signal *x, double gain, size_t late)
{
    for (int c = 0; c < 2; c++)
        for (size_t i = late; i < to->n; i++)
            to->x[c][i] += (float)(gain * (double)x->x[c][i - late]);
}

static inline struct signal scaled(const struct signal *x, double gain)
{
    struct signal s = signal_new(x->rate, 2);
    signal_extend(&s, (double)x->n / x->rate);
    add(&s, x, gain, 0);
    return s;
}

static inline struct signal silence(void)
{
    struct signal s = signal_new(RATE, 2);
    signal_extend(&s, SECONDS);
    return s;
}

/* The stems of n keys (two of one key where `twins`) in the mix and, where there is one, the
 * master. */
static inline struct hs_instruments fit(const struct signal *mix, const struct signal *master,
                                        const struct signal *const *stems, size_t n, bool twins)
{
    static const enum hs_stem_role roles[] = {HS_STEM_VOCAL, HS_STEM_KEYS,  HS_STEM_GUITAR,
                                              HS_STEM_OTHER, HS_STEM_OTHER, HS_STEM_OTHER,
                                              HS_STEM_OTHER, HS_STEM_FX};
    struct side file[2], stem[8];
    struct hs_stem_input input[8];
    struct hs_instruments found;
    struct hs_error err = {0};
    struct hs_stems_order order = {.stems = input, .n_stems = n, .origin = origin};
    put_side(&file[0], mix, &arena);
    order.side[HS_STEM_IN_MIX] = &file[0].file;
    if (master) {
        put_side(&file[1], master, &arena);
        order.side[HS_STEM_IN_MASTER] = &file[1].file;
    }
    for (size_t i = 0; i < n; i++) {
        put_side(&stem[i], stems[i], &arena);
        if (unmeasured)
            hs_values_init(&stem[i].file.values, &arena);
        input[i] = (struct hs_stem_input){
            .file = &stem[i].file, .role = roles[i], .key = twins && i == 1 ? 0 : (int)i};
        if (twins && i == 1)
            input[i].role = roles[0];
    }
    CHECK(hs_stems_analyse(&order, &arena, &found, &err) == HS_OK);
    unlink(file[0].path);
    if (master)
        unlink(file[1].path);
    for (size_t i = 0; i < n; i++)
        unlink(stem[i].path);
    return found;
}

static inline const struct hs_instrument *of(const struct hs_instruments *all, int key, bool master)
{
    const enum hs_stem_side side = master ? HS_STEM_IN_MASTER : HS_STEM_IN_MIX;
    for (size_t i = 0; i < all->n; i++)
        if (all->items[i].key == key && all->items[i].side == side)
            return &all->items[i];
    CHECK(false);
    return NULL;
}

static inline double level(const struct hs_instruments *all, int key)
{
    return of(all, key, false)->number[HS_INSTRUMENT_LEVEL_LU];
}

static inline double gain(const struct hs_instruments *all, int key)
{
    return of(all, key, false)->number[HS_INSTRUMENT_GAIN_DB];
}

static inline double loudness_of(const struct signal *s)
{
    return hs_values_or_nan((const struct hs_values[]){signal_measure(s, &arena)},
                            "integrated_lufs");
}

/* Notes of a quarter of a second up to this partial, each starting at this phase, each as loud as
 * it happens to be played; the same melody for every player. */
static inline struct signal notes(uint64_t player, int last, double phase)
{
    struct signal s = silence();
    struct hs_rng rng = {21}, hand = {player};
    double hz = 0, loud = 1;
    for (size_t i = 0; i < s.n; i++) {
        const size_t at = i % (RATE / 4);
        if (!at) {
            hz = 55 * pow(2, floor(12 * hs_rng_uniform(&rng)) / 12);
            loud = 0.2 + 0.8 * hs_rng_uniform(&hand);
        }
        double x = 0;
        for (int h = 1; h <= last; h++)
            x += sin(2 * M_PI * hz * h * (double)at / RATE + phase) / h;
        s.x[0][i] = s.x[1][i] = (float)(0.2 * loud * x * fmin(1, (double)(RATE / 4 - at) / 1000));
    }
    return s;
}

static inline void signals_free(struct signal *const *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        signal_free(s[i]);
}

#define SIGNALS_FREE(...)                                                                          \
    signals_free((struct signal *const[]){__VA_ARGS__},                                            \
                 sizeof((struct signal *const[]){__VA_ARGS__}) / sizeof(struct signal *))

static inline void stems_begin(void)
{
    a = noise(11, true);
    b = noise(12, false);
    other = noise(13, true);
}

/* What the test returns. */
static inline int stems_end(void)
{
    SIGNALS_FREE(&a, &b, &other);
    hs_arena_free(&arena);
    return check_done();
}

#endif
