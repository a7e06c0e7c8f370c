/* SPDX-License-Identifier: Apache-2.0 */
/* The passages that disappear in a car, read from their measure. */
#include "survival/lost.h"

#include <math.h>

size_t hs_lost_passages(const struct hs_values *v, int kmh,
                        struct hs_lost_passage out[HS_LOST_PASSAGES])
{
    const char *key = kmh == 50 ? "car_50.lost_at" : "car_100.lost_at";
    const double *at = hs_values_doubles(v, key, 2 * HS_LOST_PASSAGES);
    size_t n = 0;
    for (; at && n < HS_LOST_PASSAGES && isfinite(at[2 * n]); n++)
        out[n] = (struct hs_lost_passage){at[2 * n], at[2 * n + 1]};
    return n;
}
