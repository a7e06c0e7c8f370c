/* SPDX-License-Identifier: Apache-2.0 */
/* Bridges samples that are no audio (NaN, infinite, beyond +60 dBFS): the last good value decays to
 * silence by a tenth a sample, so that one bad sample cannot spoil a filter or a spectrum. */
#include "media/mend.h"

#include <math.h>

#define DECAY 0.9f

/* `before`: the last value of the block before. */
static void mend_one(struct hs_mend *m, float *x, size_t n, float before, int64_t at)
{
    for (size_t i = 0; i < n; i++) {
        if (fabsf(x[i]) < HS_MEND_LIMIT) { /* false of NaN */
            before = x[i];
            continue;
        }
        if (!m->n_bad++ || at + (int64_t)i < m->first_bad)
            m->first_bad = at + (int64_t)i;
        x[i] = before *= DECAY;
    }
}

/* Vectors find that all is well; only bad blocks are gone through. */
void hs_mend_run(struct hs_mend *m, float *const *channel, int n_channels, size_t n, int64_t at)
{
    if (!m->kernels)
        m->kernels = hs_kernels_choose();
    for (int c = 0; c < n_channels && n; c++) {
        bool sound =
            m->kernels->finite(channel[c], n) && m->kernels->peak(channel[c], n) < HS_MEND_LIMIT;
        if (!sound)
            mend_one(m, channel[c], n, m->before[c], at);
        m->before[c] = channel[c][n - 1];
    }
}
