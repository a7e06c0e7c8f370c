/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The interpolator of ITU-R BS.1770-5 annex 2: 48 taps in four phases. Phase 3 is phase 0
 * backwards and phase 2 is phase 1 backwards, so that two phases are enough: with the even
 * and odd parts of the twelve samples about their middle, a pair of phases is A + B and
 * A - B, and the larger magnitude of both is |A| + |B|.
 */
#ifndef HS_DSP_ITU_FILTER_H
#define HS_DSP_ITU_FILTER_H

/* Coefficient k weighs the sample k before the newest of twelve. */
static const float hs_itu_phase[2][12] = {
    {0.001708984375f, 0.010986328125f, -0.0196533203125f, 0.033203125f, -0.0594482421875f,
     0.1373291015625f, 0.97216796875f, -0.102294921875f, 0.047607421875f, -0.026611328125f,
     0.014892578125f, -0.00830078125f},
    {-0.0291748046875f, 0.029296875f, -0.0517578125f, 0.089111328125f, -0.16650390625f,
     0.465087890625f, 0.77978515625f, -0.2003173828125f, 0.1015625f, -0.0582275390625f,
     0.0330810546875f, -0.0189208984375f},
};

/* No interpolated value exceeds hs_itu_level times the larger of its two neighbours plus
 * hs_itu_bend times the largest second difference |x[i-1] - 2 x[i] + x[i+1]| at any of the
 * ten samples about it: the filter is a weighing of the two neighbours (at most 1.0016)
 * plus one of second differences (magnitudes sum to 0.5697). Rounded up. */
static const float hs_itu_level = 1.0017f, hs_itu_bend = 0.5699f;

#endif
