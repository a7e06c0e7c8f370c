/* SPDX-License-Identifier: Apache-2.0 */
#include "pair/basis.h"

void hs_basis_apply(const struct hs_basis *b, float *restrict left_mid, float *restrict right_side,
                    size_t n)
{
    const float weight[2] = {b->from[0] ? -1 : 1, b->from[1] ? -1 : 1};
    const float half[2] = {b->sign[0] / 2, b->sign[1] / 2};
    for (size_t i = 0; i < n; i++) {
        const float left = left_mid[i], right = right_side[i];
        left_mid[i] = half[0] * (left + weight[0] * right);
        right_side[i] = half[1] * (left + weight[1] * right);
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
