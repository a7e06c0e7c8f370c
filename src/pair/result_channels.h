/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of left and right: polarity and swap. */
#ifndef HS_PAIR_RESULT_CHANNELS_H
#define HS_PAIR_RESULT_CHANNELS_H

#include "pair/result.h"

/* `polarity` and `swapped`. */
void hs_result_channels(const struct hs_found *f, struct hs_values *v);

#endif
