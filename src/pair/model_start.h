/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The filter with which the rounds of gain and curve begin.
 */
#ifndef HS_PAIR_MODEL_START_H
#define HS_PAIR_MODEL_START_H

#include "pair/model_work.h"

/* x1 becomes the mix through the start of w->transfer's response, or the mix as it is at one gain,
 * whichever leaves less of the master with a moving gain. The filter is that one; u and gain are
 * lost. */
void hs_model_start_gain(struct hs_work *w);
/* x1 becomes the mix as it is, at the one gain of the first filter; the filter is that one. */
void hs_model_start_plain(struct hs_work *w);

#endif
