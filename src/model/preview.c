/* SPDX-License-Identifier: Apache-2.0 */
/* Names of the bands and outcomes of previews. */
#include "model/preview.h"

const double hs_preview_edges_hz[HS_PREVIEW_BANDS + 1] = {40, 120, 500, 2000, 8000, 16000};

const char *hs_preview_band_name(size_t band)
{
    static const char *const names[HS_PREVIEW_BANDS] = {"40-120", "120-500", "500-2k", "2k-8k",
                                                        "8k-16k"};
    return names[band];
}

const char *hs_preview_reach_name(enum hs_preview_reach reach)
{
    static const char *const names[] = {"reached", "saturated", "not converged"};
    return names[reach];
}
