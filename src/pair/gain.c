/* SPDX-License-Identifier: Apache-2.0 */
#include "pair/gain.h"

#include <math.h>

/* Weight of the mean power of the neighbourhood (about 100 ms) against the group's. */
static const double lean = 0.05;
/* A group's gain stays within this factor of its neighbourhood's, and that not further
 * below the gain of all that is given. */
static const double furthest = 30;

/* See broadband(): gains 2.7 dB apart. */
static const double most_excess = 0.1;

/* Music falls by some 5 dB per octave, so the gain of a moment would be the gain of its
 * bass, of which a group holds a third of a period; and where bass and reduction come
 * together, tone and gain could not be told apart. A difference of neighbours evens out
 * the octaves, one over eight frames takes the bass away (30 dB at 55 Hz). */
static const float flatten = 0.95f;
enum { APART = HS_GAIN_HISTORY - 1 };

static float flat(const float *x)
{
    return (x[0] - flatten * x[-1]) - (x[-APART] - flatten * x[-APART - 1]);
}

static void flat_sums(const float *x, const float *y, size_t from, struct hs_gain_sums *s)
{
    float xx[8] = {0}, xy[8] = {0};
    for (size_t i = from; i < from + HS_GAIN_BLOCK; i += 8)
        for (size_t k = 0; k < 8; k++) {
            float a = flat(x + i + k), b = flat(y + i + k);
            xx[k] += a * a;
            xy[k] += a * b;
        }
    for (size_t k = 0; k < 8; k++)
        s->flat_xx += xx[k], s->flat_xy += xy[k];
}

void hs_gain_blocks(const float *const x[2], const float *const y[2], size_t n, bool fresh,
                    struct hs_gain_sums *out)
{
    for (size_t b = 0; b < n / HS_GAIN_BLOCK; b++) {
        const size_t from = b * HS_GAIN_BLOCK;
        float xx[8] = {0}, xy[8] = {0}, yy[8] = {0}, px[8] = {0}, py[8] = {0};
        for (size_t i = from; i < from + HS_GAIN_BLOCK; i += 8)
            for (size_t k = 0; k < 8; k++) {
                float a = x[0][i + k], b1 = x[1][i + k], c = y[0][i + k], d = y[1][i + k];
                xx[k] += a * a + b1 * b1;
                xy[k] += a * c + b1 * d;
                yy[k] += c * c + d * d;
                float top_x = fabsf(a) + fabsf(b1); /* the larger of |a+b|, |a-b| */
                float top_y = fabsf(c) + fabsf(d);
                px[k] = top_x > px[k] ? top_x : px[k];
                py[k] = top_y > py[k] ? top_y : py[k];
            }
        struct hs_gain_sums s = {0};
        for (size_t k = 0; k < 8; k++) {
            s.xx += xx[k], s.xy += xy[k], s.yy += yy[k];
            s.peak_x = fmaxf(s.peak_x, px[k]);
            s.peak_y = fmaxf(s.peak_y, py[k]);
        }
        for (size_t c = 0; c < 2 && !(fresh && !b); c++)
            flat_sums(x[c], y[c], from, &s);
        out[b] = s;
    }
}

static void group_sums(const struct hs_gain_sums *blocks, size_t group, double *xx, double *xy)
{
    for (size_t k = 0; k < HS_GAIN_GROUP; k++) {
        *xx += (double)blocks[group * HS_GAIN_GROUP + k].flat_xx;
        *xy += (double)blocks[group * HS_GAIN_GROUP + k].flat_xy;
    }
}

/* The plain gain of the groups [lo, hi) where `flat`, read from what is above the bass,
 * would leave much more of the power unexplained: too little is coherent up there, by
 * wow, noise or a missing treble. 0 where it need not stand in. */
static double broadband(const struct hs_gain_sums *blocks, size_t lo, size_t hi, double flat)
{
    double xx = 1e-12, xy = 0, yy = 1e-12;
    for (size_t b = lo * HS_GAIN_GROUP; b < hi * HS_GAIN_GROUP; b++) {
        xx += (double)blocks[b].xx;
        xy += (double)blocks[b].xy;
        yy += (double)blocks[b].yy;
    }
    double plain = xy / xx, apart = flat - plain;
    return plain > 0 && apart * apart * xx > most_excess * yy ? plain : 0;
}

void hs_gain_curve(const struct hs_gain_sums *blocks, size_t n_groups, size_t from, size_t to,
                   float *out)
{
    double all_xx = 1e-12, all_xy = 1e-12;
    for (size_t k = 0; k < n_groups; k++)
        group_sums(blocks, k, &all_xx, &all_xy);
    const double least = fmax(all_xy / all_xx / furthest, 1e-6);
    for (size_t g = from; g < to; g++) {
        size_t lo = g > HS_GAIN_NEAR ? g - HS_GAIN_NEAR : 0;
        size_t hi = g + HS_GAIN_NEAR + 1 < n_groups ? g + HS_GAIN_NEAR + 1 : n_groups;
        double xx = 0, xy = 0, near_xx = 1e-12, near_xy = 1e-12;
        for (size_t k = lo; k < hi; k++)
            group_sums(blocks, k, &near_xx, &near_xy);
        group_sums(blocks, g, &xx, &xy);
        double near = fmax(near_xy / near_xx, least), all_of = broadband(blocks, lo, hi, near);
        if (all_of > 0) {
            out[g - from] = (float)all_of;
            continue;
        }
        double share = lean / (double)(hi - lo);
        double gain = (xy + share * near * near_xx) / (xx + share * near_xx);
        out[g - from] = (float)fmin(fmax(gain, near / furthest), near * furthest);
    }
}

double hs_gain_coherence(const struct hs_gain_sums *blocks, size_t n_blocks)
{
    double xx = 0, xy = 0, yy = 0;
    for (size_t k = 0; k < n_blocks; k++) {
        xx += (double)blocks[k].xx;
        xy += (double)blocks[k].xy;
        yy += (double)blocks[k].yy;
    }
    return xx > 0 && yy > 0 && xy > 0 ? xy * xy / (xx * yy) : 0;
}

/* Straight from a to b over the frames [from, to) of a step that begins at `start`. */
static void run_straight(float *out, long start, long from, long to, float a, float b)
{
    const float slope = (b - a) / HS_GAIN_STEP;
    for (long i = from; i < to; i++)
        out[i] = a + slope * ((float)(i - start) + 0.5f);
}

void hs_gain_apply(const float *gain, float before, float after, size_t n, float *per_frame)
{
    const long groups = (long)(n / HS_GAIN_STEP), frames = (long)n;
    for (long g = -1; g < groups; g++) {
        long start = g * HS_GAIN_STEP + HS_GAIN_STEP / 2, end = start + HS_GAIN_STEP;
        float a = g < 0 ? before : gain[g], b = g + 1 < groups ? gain[g + 1] : after;
        run_straight(per_frame, start, start < 0 ? 0 : start, end < frames ? end : frames, a, b);
    }
}
