/* SPDX-License-Identifier: Apache-2.0 */
#include "pair/basis.h"

void hs_basis_apply(const struct hs_basis *b, float *left_mid, float *right_side, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        float part[2] = {(left_mid[i] + right_side[i]) / 2, (left_mid[i] - right_side[i]) / 2};
        left_mid[i] = b->sign[0] * part[b->from[0]];
        right_side[i] = b->sign[1] * part[b->from[1]];
    }
}

void hs_to_mid_side(float *left_mid, float *right_side, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        float left = left_mid[i], right = right_side[i];
        left_mid[i] = (left + right) * 0.5f;
        right_side[i] = (left - right) * 0.5f;
    }
}

void hs_to_left_right(float *mid_left, float *side_right, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        float mid = mid_left[i], side = side_right[i];
        mid_left[i] = mid + side;
        side_right[i] = mid - side;
    }
}
