/* SPDX-License-Identifier: Apache-2.0 */
/* Loudness from K-weighted powers of blocks: gates and range. Pure functions. */
#ifndef HS_DSP_GATING_H
#define HS_DSP_GATING_H

#include <stddef.h>

/* BS.1770-5 annex 1 equation 2: power (weighted sum of mean squares) to LUFS. */
double hs_lufs(double power); /* -INFINITY for 0 */

/* The power above which blocks count: 0 where all lie at or below the absolute gate of
 * -70 LUFS, else the higher of both gates (BS.1770-5 annex 1, -10 LU relative). */
double hs_gate(const float *power, size_t n, double relative_lu);
/* Mean power of the blocks above `gate`; 0 where there are none. */
double hs_gated_mean(const float *power, size_t n, double gate);
/* EBU Tech 3342: spread of short-term powers between the 10th and the 95th percentile
 * above -70 LUFS and above 20 LU below their gated mean. NaN where none is. */
double hs_loudness_range(const float *short_term_power, size_t n);

#endif
