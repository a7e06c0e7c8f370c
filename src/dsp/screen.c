/* SPDX-License-Identifier: Apache-2.0 */
/* Runs of 256 samples are copied and their exponents looked at in integers, eight at a time; finite
 * music, which is nearly all, costs no comparison per sample. */
#include "dsp/screen.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* Samples are copied in runs of this many; the exponents of a run are looked at together,
 * and only a run that holds an exponent of all ones (NaN, Inf) is gone through again. */
enum { RUN = 256 };

static size_t copy_one_by_one(float *to, const float *from, size_t n)
{
    size_t bad = 0;
    for (size_t i = 0; i < n; i++) {
        int fine = isfinite(from[i]);
        to[i] = fine ? from[i] : 0;
        bad += !fine;
    }
    return bad;
}

size_t hs_screen_copy(float *restrict to, const float *restrict from, size_t n)
{
    size_t bad = 0, i = 0;
    for (; i + RUN <= n; i += RUN) {
        uint32_t top[8] = {0};
        uint32_t bits[8];
        for (size_t k = 0; k < RUN; k += 8) {
            memcpy(bits, from + i + k, sizeof bits);
            memcpy(to + i + k, bits, sizeof bits);
            for (size_t j = 0; j < 8; j++) /* an exponent of all ones carries into bit 31 */
                top[j] |= (bits[j] & 0x7fffffffu) + 0x00800000u;
        }
        uint32_t any = 0;
        for (size_t j = 0; j < 8; j++)
            any |= top[j];
        if (any & 0x80000000u)
            bad += copy_one_by_one(to + i, from + i, RUN);
    }
    return bad + copy_one_by_one(to + i, from + i, n - i);
}
