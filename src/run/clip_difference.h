/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is left when two sides of a clip are taken from each other. Pure functions on samples of
 * the caller; nothing is allocated that outlives a call.
 */
#ifndef HS_RUN_CLIP_DIFFERENCE_H
#define HS_RUN_CLIP_DIFFERENCE_H

#include "model/measure.h"

#include <stddef.h>

/* out = a - b */
void hs_clip_minus(const float *a, const float *b, float *out, size_t n);
/* Filters both channels in place by a minimum-phase equaliser through the gains of the third
 * octaves, which stay where the bands end; gains that are not known are taken from their
 * neighbours. */
void hs_clip_equalise(float *const x[2], size_t n, double rate_hz, const double eq_db[HS_BANDS]);

#endif
