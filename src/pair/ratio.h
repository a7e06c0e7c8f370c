/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Threshold and ratio of a compressor: medians of the gain over 1 dB bins of level for detectors
 * of 10 ms to 0.5 s, two straight pieces through them, and the detector that explains the moments
 * best (Giannoulis, Massberg & Reiss, JAES 60(6), 2012). Pure functions of the ticks.
 */
#ifndef HS_PAIR_RATIO_H
#define HS_PAIR_RATIO_H

#include "pair/reduction.h"

struct hs_ratio {
    double threshold_db; /* re master; NaN: none */
    double slope;        /* 1 - 1/ratio */
};

void hs_ratio_find(const struct hs_pass *p, const struct hs_reduction *r, struct hs_ratio *out);

#endif
