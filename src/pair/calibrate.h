/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A first transfer from the windows of the alignment: estimated, gain followed and evened
 * out, estimated again. With it the mix can be equalised like the master in one pass.
 */
#ifndef HS_PAIR_CALIBRATE_H
#define HS_PAIR_CALIBRATE_H

#include "pair/fine.h"
#include "pair/transfer.h"

/* `t` is initialised; it holds the last estimate afterwards, and `filter` its response. */
void hs_calibrate(const struct hs_fine *fine, struct hs_transfer *t, struct hs_filter *filter);

#endif
