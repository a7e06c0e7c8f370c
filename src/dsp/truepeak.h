/* SPDX-License-Identifier: Apache-2.0 */
/*
 * True peak of one channel. The signal is scanned with the interpolator of BS.1770-5
 * annex 2, leaving out blocks that cannot reach the maximum; where a scanned value comes
 * within SCAN_MARGIN of the maximum so far, an interpolator of eight phases and 64 taps
 * reads the peak, for the short one is up to 0.3 dB off.
 */
#ifndef HS_DSP_TRUEPEAK_H
#define HS_DSP_TRUEPEAK_H

#include "dsp/kernels.h"

enum {
    HS_TP_PHASES = 8,
    HS_TP_TAPS = 64,
    HS_TP_CONTEXT = HS_TP_TAPS / 2 + 2, /* samples needed on either side of a block */
};

/* The long interpolator, shared by the channels of a file. */
struct hs_true_peak_filter {
    float taps[HS_TP_PHASES][HS_TP_TAPS];
};

struct hs_true_peak {
    const struct hs_kernels *kernels;
    const struct hs_true_peak_filter *filter;
    float best;    /* of the file so far */
    float segment; /* scanned, since the caller last set it to 0 */
};

void hs_true_peak_filter_init(struct hs_true_peak_filter *f);
/* HS_SCAN samples from x on; HS_TP_CONTEXT samples before and behind must be readable.
 * `survey` points to the entry of this block; the ones before and behind are read too. */
void hs_true_peak_scan(struct hs_true_peak *t, const float *x, const struct hs_survey *survey);

#endif
