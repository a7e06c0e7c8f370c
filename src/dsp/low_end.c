/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inverse of a high-pass of second order less 1 is a low-pass; it runs on the means of
 * groups of samples.
 */
#include "dsp/low_end.h"

#include <math.h>

enum { LANES = 8 };
static const double taken_from_hz = 25, back_to_hz = 3;

/* The inverse of the high-pass, less 1, by the bilinear transform:
 * (sqrt2 (w1 - w2) s + w1^2 - w2^2) / (s^2 + sqrt2 w2 s + w2^2). */
void hs_low_end_init(struct hs_low_end *l, double rate_hz)
{
    double rate = rate_hz / HS_LOW_END_GROUP, k = 2 * rate;
    double w1 = k * tan(M_PI * taken_from_hz / rate), w2 = k * tan(M_PI * back_to_hz / rate);
    double slope = M_SQRT2 * (w1 - w2) * k, level = w1 * w1 - w2 * w2;
    double damped = M_SQRT2 * w2 * k, norm = 1 / (k * k + damped + w2 * w2);
    *l = (struct hs_low_end){
        .section = {.b = {(slope + level) * norm, 2 * level * norm, (level - slope) * norm},
                    .a = {2 * (w2 * w2 - k * k) * norm, (k * k - damped + w2 * w2) * norm}}};
}

/* What is to be added, at the middle of each group. */
void hs_low_end_run(struct hs_low_end *l, const float *x, size_t n_groups, float *added)
{
    for (size_t g = 0; g < n_groups; g++, x += HS_LOW_END_GROUP) {
        float lane[LANES], sum = 0;
        for (size_t i = 0; i < LANES; i++)
            lane[i] = x[i] + x[i + LANES];
        for (size_t i = 0; i < LANES; i++)
            sum += lane[i];
        added[g] = sum / HS_LOW_END_GROUP;
    }
    hs_biquad_run(&l->section, &l->state, added, n_groups);
}

/* Linear between the middles of groups. */
void hs_low_end_give_back(const float *x, const float *added, size_t n_groups, float *out)
{
    x += HS_LOW_END_GROUP / 2;
    for (size_t g = 0; g < n_groups; g++) {
        float step = added[g + 1] - added[g];
        for (size_t i = 0; i < HS_LOW_END_GROUP; i++) {
            float part = ((float)i + 0.5f) / HS_LOW_END_GROUP;
            out[i] = x[i] + added[g] + part * step;
        }
        x += HS_LOW_END_GROUP;
        out += HS_LOW_END_GROUP;
    }
}
