/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The memoryless curve of a clipper or saturation: what the master does to a sample of the
 * equalised mix at its gain, whatever came before. Odd, the same for both channels. Found as
 * medians of differences (medians of the master itself would leave -32 dB of an untouched
 * pair), in bins of height over the ceiling. Pure functions.
 */
#ifndef HS_PAIR_STATIC_CURVE_H
#define HS_PAIR_STATIC_CURVE_H

#include "dsp/kernels.h"
#include "pair/distortion.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

/* Heights of the table lie 0.0125 apart; all middles of bins are multiples of it, so that
 * reading it straight is exact. */
enum {
    HS_CURVE_BINS = 38,
    HS_CURVE_PER_HEIGHT = 80,
    HS_CURVE_TABLE = 12 * HS_CURVE_PER_HEIGHT + 1
};

struct hs_static_curve {
    double ceiling; /* heights are in units of it */
    /* Of the bins that hold enough: height going in, what is added, gain in dB. */
    double in[HS_CURVE_BINS], added[HS_CURVE_BINS], gain_db[HS_CURVE_BINS];
    size_t n;
    float table[HS_CURVE_TABLE];     /* added at heights of even distance; see hs_curve_added */
    float per_height;                /* steps of the table per height of a sample */
    float steepness;                 /* added per height above the last bin: 0 or -1 */
    struct hs_distortion distortion; /* NaN dB until it is asked for */
    const struct hs_kernels *kernels;
};

/* u: mix at its gain, y: master; n frames of both channels, or of channel `only` (-1: both). Every
 * fourth is looked at. */
void hs_curve_find(const float *const u[2], const float *const y[2], size_t n, int only,
                   double ceiling, struct hs_static_curve *out);
/* Its distortion, of the same music that it was found in. */
void hs_curve_find_distortion(struct hs_static_curve *c, const float *const u[2],
                              const float *const y[2], size_t n);
/* What the curve adds to n samples, a multiple of eight. */
void hs_curve_added(const struct hs_static_curve *c, const float *u, size_t n, float *added);
/* Gain where the output is 0.7 of the ceiling, less that of small samples, dB: 0 of a hard
 * clipper, -0.45 and less of soft ones. */
double hs_curve_knee_db(const struct hs_static_curve *c);
/* Gain of the first bin above the ceiling, or the least of those above, dB; 0: there is none. */
double hs_curve_top_db(const struct hs_static_curve *c);

#endif
