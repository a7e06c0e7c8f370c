/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How much louder the master is than the equalised mix, from moment to moment. Sums are
 * taken over knots of 64 frames (1.5 ms); a gain stands for each. Two series of them: of all
 * samples, and of the small ones alone, which a clipper leaves as they were. Pure functions.
 */
#ifndef HS_PAIR_GAIN_H
#define HS_PAIR_GAIN_H

#include "dsp/kernels.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    HS_GAIN_KNOT = HS_SCAN, /* 128 leaves 2 dB more of a limiter, 256 leaves 5 dB more */
    HS_GAIN_NEAR = 32,      /* knots either side that a knot leans on: 94 ms in all */
};

enum hs_samples { HS_SAMPLES_ALL, HS_SAMPLES_SMALL };

/* Knots of the equalised mix x and the master y, sums over left and right: n frames, a multiple of
 * HS_GAIN_KNOT, of which the frame before the first can be read too unless `fresh`. out has n /
 * HS_GAIN_KNOT entries. */
void hs_gain_knots(const float *const x[2], const float *const y[2], size_t n, bool fresh,
                   float small, struct hs_knot *out);
/* The gains of the knots [from, to) of n_knots; out[0] is that of `from`. A gain is that of
 * least squares, leaning by a twentieth on its neighbourhood. */
void hs_gain_series(const struct hs_knot *knot, size_t n_knots, size_t from, size_t to,
                    enum hs_samples which, float *out);
/* The gain of all samples over so many knots either side of each: what is slow. */
void hs_gain_slow(const struct hs_knot *knot, size_t n, size_t around, float *out);
/* A gain per frame: straight between the middles of the knots. `before` and `after` are the
 * gains of the knots on either side. */
void hs_gain_spread(const float *gain, size_t n_knots, float before, float after, float *frame);

/* Share of the master's power that the equalised mix explains at a constant gain, 0-1. */
double hs_gain_coherence(const struct hs_knot *knot, size_t n);

#endif
