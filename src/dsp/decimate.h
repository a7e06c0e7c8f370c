/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lowers the sample rate by a power of two for what lives in the lowest octaves. Output j
 * is centred on input j * factor (the delay is taken out; silence is assumed before the
 * first sample). Cheap stages (repeated moving averages, whose zeros lie where aliases of
 * the low band would come from) precede one sharp stage; the droop of the cheap ones is
 * known exactly and left to the caller to undo. Streaming: the division of the input into
 * calls does not matter.
 */
#ifndef HS_DSP_DECIMATE_H
#define HS_DSP_DECIMATE_H

#include "dsp/kernels.h"

#include <stddef.h>

enum { HS_DECIMATE_STAGES = 8 };

struct hs_decimate_stage {
    size_t factor, n_taps, order; /* order: of the repeated average; 0: the sharp stage */
    float *taps;                  /* n_taps, a multiple of HS_FIR_LANES */
    float *buffer;                /* input that is still needed */
    size_t fill, cap;
};

struct hs_decimator {
    const struct hs_kernels *kernels;
    size_t factor, n_stages;
    struct hs_decimate_stage stage[HS_DECIMATE_STAGES];
};

/* Share of the output rate up to which there is neither slope nor alias (-80 dB). */
#define HS_DECIMATE_PASS 0.34

void hs_decimator_init(struct hs_decimator *d, size_t factor); /* a power of two, 1 is fine */
/* Writes at most n / factor + 1 outputs; returns how many. */
size_t hs_decimator_run(struct hs_decimator *d, const float *in, size_t n, float *out);
/* Gain of the cheap stages at a frequency, as a share of the input rate. */
double hs_decimator_droop(const struct hs_decimator *d, double f);
void hs_decimator_free(struct hs_decimator *d); /* a zeroed object is fine */

#endif
