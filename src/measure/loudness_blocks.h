/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How often blocks of 400 ms have which loudness: what the loudness of several files in a row is
 * made of. Bins of 0.2 LU from -70 to +10 LUFS. Pure.
 */
#ifndef HS_MEASURE_LOUDNESS_BLOCKS_H
#define HS_MEASURE_LOUDNESS_BLOCKS_H

#include "dsp/gating.h"

#include <math.h>
#include <stddef.h>

enum { HS_LOUDNESS_BINS = 400 };
#define HS_LOUDNESS_BIN_LU 0.2
#define HS_LOUDNESS_FROM_LUFS (-70.0)

/* Of the middle of a bin, in the units of hs_lufs. */
static inline double hs_loudness_bin_power(size_t bin)
{
    double lufs = HS_LOUDNESS_FROM_LUFS + ((double)bin + 0.5) * HS_LOUDNESS_BIN_LU;
    return pow(10, (lufs + 0.691) / 10);
}

/* SIZE_MAX below the lowest; what is above the highest is in it. */
static inline size_t hs_loudness_bin(double power)
{
    double at = (hs_lufs(power) - HS_LOUDNESS_FROM_LUFS) / HS_LOUDNESS_BIN_LU;
    if (!(at >= 0))
        return (size_t)-1;
    return at < HS_LOUDNESS_BINS ? (size_t)at : HS_LOUDNESS_BINS - 1;
}

#endif
