/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the fit leaves follows the stems: where a stem in mono stands for one that is wide, where a
 * codec or a fast limiter made it another signal, its power is there without its phase, and where
 * the mix has a reverb that was not given, it rings on after the stem. Both are found from powers
 * by frame, for all stems at once. Pure.
 */
#ifndef HS_STEMS_FOLLOW_H
#define HS_STEMS_FOLLOW_H

#include "stems/fitting.h"

/* Of each stem, as shares of its own power in the file. */
struct hs_stem_following {
    double *at_once; /* what is left beside it */
    double *ringing; /* what is left after it, returns counted with what is left */
};

void hs_stem_follow(const struct hs_stem_fitting *f, size_t file, struct hs_stem_following *out);
void hs_stem_following_free(struct hs_stem_following *x);

#endif
