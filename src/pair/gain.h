/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How much louder the master is than the equalised mix, from moment to moment. Sums are
 * taken over blocks of 64 frames (1.5 ms); a gain stands for a group of four.
 */
#ifndef HS_PAIR_GAIN_H
#define HS_PAIR_GAIN_H

#include <stdbool.h>
#include <stddef.h>

enum {
    HS_GAIN_BLOCK = 64,
    HS_GAIN_GROUP = 4,
    HS_GAIN_STEP = 256,
    HS_GAIN_NEAR = 8,
    HS_GAIN_HISTORY = 9
};

struct hs_gain_sums {
    float xx, xy, yy;       /* equalised mix x, master y: sums over mid and side */
    float flat_xx, flat_xy; /* the same with the bass turned down, see gain.c */
    float peak_x, peak_y;   /* of left and right */
};

/* n frames, a multiple of HS_GAIN_BLOCK, of signals of which HS_GAIN_HISTORY frames
 * before the first can be read too; `fresh`: these are not their past. out has n / HS_GAIN_BLOCK
 * entries. */
void hs_gain_blocks(const float *const x[2], const float *const y[2], size_t n, bool fresh,
                    struct hs_gain_sums *out);
/* The least-squares gain of groups [from, to) of the n_groups whose blocks are given;
 * where there is little sound it leans on the groups nearby. out[0] is group `from`. */
void hs_gain_curve(const struct hs_gain_sums *blocks, size_t n_groups, size_t from, size_t to,
                   float *out);
/* Share of the master's power that the equalised mix explains at a constant gain, 0-1. */
double hs_gain_coherence(const struct hs_gain_sums *blocks, size_t n_blocks);
/* Evens out the master: y / gain, the gain running straight between the middles of the
 * groups. `gain` has n / HS_GAIN_STEP entries, `before` and `after` its neighbours. */
void hs_gain_apply(const float *gain, float before, float after, size_t n, float *per_frame);

#endif
