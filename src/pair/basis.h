/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which of mid and side of the mix became mid and side of the master, and with which sign:
 * inverted and swapped channels. Pure functions.
 */
#ifndef HS_PAIR_BASIS_H
#define HS_PAIR_BASIS_H

#include <stdbool.h>
#include <stddef.h>

/* Mid and side of the master are sign[i] times the from[i] (0 mid, 1 side) of the mix. */
struct hs_basis {
    int from[2];
    float sign[2];
    double evidence[2]; /* correlation summed over windows by its noise */
    bool side_known;    /* the side is strong enough to tell swapped channels */
};

/* Left and right of the mix in place into mid and side by the basis. */
void hs_basis_apply(const struct hs_basis *b, float *restrict left_mid, float *restrict right_side,
                    size_t n);

/* In place: mid = (left + right) / 2, side = (left - right) / 2; and back: left = mid + side,
 * right = mid - side. */
void hs_to_mid_side(float *left_mid, float *right_side, size_t n);
void hs_to_left_right(float *mid_left, float *side_right, size_t n);

#endif
