/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A linear-phase equaliser from gains per third octave, and the gains that bring a spectrum half
 * the way towards another one. The filter has the shape of Matchering's: 4096 taps
 * (8192 from 88.2 kHz on) under a Hann window, gains interpolated over the logarithm of frequency.
 */
#ifndef HS_DSP_MATCH_EQ_H
#define HS_DSP_MATCH_EQ_H

#include "model/audio.h"
#include "model/measure.h"

/* Half of what `wanted` lies above `have` (both as "bands_db"; NaN: unknown), smoothed 1-2-1, at
 * most 2 dB either way, from 40 Hz to 12.5 kHz; half of the last one band further out. */
void hs_match_gains(const double wanted[HS_BANDS], const double have[HS_BANDS],
                    double gain_db[HS_BANDS]);

/* Convolution of all channels; the delay of the filter is taken off. One per file and thread. */
struct hs_match_eq;
enum { HS_MATCH_EQ_MOST = 4096 }; /* frames that are pushed at once */
struct hs_match_eq *hs_match_eq_new(int sample_rate_hz, int n_channels,
                                    const double gain_db[HS_BANDS]);
/* Takes n frames and returns how many are ready at *out until the next call. */
size_t hs_match_eq_push(struct hs_match_eq *e, const float *const *in, size_t n,
                        const float *const **out);
/* The rest at the end; called until it returns 0. */
size_t hs_match_eq_drain(struct hs_match_eq *e, const float *const **out);
void hs_match_eq_free(struct hs_match_eq *e);

#endif
