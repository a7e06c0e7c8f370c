/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Music held against what came back of it, both aligned: what was added per band, what is missing
 * of the side and of the top, overs, and what is heard before attacks. Ratios in dB, frequencies
 * in Hz; NaN where there is nothing to compare. Pure; an object belongs to one thread.
 */
#ifndef HS_SURVIVAL_CODEC_COMPARE_H
#define HS_SURVIVAL_CODEC_COMPARE_H

#include "model/measure.h"

#include <stdbool.h>
#include <stddef.h>

struct hs_codec_compare;

struct hs_codec_result { /* NaN: nothing to compare */
    double true_peak_dbtp, overshoot_db, overs_per_min;
    double sdr_db[HS_STEREO_BANDS], side_loss_db, bandwidth_hz, tail_db;
};

struct hs_codec_compare *hs_codec_compare_new(int rate_hz);
void hs_codec_compare_free(struct hs_codec_compare *c);
/* Adds a part: before and behind, n frames. False where the one does not lie on the other to a
 * sample. */
bool hs_codec_compare_add(struct hs_codec_compare *c, const float *const x[2],
                          const float *const y[2], size_t n);
void hs_codec_compare_result(struct hs_codec_compare *c, struct hs_codec_result *out);

#endif
