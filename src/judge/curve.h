/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The long-term spectrum that is expected, for the charts: third octaves in dB against the median
 * of 200 Hz to 2 kHz, with the range in which nothing is a fault. NaN where it is unknown. What is
 * made lives in the arena; nothing fails.
 */
#ifndef HS_JUDGE_CURVE_H
#define HS_JUDGE_CURVE_H

#include "model/audit.h"

/* References and built-in spectrum blended. */
void hs_curve_make(const struct hs_audit *audit, struct hs_arena *arena,
                   struct hs_expected_spectrum *out);

struct hs_expected_curve {
    double centre[31], low[31], high[31]; /* dB, NaN where unknown */
    const char *target;
};

/* What the spectrum of a file with these measures is expected to be: moved by the file's
 * percussiveness. */
void hs_curve_expected(const struct hs_expected_spectrum *spectrum, const struct hs_values *values,
                       struct hs_expected_curve *out);

#endif
