/* SPDX-License-Identifier: Apache-2.0 */
/* Codecs where nothing is linked that has any: no row of them is counted. */
#include "media/lossy.h"

#include <stdio.h>

const char *hs_lossy_title(enum hs_lossy codec)
{
    (void)codec;
    return "none";
}

bool hs_lossy_encoder(enum hs_lossy codec, char *out, size_t n)
{
    (void)codec;
    snprintf(out, n, "no codecs here");
    return false;
}

int hs_lossy_rate_hz(enum hs_lossy codec, int rate_hz)
{
    (void)codec;
    return rate_hz;
}

enum hs_status hs_lossy_round_trip(enum hs_lossy codec, int rate_hz, const float *const in[2],
                                   size_t n, float *const out[2], size_t *made,
                                   struct hs_error *err)
{
    (void)rate_hz, (void)in, (void)n, (void)out;
    *made = 0;
    return hs_fail(err, HS_E_FAILED, "no codec %d", (int)codec);
}
