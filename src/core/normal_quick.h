/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The normal distribution function in plain arithmetic, so that compilers can do several at once:
 * to 1e-13, the same bits everywhere. Hart (1968), no. 5666, as given by West (2005); beyond 7
 * spreads, where less than 2e-12 is left, it is held.
 */
#ifndef HS_CORE_NORMAL_QUICK_H
#define HS_CORE_NORMAL_QUICK_H

#include <stdint.h>
#include <string.h>

/* e to the x, -700 < x <= 0: a power of two and a polynomial for what is left. */
static inline double hs_exp_quick(double x)
{
    /* adding it rounds to a whole number, which then stands in the last bits */
    const double rounding = 6755399441055744.0, log2_e = 1.4426950408889634;
    const double ln2_high = .693147180369123816490, ln2_low = 1.90821492927058770002e-10;
    double power = x * log2_e + rounding, whole = power - rounding;
    double r = x - whole * ln2_high - whole * ln2_low;
    double e = 1. / 479001600;
    e = e * r + 1. / 39916800;
    e = e * r + 1. / 3628800;
    e = e * r + 1. / 362880;
    e = e * r + 1. / 40320;
    e = e * r + 1. / 5040;
    e = e * r + 1. / 720;
    e = e * r + 1. / 120;
    e = e * r + 1. / 24;
    e = e * r + 1. / 6;
    e = e * r + .5;
    e = e * r + 1;
    e = e * r + 1;
    uint64_t bits, of_scale;
    memcpy(&bits, &power, sizeof bits);
    of_scale = (bits + 1023) << 52;
    double scale;
    memcpy(&scale, &of_scale, sizeof scale);
    return e * scale;
}

static inline double hs_normal_quick(double z)
{
    double x = z < 0 ? -z : z;
    x = x < 7 ? x : 7;
    double above = 3.52624965998911e-02;
    above = above * x + .700383064443688;
    above = above * x + 6.37396220353165;
    above = above * x + 33.912866078383;
    above = above * x + 112.079291497871;
    above = above * x + 221.213596169931;
    above = above * x + 220.206867912376;
    double below = 8.83883476483184e-02;
    below = below * x + 1.75566716318264;
    below = below * x + 16.064177579207;
    below = below * x + 86.7807322029461;
    below = below * x + 296.564248779674;
    below = below * x + 637.333633378831;
    below = below * x + 793.826512519948;
    below = below * x + 440.413735824752;
    double beyond = hs_exp_quick(-x * x / 2) * above / below;
    return z < 0 ? beyond : 1 - beyond;
}

#endif
