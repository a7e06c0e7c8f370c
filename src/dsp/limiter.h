/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A look-ahead limiter for true peaks: what goes in comes out later by a fixed latency, which
 * is taken off again, with no peak above the ceiling. All channels share one gain. The gain
 * needed at each sample comes from the sample itself and the four values between it and its
 * neighbours (BS.1770-5 annex 2); the smallest within 1.5 ms to either side is held, released
 * with 80 ms, and averaged over 1.5 ms, which never rises above what is needed (M. Hamalainen,
 * "Smoothing of the control signal without clipped output in digital peak limiters", DAFx-02).
 * A second, shorter round, which reads peaks by a longer interpolator, takes what the first one
 * leaves between samples. One object per file and thread; the division into pieces changes no bit.
 */
#ifndef HS_DSP_LIMITER_H
#define HS_DSP_LIMITER_H

#include "model/audio.h"

#include <stddef.h>

struct hs_limiter;

enum { HS_LIMITER_MOST = 4096 }; /* frames that are pushed at once */

/* Reach and release of the first round, in seconds, for predicting its gain. */
extern const double hs_limiter_reach_s, hs_limiter_release_s;

struct hs_limiter *hs_limiter_new(int sample_rate_hz, int n_channels, double ceiling_dbtp);
/* Takes n frames (at most HS_LIMITER_MOST) and returns how many frames are ready. They lie at
 * *out (n_channels pointers) with the gain of each in decibels (0 or below) at *gain_db, until the
 * next call. */
size_t hs_limiter_push(struct hs_limiter *l, const float *const *in, size_t n,
                       const float *const **out, const float **gain_db);
/* The same for what is still inside at the end; called until it returns 0. */
size_t hs_limiter_drain(struct hs_limiter *l, const float *const **out, const float **gain_db);
void hs_limiter_free(struct hs_limiter *l);

#endif
