/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How much a memoryless curve distorts: the power of what no gain explains, from the mean of the
 * master at each height of the mix that went into the curve. The noise of an encoder has no
 * relation to the mix and leaves the means, so this holds through lossy coding. Pure.
 */
#ifndef HS_PAIR_DISTORTION_H
#define HS_PAIR_DISTORTION_H

#include <stddef.h>

struct hs_distortion {
    double db;        /* relative to the master; -120 at the least */
    double cut_share; /* of the samples, above the knee of the hard clipper that fits best */
};

/* u: what goes into the curve, y: the master; n frames of both channels, of which every
 * `every`th is looked at. */
void hs_distortion_find(const float *const u[2], const float *const y[2], size_t n, size_t every,
                        struct hs_distortion *out);

#endif
