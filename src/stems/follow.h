/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How much of what the fit leaves belongs to each stem. Two things leave power that rises and falls
 * with a stem: its sound is in the file without its phase (a mono stem of a wide source, a codec, a
 * fast limiter), or a reverb that was not given rings on after it. Both shares are found from
 * powers over time, for all stems at once. Pure.
 */
#ifndef HS_STEMS_FOLLOW_H
#define HS_STEMS_FOLLOW_H

#include "stems/fitting.h"

/* Of each stem, as shares of its own power in the file. */
struct hs_stem_following {
    double *at_once; /* what is left beside it */
    double *ringing; /* what is left after it, returns counted with what is left */
    double *sides;   /* at most, what is left of its sides: given in mono, and the file is wide */
    /* Returns counted with what is left: power that follows no stem, as a share of that of the
     * stem. */
    double *beside;
};

void hs_stem_follow(const struct hs_stem_fitting *f, size_t file, struct hs_stem_following *out);
/* A master beside its mix: what mastering leaves of all stems alike (a limiter, which turns down a
 * whole moment) is not the own of the soft stem that sounds there. Lowers at_once of the master to
 * that of the mix and the stem's part of what is left in its moments; but never below how far the
 * stem, as it is found, lies from what mix and master together let expect of it. */
void hs_stem_follow_mix(const struct hs_stem_fitting *f, const struct hs_stem_following *mix,
                        struct hs_stem_following *master);
void hs_stem_following_free(struct hs_stem_following *x);

#endif
