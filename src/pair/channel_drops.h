/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Places where one channel of the master drops out: in the sum of both that is 3 dB, and looks like
 * a ride. Reads the places where the pass leaves more unexplained than elsewhere once more, both
 * channels also where middles are compared.
 */
#ifndef HS_PAIR_CHANNEL_DROPS_H
#define HS_PAIR_CHANNEL_DROPS_H

#include "pair/aligned.h"
#include "pair/pass.h"
#include "pair/silenced.h"

/* Adds to the *n that are known, up to HS_DROPS_MOST, in ticks of the pass. Fails only where a file
 * cannot be read. */
enum hs_status hs_channel_drops_find(struct hs_aligned *a, const struct hs_pass *p,
                                     const struct hs_reduction *r,
                                     struct hs_drop drop[HS_DROPS_MOST], size_t *n,
                                     struct hs_error *err);

#endif
