/* SPDX-License-Identifier: Apache-2.0 */
/* What flat runs and flat tops (dsp/flat_tops.h) of all channels tell about clipping, as values. */
#ifndef HS_MEASURE_CLIPPING_H
#define HS_MEASURE_CLIPPING_H

#include "dsp/flat_tops.h"
#include "model/measure.h"

/* Counts add up; of shares the worst channel counts. Absent where there are too few high samples to
 * tell; `v` has the true peak already, which is absent in silence. */
void hs_clipping_put(const struct hs_flat_tops *const *tops, int n_channels, int64_t n_frames,
                     struct hs_values *v);

#endif
