/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Samples that are no audio: NaN, infinite, or beyond +60 dBFS (a float file of music does not
 * reach that; a plug-in gone wrong does). They are bridged: the sample before goes on and dies
 * away within a millisecond, so that the rest of the file can be judged. A zeroed struct is ready
 * for the first block; one struct a reader.
 */
#ifndef HS_MEDIA_MEND_H
#define HS_MEDIA_MEND_H

#include "dsp/kernels.h"
#include "model/audio.h"

#include <stddef.h>
#include <stdint.h>

#define HS_MEND_LIMIT 1000.0f

struct hs_mend {
    const struct hs_kernels *kernels;
    float before[HS_MAX_CHANNELS]; /* the last sample of each channel */
    int64_t n_bad;                 /* over all channels */
    int64_t first_bad;             /* frame of the first one */
};

/* In place; `at` is the frame of the first sample. */
void hs_mend_run(struct hs_mend *m, float *const *channel, int n_channels, size_t n, int64_t at);

#endif
