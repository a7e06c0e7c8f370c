/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How likely the tracks of a release are, for every kind of artist and with every habit: what
 * the odds of catalogue/habit_odds.h are made of. Pure.
 */
#ifndef HS_CATALOGUE_HABIT_LIKELIHOOD_H
#define HS_CATALOGUE_HABIT_LIKELIHOOD_H

#include "catalogue/habit_odds.h"
#include "catalogue/quadrature.h"

#include <stdint.h>
#include <string.h>

enum {
    HS_ARTISTS = HS_NODES * HS_FEW_NODES, /* kinds of artist: place times spread */
    HS_HABITS = 9,                        /* by share and size */
    HS_HYPOTHESES = 1 + HS_HABITS,        /* none, and nine habits */
};

/* Of a track; level 0 is none, 4 severe. With fixed thresholds the level itself. */
size_t hs_track_class(double z, int level, bool fixed_thresholds);

/* Natural logarithms of the chance of one release's counts, by hypothesis (0: no habit) and kind of
 * artist. */
typedef double hs_likelihoods[HS_HYPOTHESES][HS_ARTISTS];

/* Fills `out[0..c->n)`, one for each release of `c`. `icc`, 0 to 1: how much alike the tracks of a
 * release are, instead of that of the model. */
void hs_habit_likelihoods(const struct hs_habit_model *m, double icc,
                          const struct hs_class_counts *c, hs_likelihoods *out);
/* What kind of artist `a` counts for; together 1. */
double hs_habit_artist_weight(size_t a);

/* e to the x, x <= 0, to single precision; in plain arithmetic, so that compilers can do several at
 * once: what is raised is split into a power of two and what is left (Cephes, expf). */
static inline float hs_exp_single(float x)
{
    const float least = -80, log2_e = 1.44269504F, ln2_high = .693359375F,
                ln2_low = -2.12194440e-4F;
    x = x < least ? least : x;
    int power = (int)(x * log2_e - .5F);
    float r = x - (float)power * ln2_high - (float)power * ln2_low;
    float e = 1.9875691500e-4F;
    e = e * r + 1.3981999507e-3F;
    e = e * r + 8.3334519073e-3F;
    e = e * r + 4.1665795894e-2F;
    e = e * r + 1.6666665459e-1F;
    e = e * r + 5.0000001201e-1F;
    e = e * r * r + r + 1;
    uint32_t bits = (uint32_t)(power + 127) << 23;
    float scale;
    memcpy(&scale, &bits, sizeof scale);
    return e * scale;
}

/* Natural logarithm of a positive, normal x in the same way (Cephes, logf). */
static inline float hs_log_single(float x)
{
    const float root_half = .707106781F, ln2_high = .693359375F, ln2_low = -2.12194440e-4F;
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    float power = (float)((int)(bits >> 23) - 126), m;
    bits = (bits & 0x7fffffU) | 0x3f000000U;
    memcpy(&m, &bits, sizeof m);
    bool low = m < root_half;
    power = low ? power - 1 : power;
    m = (low ? m + m : m) - 1;
    float y = 7.0376836292e-2F, square = m * m;
    y = y * m - 1.1514610310e-1F;
    y = y * m + 1.1676998740e-1F;
    y = y * m - 1.2420140846e-1F;
    y = y * m + 1.4249322787e-1F;
    y = y * m - 1.6668057665e-1F;
    y = y * m + 2.0000714765e-1F;
    y = y * m - 2.4999993993e-1F;
    y = y * m + 3.3333331174e-1F;
    y = y * m * square + power * ln2_low - square / 2;
    return m + y + power * ln2_high;
}

#endif
