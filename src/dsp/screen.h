/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Screening of decoded samples: what is not a finite number becomes 0 and is counted. Pure.
 */
#ifndef HS_DSP_SCREEN_H
#define HS_DSP_SCREEN_H

#include <stddef.h>

/* Copies n samples, NaN and Inf as 0; returns how many those were. No overlap. */
size_t hs_screen_copy(float *restrict to, const float *restrict from, size_t n);

#endif
