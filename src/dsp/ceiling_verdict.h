/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether the tops that dsp/ceiling.h has counted were clipped, and at which level. Pure; nothing
 * fails.
 */
#ifndef HS_DSP_CEILING_VERDICT_H
#define HS_DSP_CEILING_VERDICT_H

#include "dsp/ceiling.h"

struct hs_ceiling_verdict {
    bool told;      /* there were tops to compare; else nothing below holds */
    bool found;     /* clipped */
    bool square;    /* flat at every level: square waves, nothing can be told of a clipper */
    bool limited;   /* a limiter held them: a little flatter, each of them, and none flat */
    double flat;    /* share of the tops at the ceiling that are flat by themselves; NaN: too few */
    double z;       /* by how many standard errors the tops at the ceiling are flatter */
    double flatter; /* and by how much: music has 0.60 to 0.64, a plateau 1 */
    double level;   /* of the ceiling, full scale 1: the middle of the levels that are flatter */
    double highest; /* the highest of these levels */
    double ppm;     /* share of the samples that were cut */
};
/* `one_in`: the level that one top in so many exceeds is the reference of all others; 2000
 * where every block was looked at, 500 where blocks were picked. */
void hs_ceiling_verdict(const struct hs_ceiling *c, double one_in, struct hs_ceiling_verdict *out);
/* Whether tops that are so much flatter, by z standard errors, stand out as those of a clipper do.
 */
bool hs_ceiling_stands_out(double z, double flatter);

#endif
