/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Room for the bins of a transform that goes on by one sample (struct hs_slide of dsp/kernels.h).
 * The caller fills what a bin turns by and how a sample enters it. Belongs to a thread.
 */
#ifndef HS_DSP_SLIDE_H
#define HS_DSP_SLIDE_H

#include "dsp/kernels.h"

/* n bins, a multiple of n_lanes, and room behind x for one vector more. All zeros. */
void hs_slide_init(struct hs_slide *s, size_t n, size_t n_lanes);
void hs_slide_free(struct hs_slide *s); /* a zeroed object is fine */

#endif
