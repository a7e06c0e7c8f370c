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

typedef double hs_likelihoods[HS_HYPOTHESES][HS_ARTISTS]; /* logarithms */

/* Fills one for each release of `c`, with `icc` instead of that of the model. */
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

#endif
