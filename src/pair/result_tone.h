/* SPDX-License-Identifier: Apache-2.0 */
/* Values of tone, width and balance, from the transfer of the pass. */
#ifndef HS_PAIR_RESULT_TONE_H
#define HS_PAIR_RESULT_TONE_H

#include "pair/result.h"

/* `lag_s`: of the channels, beside what was taken back (pair/channel_lag.h). */
void hs_result_tone(const struct hs_found *f, double lag_s, struct hs_values *v);

#endif
